"""A visit as an iCalendar entry (RFC 5545): what is made here lies on the phone of whoever booked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.ui.jinja import named

MOST_BYTES = 73


def visit_calendar(visit: Any, centre: Any, address: str, *, now: datetime) -> str:
    """Return the calendar file of a visit; one that was cancelled tells the calendar so."""
    is_off = visit.state in {"cancelled", "closed"}
    where = "，".join(filter(None, (named(centre), centre.address)))
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Linli//Visits//EN",
        f"METHOD:{'CANCEL' if is_off else 'PUBLISH'}", "BEGIN:VEVENT",
        f"UID:visit-{visit.code}@linli", f"SEQUENCE:{visit.edition}",
        f"DTSTAMP:{_utc(now)}", f"DTSTART:{_utc(visit.starts_at)}", f"DTEND:{_utc(visit.ends_at)}",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
        f"SUMMARY:{_text(_('Visit at %(centre)s') % {'centre': named(centre)})}",
        f"LOCATION:{_text(where)}",
        f"DESCRIPTION:{_text(_('Window %(number)s, code %(code)s') % {'number': visit.window.number, 'code': visit.code})}",
        f"URL:{address}", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT1H",
        f"DESCRIPTION:{_text(named(centre))}", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    plain = value.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return plain.replace("\r", "").replace("\n", r"\n")


def _folded(line: str) -> str:
    """Return a line broken after at most 75 bytes, never inside a character."""
    parts, part, size = [], "", 0
    for sign in line:
        if size + len(sign.encode()) > MOST_BYTES:
            parts.append(part)
            part, size = "", 1
        part, size = part + sign, size + len(sign.encode())
    return "\r\n ".join([*parts, part])
