"""A start looks again at everything that is not as the last start of the same code left it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from linli.cli import as_left, first_start
from linli.cli.schema import fingerprint
from linli.config.env import Env, read_env

ROWS = [{"username": "ye.shaofen", "password": "x"}]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: Any) -> Path:
    """A home whose demo is finished, on a package of one file; the database is not asked."""
    package = tmp_path / "package"
    (package / "app" / "tests").mkdir(parents=True)
    (package / "app" / "views.py").write_text("1")
    monkeypatch.setattr(as_left, "PACKAGE", package)
    monkeypatch.setattr(as_left, "_is_same_cluster", lambda env: True)
    home = tmp_path / "home"
    (home / "static").mkdir(parents=True)
    (home / "static" / ".collected").write_text("1 1")
    (home / "demo").write_text(json.dumps({"rows": ROWS, "made_by": fingerprint()}))
    return home


def env_of(home: Path, **more: str) -> Env:
    return read_env({"LINLI_HOME": str(home), **more})


def test_what_the_last_start_left_is_taken_as_it_is(home: Path) -> None:
    env = env_of(home)
    before = first_start.left_rows(env, empty=False)

    as_left.keep(env)

    assert before is None
    assert first_start.left_rows(env, empty=False) == ROWS
    assert (home / as_left.MARK).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "change",
    [
        lambda home: (home.parent / "package" / "app" / "views.py").write_text("12"),
        lambda home: (home.parent / "package" / "new.html").write_text("x"),
        lambda home: (home.parent / "package" / "app" / "views.py").unlink(),
        lambda home: (home / "static" / ".collected").unlink(),
        lambda home: (home / "real").touch(),
        lambda home: (home / "demo").write_text(json.dumps({"rows": ROWS, "made_by": "older"})),
        lambda home: (home / as_left.MARK).write_text("something else"),
    ],
)
def test_whatever_changed_since_is_looked_at_again(home: Path, change: Any) -> None:
    as_left.keep(env_of(home))

    change(home)

    assert first_start.left_rows(env_of(home), empty=False) is None


def test_tests_and_caches_change_nothing(home: Path) -> None:
    as_left.keep(env_of(home))

    (home.parent / "package" / "app" / "tests" / "test_x.py").write_text("x")
    (home.parent / "package" / "__pycache__").mkdir()
    (home.parent / "package" / "__pycache__" / "x.pyc").write_bytes(b"x")

    assert as_left.is_as_left(env_of(home))


def test_other_settings_and_another_cluster_are_looked_at(home: Path, monkeypatch: Any) -> None:
    as_left.keep(env_of(home))

    assert as_left.is_as_left(env_of(home, PORT="8123"))
    assert not as_left.is_as_left(replace(env_of(home), sponsor="另一单位"))
    monkeypatch.setattr(as_left, "_is_same_cluster", lambda env: False)
    assert not as_left.is_as_left(env_of(home))


def test_an_empty_city_asked_for_is_never_the_demo_that_was_left(home: Path) -> None:
    as_left.keep(env_of(home))

    assert first_start.left_rows(env_of(home), empty=True) is None
