"""What several files of these tests begin with."""

from __future__ import annotations

import pytest

from linli.activities.testing import NOON


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
