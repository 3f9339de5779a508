"""The one door: a move is checked, chained, written and told, and happens once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from linli.cases.engine.deciding import decided, hand_in
from linli.cases.errors import ChildrenOpen
from linli.cases.events import CaseMoved
from linli.cases.models.holding import hold_cases
from linli.cases.models.linked import open_children, open_parts
from linli.cases.models.writing import Written, write_steps
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.reading import is_kept_from
from linli.cases.rules.conflicts import is_about
from linli.cases.rules.projecting import is_waiting, settles
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import Done, Given, Held, Wish
from linli.cases.types.shapes import Hand
from linli.kernel import sql
from linli.kernel.errors import NotFound, Refusal
from linli.kernel.events import publish
from linli.kernel.permits import Actor
from linli.trail.services import record_each
from linli.trail.types import About, Act
from linli.ui.formats import listed

# rows of one transaction: more would keep locks and the trail's sealer waiting
MOST_AT_ONCE = 1000
EARLIER = (
    "SELECT case_id, key::text, seq FROM cases_caseevent WHERE case_id = ANY(%s) AND key = ANY(%s)"
)


def make_moves(
    wishes: Sequence[Wish], *, actor: Actor, now: datetime, hand: Hand | None
) -> list[Done]:
    """Make moves of different cases in the running transaction; see services.perform."""
    assert sql.in_transaction(), "a move and what it causes are one transaction"
    assert len(wishes) <= MOST_AT_ONCE, "cut mass moves into transactions"
    ids = sorted({wish.case_id for wish in wishes})
    assert len(ids) == len(wishes), "one move a case: the second would not see the first"
    held = hold_cases(ids)
    before = earlier(wishes)
    done: list[Done] = []
    steps: list[tuple[Written, Held]] = []
    for wish in wishes:
        case = held.get(wish.case_id)
        if case is None:
            raise NotFound()
        refuse_kept_from(case.standing.columns, actor, is_reporter=hand is not None)
        seq = before.get((wish.case_id, str(wish.key))) if wish.key else None
        if seq is not None:
            done.append(Done(case, seq, is_repeated=True))
            continue
        written = _one(case, wish, actor=actor, hand=hand, now=now)
        steps.append((written, case))
        done.append(Done(after_step(case, written), written.event.seq))
    if steps:
        _wait_for_parts(steps)
        write_steps([step for step, _ in steps])
        tell(steps, actor=actor, now=now)
        _take_parts(steps, wishes, actor=actor, hand=hand, now=now)
    return done


def refuse_kept_from(columns: Mapping[str, Any], actor: Actor, *, is_reporter: bool) -> None:
    """Refuse with NotFound whoever holds or once held a post that a case is about (AP-07).

    Whoever reported it herself goes on with it, though she once held that post.
    """
    if is_about(columns, actor) if is_reporter else is_kept_from(actor, columns):
        raise NotFound()


def _take_parts(
    steps: Sequence[tuple[Written, Held]], wishes: Sequence[Wish], *, actor: Actor,
    hand: Hand | None, now: datetime,
) -> None:  # fmt: skip
    """Make a move with the open parts too where its kind says so: a task taken back is so for all who have it."""
    given = {wish.case_id: wish.given for wish in wishes}
    for step, case in steps:
        name = step.event.step.move
        if not step.kind.move(name).takes_parts:
            continue
        # held first: one that was finished meanwhile is no part of it any more
        parts = hold_cases(open_children(case.id)).values()
        told = Given(internal=given[case.id].internal, facts=given[case.id].facts)
        going = [Wish(one.id, name, told) for one in parts if _is_open(one)]
        for start in range(0, len(going), MOST_AT_ONCE):
            batch = going[start : start + MOST_AT_ONCE]
            make_moves(batch, actor=actor, now=now, hand=hand)


def _is_open(case: Held) -> bool:
    return is_waiting(kind_of(case.standing.kind, case.standing.version), case.standing.state)


def _wait_for_parts(steps: Sequence[tuple[Written, Held]]) -> None:
    """Refuse with ChildrenOpen to settle a case while a required part of it is open."""
    ends = [
        case.id for step, case in steps if settles(step.kind, case.standing.state, step.after.state)
    ]
    if not ends:
        return
    for numbers in open_parts(ends).values():
        raise ChildrenOpen(numbers=listed(numbers))


def _one(case: Held, wish: Wish, *, actor: Actor, hand: Hand | None, now: datetime) -> Written:
    kind = kind_of(case.standing.kind, case.standing.version)
    whose = hand or hand_in(actor, case)
    return decided(case, kind, wish, actor=actor, hand=whose, now=now)


def refusal_of(case: Held, wish: Wish, *, actor: Actor, now: datetime) -> Refusal | None:
    """Return what a move of a case would be refused with, or None; nothing is written."""
    try:
        refuse_kept_from(case.standing.columns, actor, is_reporter=False)
        _wait_for_parts([(_one(case, wish, actor=actor, hand=None, now=now), case)])
    except Refusal as refusal:
        return refusal
    return None


def earlier(wishes: Sequence[Wish]) -> dict[tuple[int, str], int]:
    """Return the events that these wishes have made before, by case and key."""
    keyed = [wish for wish in wishes if wish.key is not None]
    if not keyed:
        return {}
    params = [[w.case_id for w in keyed], [w.key for w in keyed]]
    return {(row[0], row[1]): row[2] for row in sql.tuples("cases.earlier", EARLIER, params)}


def after_step(case: Held, written: Written) -> Held:
    """Return a case as it is after a step was written."""
    columns = written.after.columns
    return Held(case.id, case.number, columns["path"], columns["level"], written.after)


def tell(steps: Sequence[tuple[Written, Held]], *, actor: Actor, now: datetime) -> None:
    """Record steps in the trail and publish them to apps above."""
    tell_each([(step, case, actor) for step, case in steps], now=now)


def tell_each(steps: Sequence[tuple[Written, Held, Actor]], *, now: datetime) -> None:
    """As `tell`, for steps that were made by different actors."""
    record_each([(_act(step, case), actor) for step, case, actor in steps], now=now)
    for step, case, _actor in steps:
        publish(_event(step, case, step.kind))


def _act(step: Written, case: Held) -> Act:
    told: dict[str, Any] = {
        "move": step.event.step.move,
        "seq": step.event.seq,
        "number": case.number,
    }
    about = About(place=case.path, level=case.level)
    return Act("cases.moved", ("cases.case", case.id), told, about)


def _event(step: Written, case: Held, kind: CaseKind) -> CaseMoved:
    return CaseMoved(
        case_id=case.id,
        number=case.number,
        kind=kind.key,
        move=step.event.step.move,
        seq=step.event.seq,
        state=step.after.state,
        stage=str(kind.stage(step.after.state)),
        path=case.path,
        tells_reporter=step.public is not None and not step.is_by_reporter,
        is_of_kind=step.event.step.move in kind.machine.moves,
        by=step.event.step.hand.by,
        by_case=_by_case(step, case),
    )


def _by_case(step: Written, case: Held) -> int:
    made = step.event.step
    return int(made.facts.get("by_case", case.id)) if made.hand.by == "reporter" else 0
