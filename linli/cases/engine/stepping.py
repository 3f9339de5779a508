"""Steps that every kind has: they change who has a case, its clocks or its words, not its state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from linli.cases.engine.deciding import To, check_seq, hand_in, made
from linli.cases.engine.performing import after_step, earlier, refuse_kept_from, tell
from linli.cases.models.holding import hold_cases
from linli.cases.models.writing import Written, write_steps
from linli.cases.queries.kinds import kind_of
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import Done, Given, Held, Wish
from linli.cases.types.shapes import Hand
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, Permit, require

# what a step changes, worked out once the case is held
Build = Callable[[Held, CaseKind], Given]


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that is written in one go with the opening before it: who makes it, what it causes."""

    written: Written
    actor: Actor
    event: object


def perform_step(
    wish: Wish,
    build: Build,
    *,
    permit: Permit | None,
    actor: Actor,
    now: datetime,
    hand: Hand | None = None,
    part: int | None = None,
) -> Done:
    """Make one step of a held case. `permit` None is for what jobs and reporters do.

    `part` is the number of the part that is answered: its post acts, if the actor is in it.

    Refuses with NotFound, NotAllowed, MovedMeanwhile, and with what `build` refuses.
    """
    assert sql.in_transaction(), "a step and what it causes are one transaction"
    held = hold_cases([wish.case_id]).get(wish.case_id)
    if held is None:
        raise NotFound()
    check_permitted(held, permit, actor)
    seq = earlier([wish]).get((wish.case_id, str(wish.key))) if wish.key else None
    if seq is not None:
        return Done(held, seq, is_repeated=True)
    written = written_step(held, wish, build, actor=actor, now=now, hand=hand, part=part)
    write_steps([written])
    tell([(written, held)], actor=actor, now=now)
    return Done(after_step(held, written), written.event.seq)


def check_permitted(held: Held, permit: Permit | None, actor: Actor) -> None:
    """Refuse with NotFound whom a case is about, and with NotAllowed who has no permit for the step."""
    refuse_kept_from(held.standing.columns, actor, is_reporter=permit is None)
    if permit is not None:
        require(actor, permit, at=held.path, level=held.level)


def written_step(
    held: Held,
    wish: Wish,
    build: Build,
    *,
    actor: Actor,
    now: datetime,
    hand: Hand | None = None,
    part: int | None = None,
) -> Written:
    """Return a step as it will be written. Refuses with MovedMeanwhile and what `build` refuses."""
    check_seq(held.standing, wish.expected_seq)
    kind = kind_of(held.standing.kind, held.standing.version)
    whose = hand or hand_in(actor, held, part)
    return as_step(held, kind, wish, build(held, kind), whose, now)


def as_step(
    held: Held, kind: CaseKind, wish: Wish, given: Given, hand: Hand, now: datetime
) -> Written:
    """Return a step that leaves the state as it is."""
    wish = Wish(wish.case_id, wish.move, given, wish.expected_seq, wish.key)
    to = To(held.standing.state, held.standing.cycle)
    return made(held, kind, wish, to=to, hand=hand, now=now)
