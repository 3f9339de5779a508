"""What clocks are counted by at a place, from memory: calendar, office hours, terms of the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from linli.cases.rules.clocks import Ground, Term, due, local_day
from linli.cases.rules.clocks import last_day as last_day
from linli.cases.rules.extending import Limits
from linli.cases.rules.given_days import until_day
from linli.cases.rules.ticking import going, recounted
from linli.cases.types.kinds import ClockDef
from linli.cases.types.shapes import NAMED_BY, ClockNow, Limit
from linli.cases.types.words import ClockState
from linli.kernel.clock import Unit
from linli.kernel.hours import OfficeHours
from linli.rulebook import queries as rulebook

# the usual hours of offices in the province; a city changes them with its own value
OFFICE = OfficeHours(((time(8, 30), time(12)), (time(14), time(17, 30))))


# the last one, with what was counted by it: one value, exchanged as a whole
_kept: list[Ground] = []


def ground() -> Ground:
    """Return the calendar and the office hours; no query while they are fresh."""
    calendar = rulebook.calendar()
    for known in _kept:
        if known.calendar is calendar:
            return known
    found = Ground(calendar, OFFICE)
    _kept[:] = [found]
    return found


def fresh_clock(
    definition: ClockDef,
    *,
    matter: str,
    path: str,
    at: datetime,
    cycle: int,
    due_on: date | None = None,
) -> ClockNow:
    """Return a clock with the term that holds at a place today, the law's own and the promise.

    A city, town or body may only promise less time than the law allows; the rulebook sees to it.
    `due_on` is a last day that was given by hand; refuses with Missing where one is needed.
    """
    if definition.by_day and (due_on is not None or not definition.term):
        return until_day(definition, due_on, at=at, cycle=cycle)
    day = local_day(at)
    key = dict(definition.terms).get(matter, definition.term)
    promise = rulebook.lookup(key, path, day)
    legal = rulebook.lookup(key, "", day)
    promised, allowed = promise.number, legal.number
    return ClockNow(
        key=definition.key,
        cycle=cycle,
        state=ClockState.RUNNING,
        unit=promise.unit,
        amount=promised,
        legal_amount=max(allowed, promised),
        roll_over=_rolls(definition.roll_over, path, day),
        started_at=at,
        law=_frozen(key, promised, allowed, provisional=promise.provisional),
    )


def clock_of_matter(
    definition: ClockDef,
    limit: Limit,
    *,
    since: datetime,
    cycle: int,
    known: ClockNow | None = None,
) -> ClockNow:
    """Return a running clock whose length the matter itself brought along, counted from `since`.

    It takes the place of the one that the kind would begin by the rulebook. `known` is that clock
    as it ran in this cycle before: it goes on with the new length, so that beginning anew wins no time.
    """
    begun = ClockNow(
        key=definition.key,
        cycle=cycle,
        state=ClockState.RUNNING,
        unit=limit.unit,
        amount=limit.promised,
        legal_amount=max(limit.legal, limit.promised),
        started_at=since,
        law={
            "key": definition.term,
            "promise": limit.promised,
            "legal": limit.legal,
            "provisional": not limit.is_sure,
            NAMED_BY: limit.named_by,
        },
    )
    begun = begun if known is None else _gone_on(begun, known, since)
    return recounted(begun, ground(), warn=definition.warn)


def _gone_on(begun: ClockNow, known: ClockNow, at: datetime) -> ClockNow:
    before = known if known.state == ClockState.RUNNING else going(known, at)
    # days that were given are kept; in another unit they would mean something else
    extensions = known.extensions if known.unit == begun.unit else (0,) * len(known.extensions)
    return replace(
        before, unit=begun.unit, amount=begun.amount, legal_amount=begun.legal_amount,
        law=begun.law, extensions=extensions,
    )  # fmt: skip


def clock_since(definition: ClockDef, path: str, *, since: datetime, cycle: int) -> ClockNow:
    """Return a running clock by the rulebook, counted from a moment before the move that begins it."""
    begun = fresh_clock(definition, matter="", path=path, at=since, cycle=cycle)
    return recounted(begun, ground(), warn=definition.warn)


def term_end(key: str, path: str, since: datetime) -> datetime:
    """Return when a term of the rulebook that began at a moment ends at a place."""
    begun = fresh_clock(
        ClockDef(key, "", key, frozenset()), matter="", path=path, at=since, cycle=1
    )
    found = due(ground(), Term(begun.amount, Unit(begun.unit), begun.roll_over), since)
    assert found is not None, "nothing pauses it"
    return found.at


def limits_of(definition: ClockDef, path: str, now: datetime) -> Limits:
    """Return how much and how often a clock may be extended at a place today; never if unsaid."""
    if not definition.extend_most:
        return Limits(0, 0)
    day = local_day(now)
    most = rulebook.lookup(definition.extend_most, path, day).number
    times = rulebook.lookup(definition.extend_times, path, day).number
    return Limits(most, times)


def _rolls(key: str, path: str, day: date) -> bool:
    return bool(key) and rulebook.lookup(key, path, day).flag


def _frozen(key: str, promise: int, legal: int, *, provisional: bool) -> Mapping[str, Any]:
    return {"key": key, "promise": promise, "legal": legal, "provisional": provisional}
