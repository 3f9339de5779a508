"""The same step of many cases: tried without writing, or made of those that can, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from linli.cases.engine.performing import MOST_AT_ONCE, tell
from linli.cases.engine.stepping import Build, check_permitted, written_step
from linli.cases.engine.trying import Tried
from linli.cases.models.holding import hold_cases, read_cases
from linli.cases.models.writing import Written, write_steps
from linli.cases.types.moves import Held, Wish
from linli.kernel import sql
from linli.kernel.errors import NotFound, Refusal
from linli.kernel.permits import Actor, Permit


def make_steps(
    wishes: Sequence[Wish],
    build: Build,
    *,
    permit: Permit,
    actor: Actor,
    now: datetime,
    is_tried: bool = False,
) -> list[Tried]:
    """Make the step of every case that may make it, and return what each other one is refused with.

    The cases are locked first, so that none changes between its check and its step. `is_tried`
    only says what would come of it: nothing is locked or written.
    """
    assert sql.in_transaction() or is_tried, "a step and what it causes are one transaction"
    assert len(wishes) <= MOST_AT_ONCE, "cut mass steps into transactions"
    held = (read_cases if is_tried else hold_cases)(_ids(wishes))
    found = [_tried(wish, held, build, permit, actor, now) for wish in wishes]
    made = [(step, case) for (_wish, case, _refusal), step in found if step and case]
    if made and not is_tried:
        write_steps([step for step, _case in made])
        tell(made, actor=actor, now=now)
    return [tried for tried, _step in found]


def _ids(wishes: Sequence[Wish]) -> list[int]:
    ids = sorted({wish.case_id for wish in wishes})
    assert len(ids) == len(wishes), "one step a case: the second would not see the first"
    return ids


def _tried(
    wish: Wish,
    held: dict[int, Held],
    build: Build,
    permit: Permit,
    actor: Actor,
    now: datetime,
) -> tuple[Tried, Written | None]:
    case = held.get(wish.case_id)
    try:
        if case is None:
            raise NotFound()
        check_permitted(case, permit, actor)
        return (wish, case, None), written_step(case, wish, build, actor=actor, now=now)
    except Refusal as refusal:
        return (wish, case, refusal), None
