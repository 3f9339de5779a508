"""A town with two villages and the categories of the catalogue, and files of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.cases.services import seeding
from linli.cases.testing import NOON
from linli.exchange.tests.orders import SECOND, VILLAGE
from linli.files.testing import own_home
from linli.kernel.permits import system_actor
from linli.places.testing import make_village


@pytest.fixture
def town(tmp_path: Path, settings: Any) -> Iterator[Path]:
    make_village(VILLAGE)
    make_village(SECOND)
    seeding.load_categories(actor=system_actor("test"), now=NOON)
    with own_home(tmp_path, settings, NOON) as path:
        yield path
