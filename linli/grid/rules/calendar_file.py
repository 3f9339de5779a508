"""Shifts as entries of a calendar file. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from linli.grid.types import Shift
from linli.kernel import calendar_files

# hours of a shift in the city's day; the night ends on the next morning
HOURS = {Shift.DAY: (7, 18), Shift.EVENING: (18, 23), Shift.NIGHT: (23, 31)}
# China has no summer time
OFFSET = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Entry:
    """A shift in a calendar: `uid` stays the same when it is read again."""

    uid: str
    on: date
    shift: str
    title: str
    place: str


def calendar_text(entries: Iterable[Entry], *, now: datetime) -> str:
    """Return the whole file; a shift without hours of its own fills its day."""
    return calendar_files.calendar_text(map(_entry, entries), now=now, of="grid")


def _entry(one: Entry) -> calendar_files.Entry:
    hours = HOURS.get(Shift(one.shift))
    if hours is None:
        return calendar_files.Entry(one.uid, one.title, one.place, on=one.on)
    start = datetime.combine(one.on, time(), UTC) - OFFSET
    first, last = (start + timedelta(hours=hour) for hour in hours)
    return calendar_files.Entry(one.uid, one.title, one.place, first, last)
