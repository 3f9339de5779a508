"""One try over a connection, and what is written down of it: how far it came, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from linli.exchange.clients.lines import line_of, warn
from linli.exchange.clients.wire import Line
from linli.exchange.models import Connection
from linli.exchange.rules.going_on import going_on
from linli.exchange.types.connections import Later, Never, System
from linli.kernel.permits import Actor, open_to_all

T = TypeVar("T")
BY_JOB = "run by its job alone"


@open_to_all(BY_JOB)
def over(system: System, work: Callable[[Line], T], *, actor: Actor, now: datetime) -> T | None:
    """Do something over a connection and note how it went; None where there is none, or it failed.

    The other side is asked outside any transaction; what a fault left behind is asked for again.
    """
    line, clock = line_of(system), going_on(now)
    if line is None:
        return None
    try:
        done = work(line)
    except (Later, Never) as fault:
        note_try(system, fault=str(fault), actor=actor, now=clock())
        warn("connection_failed", system, fault=str(fault))
        return None
    note_try(system, actor=actor, now=clock())
    return done


@open_to_all(BY_JOB)
@transaction.atomic
def note_try(system: System, *, fault: str = "", actor: Actor, now: datetime) -> None:
    """Write down that a connection was tried, and what came of it."""
    row = _held(system)
    row.tried_at, row.fault = now, fault[:60]
    row.faults = row.faults + 1 if fault else 0
    row.done_at = row.done_at if fault else now
    row.save(update_fields=["tried_at", "done_at", "fault", "faults"])


def _held(system: System) -> Connection:
    """Return a connection, held until the end of the transaction; the first time it is made."""
    Connection.objects.bulk_create([Connection(system=system)], ignore_conflicts=True)
    return Connection.objects.select_for_update().get(system=system)


@open_to_all(BY_JOB)
def advance(
    system: System, name: str, mark: str, unread: int = 0, *, actor: Actor, now: datetime
) -> None:
    """Note the mark behind the last row that was read, in the transaction that keeps the rows."""
    row = _held(system)
    row.marks = {**row.marks, name: mark, "unread": int(row.marks.get("unread", 0)) + unread}
    row.save(update_fields=["marks"])
