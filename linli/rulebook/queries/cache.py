"""Local values and the calendar in memory, read anew when their version has changed."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from time import monotonic

from django.utils.timezone import localdate

from linli.kernel import sql
from linli.kernel.clock import WorkCalendar
from linli.rulebook.law.model import Entry, Parameter
from linli.rulebook.law.values import parse_value
from linli.rulebook.models import CalendarDay, CalendarYear, LocalValue
from linli.rulebook.rules import Local
from linli.rulebook.types import Certainty, Level, Paper, Value

Asked = tuple[str, str, date, int | None, str]
# how old the knowledge of another process's change may be
RECHECK_SECONDS = 2.0
# after a write of this process every look asks again, since the write may be rolled back
AFTER_WRITE_SECONDS = 60.0


@dataclass(frozen=True)
class Held:
    """What was read at one version."""

    version: int
    local: dict[str, Local]
    calendar: WorkCalendar
    # what was looked up already at this version: key, place, day, body, reading
    answers: dict[Asked, tuple[Parameter, Value]] = field(default_factory=dict)


_held: dict[str, Held] = {}
_asked_at: dict[str, float] = {}
_written_at: dict[str, float] = {}
_lock = threading.Lock()


def held() -> Held:
    """Return local values and calendar; no query while the last look is fresh."""
    name, now = str(sql.own_connection().settings_dict["NAME"]), monotonic()
    found = _held.get(name)
    is_writing = now - _written_at.get(name, -AFTER_WRITE_SECONDS) < AFTER_WRITE_SECONDS
    if found and not is_writing and now - _asked_at.get(name, 0) < RECHECK_SECONDS:
        return found
    version = _version()
    if found is None or found.version != version:
        with _lock:
            found = Held(version, _read_local(), _read_calendar())
    # a look inside a broken or open transaction must not outlive it
    if not is_writing:
        _asked_at[name] = now
    _held[name] = found
    return found


def forget() -> None:
    """Read anew after a write of this process, and ask each time for a while."""
    name = str(sql.own_connection().settings_dict["NAME"])
    _written_at[name] = monotonic()
    _held.pop(name, None)


def settle() -> None:
    """Trust the memory again at once: for tests that count queries after a write."""
    _written_at.pop(str(sql.own_connection().settings_dict["NAME"]), None)


def undone(*, is_other: bool = False) -> None:
    """Begin as if nothing had been written, with what the database holds now: for tests that undo what they did.

    With `is_other` the database is another one by the same name.
    """
    name = str(sql.own_connection().settings_dict["NAME"])
    if is_other or name in _written_at:
        for memory in (_held, _asked_at, _written_at):
            memory.pop(name, None)
    held()


def _version() -> int:
    rows = sql.tuples("rulebook.version", "SELECT number FROM rulebook_version WHERE id = 1")
    return int(rows[0][0]) if rows else 0


def _read_local() -> dict[str, Local]:
    found: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for row in LocalValue.objects.order_by("valid_from", "id").iterator():
        found[row.key][row.jurisdiction].append(entry_of(row))
    return {key: dict(entries) for key, entries in found.items()}


def entry_of(row: LocalValue) -> Entry:
    """Return a local value as an entry beside those of the files."""
    number = f"{row.issuer} {row.document_number}"
    return Entry(
        start=row.valid_from,
        value=parse_value(row.value),
        jurisdiction=row.jurisdiction,
        level=Level(row.level),
        source=(number, number),
        certainty=Certainty.SURE,
        checked_on=localdate(row.added_at),
        until=row.valid_to,
        ends=row.withdrawn_from,
        reading=row.reading,
        paper=Paper(row.document_number, row.document_date, row.issuer),
        place=row.place,
    )


def _read_calendar() -> WorkCalendar:
    years = CalendarYear.objects.filter(is_published=True).values_list("year", flat=True)
    return WorkCalendar.of(CalendarDay.objects.values_list("day", "is_work"), years)
