"""A calendar file (RFC 5545) that telephones and office programs read. Pure text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

KIND = "text/calendar"
MOST_OCTETS = 73


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a calendar: `uid` stays the same when it is read again.

    Either from moment to moment, or on a whole day `on`.
    """

    uid: str
    title: str
    place: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    on: date | None = None
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar_text(entries: Iterable[Entry], *, now: datetime, of: str, name: str = "") -> str:
    """Return the whole file, lines folded and ended as the format wants; `of` is who made it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Linli//{of}//EN", "CALSCALE:GREGORIAN"]
    if name:
        lines += [f"X-WR-CALNAME:{_text(name)}", f"NAME:{_text(name)}"]
    for one in entries:
        lines += [
            "BEGIN:VEVENT", f"UID:{one.uid}", f"DTSTAMP:{_moment(now)}", *_span(one),
            f"SUMMARY:{_text(one.title)}", f"LOCATION:{_text(one.place)}", *_more(one), "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _span(one: Entry) -> list[str]:
    if one.on is not None:
        after = one.on + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    assert one.starts_at is not None and one.ends_at is not None, (
        "an entry has a day or two moments"
    )
    return [f"DTSTART:{_moment(one.starts_at)}", f"DTEND:{_moment(one.ends_at)}"]


def _more(one: Entry) -> list[str]:
    lines = [f"DESCRIPTION:{_text(one.text)}"] if one.text else []
    lines += [f"URL:{one.url}"] if one.url else []
    return [*lines, "STATUS:CANCELLED"] if one.is_cancelled else lines


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, "\\" + sign)
    return words.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line after at most 75 octets, never inside a character."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > MOST_OCTETS:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
