"""May this move be made, and what does it change? Asked for one case of those held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.cases.engine.accusing import kept_away
from linli.cases.engine.giving_time import check_time
from linli.cases.engine.reading_first import clocks_of_reading
from linli.cases.errors import (
    Missing,
    MovedMeanwhile,
    NobodyToAsk,
    NoSuchMove,
    NotNow,
    NotTheLead,
)
from linli.cases.models.writing import Written, facts_of
from linli.cases.queries.givers import speaks_for_giver
from linli.cases.queries.ground import fresh_clock, ground
from linli.cases.queries.handling import may_decide, too_near
from linli.cases.queries.heard import asks_nobody
from linli.cases.rules import assigning, chain, projecting, ticking
from linli.cases.rules.clocks import local_day
from linli.cases.rules.given_days import day_in
from linli.cases.rules.lapsing import without_offers
from linli.cases.rules.offering import Stand, is_final, may_end
from linli.cases.rules.projecting import is_waiting
from linli.cases.types.kinds import Ask, By, CaseKind, CaseMove, ClockDef
from linli.cases.types.moves import Given, Held, Wish
from linli.cases.types.shapes import AssignmentNow, ClockNow, Hand, Standing, Step
from linli.cases.types.words import LIVE, AssignmentRole, AssignmentState
from linli.kernel.errors import NotAllowed, WrongState
from linli.kernel.permits import Actor, require
from linli.kernel.sealing import commit

REPORTER = "reporter"


@dataclass(frozen=True, slots=True)
class To:
    """Where a step leads: state, cycle, and the clocks that change by it."""

    state: str
    cycle: int
    clocks: tuple[ClockNow, ...] = ()


def hand_of(actor: Actor, path: str) -> Hand:
    """Return whose hand an actor is at a place."""
    if actor.is_system:
        return Hand("job")
    post_id = actor.post_at(path)
    return Hand("post" if post_id else "person", actor.account_id, post_id, actor.acting_for)


def hand_in(actor: Actor, held: Held, part: int | None = None) -> Hand:
    """Return whose hand an actor is in a case: of several posts, the one that the case is with.

    `part` is the number of the part that the step answers.
    """
    own = [one for one in held.standing.assignments.values() if one.post_id in actor.posts]
    found = sorted(own, key=lambda one: _nearness(one, part), reverse=True)
    if actor.is_system or not found or _nearness(found[0], part) == NOT_WITH:
        return hand_of(actor, held.path)
    return Hand("post", actor.account_id, found[0].post_id, actor.acting_for)


NOT_WITH = (False, False, False, False)


def _nearness(one: AssignmentNow, part: int | None) -> tuple[bool, bool, bool, bool]:
    is_lead = one.role == AssignmentRole.LEAD
    return (
        one.number == part,
        is_lead and one.state == AssignmentState.ACCEPTED,
        is_lead and one.state in assigning.PENDING,
        one.state in LIVE,
    )


def move_of(kind: CaseKind, name: str) -> CaseMove[Any]:
    """Return a move of a kind. Refuses with NoSuchMove."""
    if name not in kind.machine.moves:
        raise NoSuchMove(move=name)
    return kind.move(name)


def check_hand(
    held: Held, kind: CaseKind, move: CaseMove[Any], actor: Actor, hand: Hand
) -> None:  # fmt: skip
    """Refuse with NotAllowed or NotTheLead whoever may not make the move."""
    if move.by is By.SYSTEM and not actor.is_system:
        raise NotAllowed(move=move.name, at=held.path)
    if move.by is By.REPORTER and hand.by != REPORTER and not actor.is_system:
        raise NotAllowed(move=move.name, at=held.path)
    if move.permit is not None:
        require(actor, move.permit, at=held.path, level=held.level)
    if move.by is By.LEAD and not is_lead(held, actor):
        raise NotTheLead(number=held.number)
    if is_final(kind, move) and not may_end(actor, _stand_of(held)):
        raise NotTheLead(number=held.number)


def _stand_of(held: Held) -> Stand:
    columns = projecting.lead_columns(held.standing.assignments)
    return Stand(
        held.standing.state, held.path, held.level, columns["lead_post_id"],
        columns["offered_post_id"],
    )  # fmt: skip


def is_lead(held: Held, actor: Actor) -> bool:
    """Say whether the actor's posts have the case, or nobody has it yet."""
    lead = projecting.lead_columns(held.standing.assignments)["lead_post_id"]
    return actor.is_system or lead is None or lead in actor.posts


def check_asks(move: CaseMove[Any], given: Given) -> None:
    """Refuse with Missing what a move asks for and did not get."""
    lacks: dict[str, list[str]] = {}
    for ask in move.asks:
        if not _got(ask, given):
            lacks[str(ask)] = [_("This is needed here.")]
    if lacks:
        raise Missing(lacks, move=move.name)


def _got(ask: Ask, given: Given) -> bool:
    if ask is Ask.PUBLIC:
        return bool(given.public and str(given.public.get("text", "")).strip())
    if ask is Ask.EVIDENCE:
        return bool(given.facts.get("files") or given.facts.get("evidence"))
    internal = given.internal or {}
    return bool(given.facts.get(str(ask)) or str(internal.get(str(ask), "")).strip())


def decided(
    held: Held, kind: CaseKind, wish: Wish, *, actor: Actor, hand: Hand, now: datetime
) -> Written:
    """Return a move of the kind as it will be written. Refuses with NotAllowed, WrongState, Missing,
    DecidesOwnWork, NobodyToAsk, TooLateToObject, and then with what the kind's own `apply` refuses."""
    move, standing = move_of(kind, wish.move), held.standing
    check_hand(held, kind, move, actor, hand)
    _check_people(held, move, actor, now)
    check_seq(standing, wish.expected_seq)
    state = after_move(kind, standing.state, move)
    check_time(kind, standing, move, now)
    if kind.apply is not None:
        wish = kind.apply(held, move, replace(wish, at=now))
    check_asks(move, wish.given)
    cycle = standing.cycle + move.opens_cycle
    due_on = day_in(wish.given.facts)
    clocks = tuple(clocks_after(held, kind, state, cycle=cycle, now=now, due_on=due_on))
    if move.opens_cycle:
        wish = _reopened(wish, standing)
    if is_waiting(kind, standing.state) and not is_waiting(kind, state):
        # what ends is offered to nobody any more
        wish = replace(wish, given=without_offers(wish.given, standing, now))
    return made(held, kind, wish, to=To(state, cycle, clocks), hand=hand, now=now)


def _check_people(held: Held, move: CaseMove[Any], actor: Actor, now: datetime) -> None:
    if move.by is By.ASKER and not speaks_for_giver(actor, move.permit, held, local_day(now)):
        raise NotAllowed(move=move.name, at=held.path)
    if not may_decide(actor, held.id, move):
        raise too_near(move)(number=held.number)
    if asks_nobody(held.id, move.name):
        raise NobodyToAsk(number=held.number)


def after_move(kind: CaseKind, state: str, move: CaseMove[Any]) -> str:
    """Return the state to which a move leads. Refuses with NotNow, in the words of the kind."""
    try:
        return str(kind.machine.after(state, move.name))
    except WrongState as refusal:
        said = kind.states.get(state)
        words = {"move_words": str(move.title), "state_words": str(said.title if said else state)}
        raise NotNow(**{**refusal.details, **words}) from refusal


def check_seq(standing: Standing, expected: int | None) -> None:
    """Refuse with MovedMeanwhile if the case is not where the actor saw it."""
    if expected is not None and expected != standing.seq:
        raise MovedMeanwhile(seq=standing.seq)


def clocks_after(
    held: Held,
    kind: CaseKind,
    state: str,
    *,
    cycle: int,
    now: datetime,
    due_on: date | None = None,
) -> Iterable[ClockNow]:
    """Return the clocks that change when the case comes to a state."""

    def fresh(definition: ClockDef) -> ClockNow:
        return fresh_clock(
            definition,
            matter=str(held.standing.columns.get("matter", "")),
            path=held.path,
            at=now,
            cycle=cycle,
            due_on=due_on,
        )

    return ticking.ticked(
        kind, held.standing, state, cycle=cycle, at=now, ground=ground(), fresh=fresh
    )


def made(held: Held, kind: CaseKind, wish: Wish, *, to: To, hand: Hand, now: datetime) -> Written:
    """Return a step as it will be written, chained behind the case's last one."""
    given = kept_away(held, wish.given, now=now)
    public = None if given.public is None else (*commit(given.public), given.public)
    internal = None if given.internal is None else (*commit(given.internal), given.internal)
    reading = clocks_of_reading(held, kind, given, to=(to.state, to.cycle), now=now)
    own = {(one.cycle, one.key) for one in given.clocks}
    # what a kind says of a clock itself goes before what its states say
    by_state = [one for one in to.clocks if (one.cycle, one.key) not in own]
    changes = facts_of([*by_state, *given.clocks, *reading], given.parts, given.columns)
    step = Step(
        wish.move,
        now,
        to.state,
        to.cycle,
        hand,
        {**given.facts, **changes},
        None if public is None else public[1],
        None if internal is None else internal[1],
    )
    event = chain.chain(held.standing.uuid, held.standing.seq, held.standing.head, step)
    return Written(
        held.id,
        projecting.after(held.standing, event, kind),
        event,
        kind,
        key=None if wish.key is None else str(wish.key),
        public=None if public is None else (public[0], public[2]),
        internal=None if internal is None else (internal[0], internal[2]),
        is_by_reporter=given.by_reporter,
        waits=given.waits_for_release,
    )


def _reopened(wish: Wish, standing: Standing) -> Wish:
    columns = {**wish.given.columns, "reopened": int(standing.columns.get("reopened", 0)) + 1}
    return replace(wish, given=replace(wish.given, columns=columns))
