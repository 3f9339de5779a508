"""What a jump of the wall clock means for things that hold for minutes or hours."""

from __future__ import annotations

from datetime import datetime, timedelta

# clocks of servers differ, and are set right, by less than this; more is a jump
CLOCK_SLACK, COUNTERS_AHEAD = timedelta(minutes=1), 3


def is_ahead(moment: datetime, now: datetime) -> bool:
    """Say whether a moment that was kept lies ahead of now: the clock has jumped back since."""
    return moment > now + CLOCK_SLACK


def has_rested(seen: datetime, now: datetime, most: timedelta) -> bool:
    """Say whether a session rested too long. Over a jump of the clock nobody knows: it counts."""
    return abs(now - seen) > most


def is_used(counter: int, last: int, now: datetime) -> bool:
    """Say whether the code of a counter was used before: each is good once.

    A last one far ahead of now comes from a clock that ran ahead; it keeps nobody out.
    """
    return counter <= last <= int(now.timestamp()) // 30 + COUNTERS_AHEAD
