"""A calendar file (RFC 5545) that telephones and office programs read. Pure text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from linli.grid.types import Shift

# hours of a shift in the city's day; the night ends on the next morning
HOURS = {Shift.DAY: (7, 18), Shift.EVENING: (18, 23), Shift.NIGHT: (23, 31)}
# China has no summer time
OFFSET = timedelta(hours=8)
MOST_OCTETS = 73


@dataclass(frozen=True, slots=True)
class Entry:
    """A shift in a calendar: `uid` stays the same when it is read again."""

    uid: str
    on: date
    shift: str
    title: str
    place: str


def calendar_text(entries: Iterable[Entry], *, now: datetime) -> str:
    """Return the whole file, lines folded and ended as the format wants."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Linli//grid//EN", "CALSCALE:GREGORIAN"]
    for one in entries:
        lines += ["BEGIN:VEVENT", f"UID:{one.uid}", f"DTSTAMP:{_moment(now)}", *_span(one),
                  f"SUMMARY:{_text(one.title)}", f"LOCATION:{_text(one.place)}", "END:VEVENT"]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _span(one: Entry) -> list[str]:
    hours = HOURS.get(Shift(one.shift))
    if hours is None:
        after = one.on + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    start = datetime.combine(one.on, time(), UTC) - OFFSET
    first, last = (start + timedelta(hours=hour) for hour in hours)
    return [f"DTSTART:{_moment(first)}", f"DTEND:{_moment(last)}"]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, "\\" + sign)
    return words.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line after at most 75 octets, never inside a character."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > MOST_OCTETS:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
