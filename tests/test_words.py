"""Both languages are complete: a message without Chinese fails here."""

from __future__ import annotations

import pytest

from linli.ui import words


@pytest.mark.parametrize("app", words.apps())
def test_every_message_of_an_app_has_its_chinese(app: str) -> None:
    assert [str(fault) for fault in words.faults(only=app)] == []


def test_no_english_has_two_chinese() -> None:
    assert [str(fault) for fault in words.contradictions()] == []
