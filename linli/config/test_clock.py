"""Tests on a day to come: with LINLI_TEST_LATER=60 they run as if sixty days had passed.

No test may fail because of the day on which it runs; this asks. Models take over the clock as they
are loaded, so test_home.py sets it before Django. Processes that tests start go by the real one.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

SETTING = "LINLI_TEST_LATER"


def later() -> timedelta:
    """Return by how much the clock of this run is ahead: a number of days, which may be broken."""
    said = os.environ.get(SETTING) or "0"
    try:
        return timedelta(days=float(said))
    except (ValueError, OverflowError):
        raise pytest.UsageError(f"{SETTING} is a number of days (60, 0.5), not {said!r}") from None


def put_ahead(by: timedelta) -> None:
    """Let the clock by which everything here goes be ahead by so much."""
    real = timezone.now

    def now() -> datetime:
        return real() + by

    timezone.now = now
