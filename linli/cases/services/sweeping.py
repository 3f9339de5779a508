"""Clocks that came due: warned, overdue, escalated; each once, also after a restart.

A sweep looks at the clocks without locking them, locks the cases, and looks again: whoever moved a
case meanwhile was faster, and no two locks are ever taken in two orders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from django.db import transaction

from linli.cases.engine.performing import MOST_AT_ONCE, tell
from linli.cases.engine.stepping import as_step
from linli.cases.events import OfferLate, WordsLate
from linli.cases.models.holding import hold_cases
from linli.cases.models.writing import Written, write_steps
from linli.cases.queries.kinds import kind_of
from linli.cases.rules.beside import is_beside
from linli.cases.rules.following import lapsing
from linli.cases.rules.lapsing import TAKE
from linli.cases.rules.ticking import ended, next_look
from linli.cases.services.perform import perform_many
from linli.cases.types.kinds import CaseKind, ClockDef
from linli.cases.types.moves import Given, Held, Wish
from linli.cases.types.shapes import ClockNow, Hand
from linli.cases.types.words import ClockState
from linli.kernel import sql
from linli.kernel.each import in_halves
from linli.kernel.events import publish
from linli.kernel.permits import Actor, open_to_all

JOB = Hand("job")
DUE = """
SELECT DISTINCT case_id FROM (
    SELECT case_id FROM cases_caseclock
     WHERE state = 'running' AND next_at <= %s AND case_id <> ALL(%s::bigint[])
     ORDER BY next_at, id LIMIT %s
) due ORDER BY case_id
"""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep came to."""

    warned: int = 0
    overdue: int = 0
    escalated: int = 0


@open_to_all("run by its job alone, which acts for the system")
def sweep(*, actor: Actor, now: datetime, at_once: int = MOST_AT_ONCE) -> Swept:
    """Do all that is due, a transaction for each `at_once` clocks; return the sums.

    Where one case breaks, the others of its transaction are done in smaller ones, and it waits for the next sweep.
    """

    def do(ids: Sequence[int]) -> Swept:
        with transaction.atomic():
            return _swept(ids, actor=actor, now=now)

    done, aside = [Swept()], list[int]()
    while ids := [row[0] for row in sql.tuples("cases.due", DUE, [now, aside, at_once])]:
        parts, broken = in_halves("cases.sweep", ids, do)
        done += parts
        aside += broken
    return Swept(*(sum(column) for column in zip(*map(astuple, done), strict=True)))


def _swept(ids: Sequence[int], *, actor: Actor, now: datetime) -> Swept:
    steps: list[tuple[Written, Held]] = []
    wishes: list[Wish] = []
    warned = overdue = 0
    for held in hold_cases(ids).values():
        kind = kind_of(held.standing.kind, held.standing.version)
        rung = list(_rung(held, kind, now))
        if not rung:
            continue
        late, soon, over = _by_what(rung)
        facts = {"overdue": late, "warned": soon, **({"over": over} if over else {})}
        given = Given(facts=facts, clocks=tuple(rung))
        steps.append((as_step(held, kind, Wish(held.id, "ring"), given, JOB, now), held))
        wishes += [Wish(held.id, move) for move in _escalations(kind, held, late)][:1]
        warned, overdue = warned + len(soon), overdue + len(late)
    if steps:
        write_steps([step for step, _ in steps])
        tell(steps, actor=actor, now=now)
    unread = [held.id for step, held in steps if _is_unread(step)]
    for case_id in unread:
        publish(WordsLate(case_id))
    left = [(held.id, number) for step, held in steps for number in _untaken(step)]
    for case_id, number in left:
        publish(OfferLate(case_id, number))
    if wishes:
        perform_many(wishes, actor=actor, now=now, hand=JOB)
    return Swept(warned, overdue, len(wishes) + len(unread) + len(left))


def _by_what(rung: Sequence[ClockNow]) -> tuple[list[str], list[str], list[str]]:
    """Return the keys of clocks that are late, soon due, and over without anybody being late."""
    running = [clock for clock in rung if clock.state == ClockState.RUNNING]
    late = [clock.key for clock in running if clock.is_overdue]
    soon = [clock.key for clock in running if not clock.is_overdue]
    return late, soon, [clock.key for clock in rung if clock.state != ClockState.RUNNING]


def _is_unread(step: Written) -> bool:
    """Say whether what a resident wrote was not read in time: the place above is told."""
    return any(is_beside(key) for key in step.event.step.facts["overdue"])


def _untaken(step: Written) -> list[int]:
    """Return the parts that were offered and not answered in time: the place above is asked to see to it."""
    names = (key.partition("/") for key in step.event.step.facts["overdue"])
    return [int(number) for name, _slash, number in names if name == TAKE]


def _rung(held: Held, kind: CaseKind, now: datetime) -> Iterator[ClockNow]:
    over = lapsing(kind)
    for clock in held.standing.clocks.values():
        if clock.state != ClockState.RUNNING or clock.next_at > now:
            continue
        is_overdue = clock.due_at <= now
        if is_overdue and clock.key in over:
            # nobody is late with it, and nothing else ends it: what might have been done is over
            yield ended(replace(clock, is_warned=True), now, is_void=True)
            continue
        yield replace(
            clock,
            is_warned=True,
            is_overdue=is_overdue,
            next_at=next_look(clock.due_at, clock.warn_at, is_warned=True, is_overdue=is_overdue),
        )


def _escalations(kind: CaseKind, held: Held, late: list[str]) -> Iterator[str]:
    known: dict[str, ClockDef] = {clock.key: clock for clock in kind.clocks}
    for key in late:
        definition = known.get(key)
        if definition is not None and definition.escalate:
            yield kind.instead(held.id, definition.escalate)
