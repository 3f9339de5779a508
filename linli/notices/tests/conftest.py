"""Keys, files and places of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.files.testing import own_home
from linli.notices.testing import NOON
from linli.places.models import Place
from linli.places.testing import make_town


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    with own_home(tmp_path, settings, NOON) as path:
        yield path


@pytest.fixture
def village(db: None) -> Place:
    """A town with two villages; the first is returned."""
    make_town()
    return Place.objects.get(code="441900005001")
