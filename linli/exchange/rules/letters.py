"""When a letter that did not get through is tried again: pauses that grow, two days in all."""

from __future__ import annotations

from datetime import timedelta

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
# whoever took a letter up and died is given this long
LOST_AFTER = timedelta(minutes=10)


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after the n-th try that failed, or None to give up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None
