"""Running clocks counted anew when the working days of a year are told, or told otherwise.

Each clock that comes out differently gets one chained event; where nothing differs nothing is
written, so that the job may run twice, or go on after it was stopped in the middle.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import transaction

from linli.cases.engine.performing import tell
from linli.cases.engine.stepping import as_step
from linli.cases.models.holding import hold_cases, read_cases
from linli.cases.models.writing import Written, write_steps
from linli.cases.queries.ground import ground
from linli.cases.queries.kinds import kind_of
from linli.cases.rules.clocks import SHANGHAI, Ground
from linli.cases.rules.moved import Counted, may_move
from linli.cases.rules.ticking import LAST as LAST_SET
from linli.cases.rules.ticking import recounted
from linli.cases.services.sweeping import JOB
from linli.cases.types.kinds import CaseKind, ClockDef
from linli.cases.types.moves import Given, Held, Wish
from linli.cases.types.shapes import ClockNow
from linli.cases.types.words import ClockState
from linli.kernel import sql
from linli.kernel.clock import Unit
from linli.kernel.permits import Actor, open_to_all
from linli.rulebook.queries.cache import forget

# clocks looked at in one go, and cases in one transaction
AT_ONCE, MOST_CASES = 5_000, 500
BY_CALENDAR = (Unit.WORKING_DAYS, Unit.WORKING_HOURS)
# clocks that working days can move: begun before the span ends, and due in it or after
TOUCHED = """
SELECT k.case_id, k.key, c.kind, c.version, k.unit = 'working_days' AND NOT k.roll_over
       AND NOT k.law ? %(cut)s AS is_plain, k.started_at, k.amount, k.extensions, k.pauses, k.due_at,
       k.warn_at, k.is_provisional
  FROM cases_caseclock k JOIN cases_case c ON c.id = k.case_id
 WHERE k.state = 'running' AND k.id > %(last)s AND k.id <= %(upto)s AND (k.unit LIKE 'working%%' OR k.roll_over)
   AND k.started_at < %(until)s AND k.due_at >= %(since)s ORDER BY k.id
"""
# of the millions that ended none is read: the index of those that run is short
LAST = """
SELECT max(id) FROM (
    SELECT id FROM cases_caseclock WHERE state = 'running' AND id > %s ORDER BY id LIMIT %s
) k
"""
BEGIN, END = datetime(1949, 10, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Row:
    """A running clock as it is read; `extensions` and `pauses` are JSON."""

    case_id: int
    key: str
    kind: str
    version: int
    is_plain: bool
    started_at: datetime
    amount: int
    extensions: str
    pauses: str
    due_at: datetime
    warn_at: datetime
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many clocks came out differently, and how many cases have them."""

    clocks: int = 0
    cases: int = 0


@open_to_all("run by its job alone, which acts for the system")
def recount(
    years: tuple[int, ...] = (), *, actor: Actor, now: datetime, at_once: int = AT_ONCE
) -> Recounted:
    """Count running clocks anew that the working days of these years can move, of all if none."""
    forget()
    since, until = _span(years)
    clocks = cases = last = 0
    while True:
        upto = sql.tuples("cases.recount_upto", LAST, [last, at_once])[0][0]
        if upto is None:
            return Recounted(clocks, cases)
        given = {"last": last, "upto": upto, "until": until, "since": since, "cut": LAST_SET}
        found = [_counted(row) for row in sql.rows("cases.recount", TOUCHED, given, _Row)]
        moved = sorted(may_move(ground().calendar, found))
        for at in range(0, len(moved), MOST_CASES):
            one = _of(moved[at : at + MOST_CASES], years, actor=actor, now=now)
            clocks, cases = clocks + one.clocks, cases + one.cases
        last = upto


def _counted(row: _Row) -> Counted:
    pauses = [
        (datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in json.loads(row.pauses)
    ]
    return Counted(
        row.case_id, row.is_plain, _warn_of(kind_of(row.kind, row.version), row.key), row.started_at,
        row.amount + sum(json.loads(row.extensions)), pauses, row.due_at, row.warn_at,
        row.is_provisional,
    )  # fmt: skip


def _span(years: tuple[int, ...]) -> tuple[datetime, datetime]:
    if not years:
        return BEGIN, END
    first, after = date(min(years), 1, 1), date(max(years) + 1, 1, 1)
    # a notice may name a day to work in the December before its year
    first = date(first.year - 1, 12, 1)
    return datetime.combine(first, time(), SHANGHAI), datetime.combine(after, time(), SHANGHAI)


def _of(ids: list[int], years: tuple[int, ...], *, actor: Actor, now: datetime) -> Recounted:
    """Look without locks, lock the few that differ, look again, and write these."""
    counted_by = ground()
    differ = [held.id for held in read_cases(ids).values() if list(_changed(held, counted_by))]
    if not differ:
        return Recounted()
    with transaction.atomic():
        steps: list[tuple[Written, Held]] = []
        clocks = 0
        for held in hold_cases(differ).values():
            changed = tuple(_changed(held, counted_by))
            if changed:
                kind = kind_of(held.standing.kind, held.standing.version)
                facts = {"recounted": sorted(c.key for c in changed), "years": list(years)}
                given = Given(facts=facts, clocks=changed)
                wish = Wish(held.id, "recount")
                steps.append((as_step(held, kind, wish, given, JOB, now), held))
                clocks += len(changed)
        if steps:
            write_steps([step for step, _ in steps])
            tell(steps, actor=actor, now=now)
    return Recounted(clocks, len(steps))


def _changed(held: Held, counted_by: Ground) -> Iterator[ClockNow]:
    kind = kind_of(held.standing.kind, held.standing.version)
    for clock in held.standing.clocks.values():
        if clock.state != ClockState.RUNNING:
            continue
        if clock.unit in BY_CALENDAR or clock.roll_over:
            again = recounted(clock, counted_by, warn=_warn_of(kind, clock.key))
            if again != clock:
                yield again


def _warn_of(kind: CaseKind, key: str) -> int:
    """The share of the term at which the holder is warned; clocks of offers have the usual one."""
    return next((clock.warn for clock in kind.clocks if clock.key == key), ClockDef.warn)
