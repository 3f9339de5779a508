"""What several files of these tests begin with."""

from __future__ import annotations

import pytest

from linli.activities.testing import NOON
from linli.kernel.testing import stop_clock


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still."""
    stop_clock(monkeypatch, NOON)
