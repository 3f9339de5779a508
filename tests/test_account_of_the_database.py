"""Which folder keeps the account of the embedded database out of a home: only where we are root."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from linli.cli.embedded.account import unreachable

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it under another account")


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that everybody may pass, with two of odd names in it."""
    folder = Path(tempfile.mkdtemp()).resolve()
    (folder / "a b" / "-c $(d) 'e'").mkdir(parents=True)
    for one in (folder, folder / "a b", folder / "a b" / "-c $(d) 'e'"):
        one.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def test_where_all_may_be_passed_there_is_none(open_to_all: Path) -> None:
    assert unreachable(open_to_all / "a b" / "-c $(d) 'e'") is None
    assert unreachable(open_to_all / "a b" / "not there yet") is None


@pytest.mark.parametrize("shut", ["", "a b", "a b/-c $(d) 'e'"])
def test_the_first_that_is_shut_is_named(open_to_all: Path, shut: str) -> None:
    (open_to_all / shut).chmod(0o700)

    assert unreachable(open_to_all / "a b" / "-c $(d) 'e'") == open_to_all / shut
    assert unreachable(open_to_all / "a b" / "-c $(d) 'e'" / "new") == open_to_all / shut
