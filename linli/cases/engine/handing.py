"""What handing a case over changes: the part that is offered, and the clocks that wait for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linli.cases.engine.deciding import hand_in
from linli.cases.engine.stepping import Build
from linli.cases.errors import CaseClosed, NotForThisPost
from linli.cases.queries.ground import fresh_clock, ground
from linli.cases.queries.keeping_away import kept_from
from linli.cases.rules import assigning, lapsing, ticking
from linli.cases.rules.clocks import local_day
from linli.cases.rules.projecting import is_waiting
from linli.cases.types.kinds import CaseKind, ClockDef
from linli.cases.types.moves import Given, Held, To
from linli.cases.types.shapes import AssignmentNow, ClockNow
from linli.cases.types.words import GOING, AssignmentRole
from linli.kernel.permits import Actor
from linli.kernel.quick import changed

# the post that gets an offer answers within this; the sender's own clock runs on meanwhile
TAKE = ClockDef(lapsing.TAKE, "", "report.take", frozenset())
COMPETENCE = ClockDef(lapsing.COMPETENCE, "", "petition.return", frozenset())


def handing(to: To, *, facts: Mapping[str, Any], actor: Actor, now: datetime) -> Build:
    """Return how the step of `hand_over` is worked out once the case is held."""

    def build(held: Held, kind: CaseKind) -> Given:
        standing, pending = held.standing, assigning.live(held.standing, to.role, assigning.PENDING)
        back: tuple[AssignmentNow, ...] = ()
        if pending is not None:
            back = (assigning.revoked(standing, pending.number, now),)
            parts = {**standing.assignments, pending.number: back[0]}
            standing = changed(standing, assignments=parts)
        part = assigning.offered(standing, to, from_post_id=hand_in(actor, held).post_id, at=now)
        met = met_by(held, pending.number, now) if pending else ()
        return Given(
            facts=facts, parts=(*back, part), clocks=(*met, begun_with(held, TAKE, part, now))
        )

    return build


def offering(to: To, *, note: str, actor: Actor, now: datetime) -> Build:
    """Return how the step of an offer is worked out once the case is held.

    It refuses with AlreadyOffered, CaseClosed, and with NotForThisPost a post of those whom a case is about.
    """

    def build(held: Held, kind: CaseKind) -> Given:
        standing = held.standing
        if not is_waiting(kind, standing.state):
            raise CaseClosed()
        if to.post_id in kept_from(standing.columns, local_day(now)):
            raise NotForThisPost()
        part = assigning.offered(standing, to, from_post_id=hand_in(actor, held).post_id, at=now)
        clocks = (begun_with(held, TAKE, part, now),) if to.role == AssignmentRole.LEAD else ()
        return Given(parts=(part,), clocks=clocks, internal=noted(note))

    return build


def noted(text: str) -> Mapping[str, str] | None:
    """Return a note as it is kept among staff, or nothing."""
    return {"note": text} if text.strip() else None


def begun_with(held: Held, definition: ClockDef, part: AssignmentNow, now: datetime) -> ClockNow:
    """Return the clock that begins with a part, and bears its number."""
    standing = held.standing
    begun = fresh_clock(definition, matter="", path=held.path, at=now, cycle=standing.cycle)
    named = changed(begun, key=f"{definition.key}/{part.number}")
    return ticking.recounted(named, ground(), warn=definition.warn)


def met_by(held: Held, number: int, now: datetime) -> tuple[ClockNow, ...]:
    """Return the clocks that waited for the answer to an offer, ended."""
    names = (f"{TAKE.key}/{number}", f"{COMPETENCE.key}/{number}")
    found = [held.standing.clock(name) for name in names]
    return tuple(
        ticking.ended(clock, now) for clock in found if clock is not None and clock.state in GOING
    )
