"""Visits in a rhythm: when a place is due again, and how a phone's own day is taken."""

from __future__ import annotations

from datetime import date, timedelta

# a phone may keep a day's work; its clock may be a day wrong in either direction
OLDEST_DAYS, AHEAD_DAYS = 14, 1


def due_after(last_on: date, every_days: int) -> date:
    """Return the day on which a place is due again."""
    return last_on + timedelta(days=every_days)


def believed(told: date, today: date) -> date | None:
    """Return the day of a thing that a phone tells, or None if it cannot be.

    A clock that runs ahead is set back to today: nothing happens tomorrow.
    """
    if told > today + timedelta(days=AHEAD_DAYS) or told < today - timedelta(days=OLDEST_DAYS):
        return None
    return min(told, today)
