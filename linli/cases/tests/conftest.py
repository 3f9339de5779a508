"""What several files of these tests begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.cases.testing import NOON
from linli.files.testing import own_home
from linli.places.testing import make_village


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A village, and a place for files of this test alone."""
    make_village("441900005001")
    with own_home(tmp_path, settings, NOON) as path:
        yield path
