"""Loading in one go: no look for garbage inside, the one before afterwards, also after a fault."""

from __future__ import annotations

import gc

import pytest

from linli.config.loading import in_one_go


@pytest.mark.parametrize("was_on", [True, False])
def test_garbage_is_looked_for_again_as_before_once_all_is_loaded(
    was_on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(gc, "isenabled", lambda: was_on)
    for name in ("disable", "enable", "freeze"):
        monkeypatch.setattr(gc, name, lambda name=name: said.append(name))

    with pytest.raises(ImportError), in_one_go():
        said.append("load")
        raise ImportError

    assert said == ["disable", "load", "freeze", *(["enable"] if was_on else [])]
