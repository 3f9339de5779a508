"""Moments as chains and exported files write them (the order of the text is theirs), and on the city's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from django.utils.timezone import get_default_timezone

LENGTH = len("2026-08-10T04:00:00.000000Z")


@lru_cache(maxsize=512)
def moment(at: datetime) -> str:
    """Return a moment as chained events write it: UTC with microseconds. One step tells the same one ten times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def here(at: datetime) -> datetime:
    """Return a moment on the city's clock. Django's `localtime` asks each time for the thread's own zone: none has one."""
    return at.astimezone(get_default_timezone())


def day_of(at: datetime) -> date:
    """Return the city's day of a moment."""
    return here(at).date()


def minute_of(at: datetime) -> int:
    """Return a moment as a minute of the city's day."""
    local = here(at)
    return local.hour * 60 + local.minute


def span_of_day(start: datetime, end: datetime) -> tuple[int, int]:
    """Return two moments as minutes of the city's day of the first; what ends after midnight counts on."""
    begin = minute_of(start)
    return begin, begin + int((end - start).total_seconds() // 60)


@lru_cache(maxsize=512)
def read_moment(text: str) -> datetime:
    """Return the moment that `moment` wrote. Raises ValueError for any other way to write one."""
    if len(text) != LENGTH or text[-1] != "Z":
        raise ValueError(f"{text!r} is no moment of a chain")
    return datetime.fromisoformat(text)


def clock_of(minutes: int) -> str:
    """Return minutes after midnight as 08:30; the end of the day is 24:00."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
