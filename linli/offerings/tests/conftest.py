"""What several files of these tests begin with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linli.files.testing import own_home
from linli.kernel.testing import stop_clock
from linli.offerings.testing import PERMIT, as_offered
from linli.people.models import Person
from linli.people.testing import NOON, make_person, make_villages


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still."""
    stop_clock(monkeypatch, NOON)


@pytest.fixture
def item() -> dict[str, Any]:
    """What is offered in these villages; a file about another item says which."""
    return PERMIT


@pytest.fixture
def home(
    item: dict[str, Any], tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Villages in which one item is offered, and a place for files of this test alone."""
    make_villages()
    as_offered(monkeypatch, item)
    with own_home(tmp_path, settings, NOON) as path:
        yield path


@pytest.fixture
def mother() -> Person:
    """Somebody for whom others come."""
    return make_person("陈阿婆", born_on=date(1946, 11, 5))
