"""Tests on a day to come: with LINLI_TEST_LATER=60 they run as if sixty days had passed.

No test may fail because of the day on which it runs; this asks. Models take over the clock as they
are loaded, so test_home.py sets it before Django. Processes that tests start go by the real one.

LINLI_TEST_MIDNIGHT=1 lets a day pass between the loading of the tests and the first of them, as it
does in a run that goes on past midnight.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

SETTING, MIDNIGHT = "LINLI_TEST_LATER", "LINLI_TEST_MIDNIGHT"
_passed = timedelta()


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
        return real() + by + _passed

    timezone.now = now


def has_midnight() -> bool:
    """Say whether a day is to pass before the first test."""
    return bool(os.environ.get(MIDNIGHT))


def pass_midnight() -> None:
    """Let a day pass, for a clock that was put ahead."""
    global _passed
    _passed = timedelta(days=1)
