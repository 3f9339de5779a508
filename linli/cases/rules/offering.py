"""Which moves and steps somebody may make of a case: the buttons of its sheet and the API's list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linli.cases.permits import HANDLE, SUPERVISE
from linli.cases.types.kinds import By, CaseKind, CaseMove, Stage
from linli.kernel.permits import Actor, Permit

# ends that nobody comes to by mistake
GRAVE = (Stage.REFUSED, Stage.ENDED)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a case stands, as far as the choice of moves looks at it."""

    state: str
    path: str
    level: int
    lead_post_id: int | None
    offered_post_id: int | None = None
    # posts that gave the case to its lead: their word ends what they asked for
    askers: frozenset[int] = frozenset()
    # places where whoever holds the permit steps in for them
    steps_in: frozenset[str] = frozenset()


def moves_open_to(actor: Actor, kind: CaseKind, stand: Stand) -> list[CaseMove[Any]]:
    """Return the moves of the kind that the actor may make now, in the order of its table."""
    found: list[CaseMove[Any]] = []
    for move in kind.machine.moves_from(stand.state):
        assert isinstance(move, CaseMove)
        if move.by in (By.SYSTEM, By.REPORTER) or move.permit is None:
            continue
        is_hers = stand.lead_post_id is None or stand.lead_post_id in actor.posts
        if move.by is By.LEAD and not (is_hers or actor.is_system):
            continue
        if is_final(kind, move) and not may_end(actor, stand):
            continue
        if move.by is By.ASKER and not _asks(actor, move.permit, stand):
            continue
        if actor.may(move.permit, at=stand.path, level=stand.level):
            found.append(move)
    return found


def is_final(kind: CaseKind, move: CaseMove[Any]) -> bool:
    """Say whether a move of those who handle cases ends one without doing what was asked."""
    return move.permit is HANDLE and kind.stage(str(move.target)) in GRAVE


def may_end(actor: Actor, stand: Stand) -> bool:
    """Say whether the actor may end a case undone: what another post has or was given is not hers to refuse.

    Whoever supervises there may; a case that nobody was given is everybody's who handles cases.
    """
    given_to = {stand.lead_post_id, stand.offered_post_id} - {None}
    if actor.is_system or not given_to or actor.posts & given_to:
        return True
    return actor.may(SUPERVISE, at=stand.path, level=stand.level)


def main_move(kind: CaseKind, moves: list[CaseMove[Any]]) -> CaseMove[Any] | None:
    """Return the move that leads on: one that answers or solves, else the first of the table."""
    plain = [move for move in moves if kind.stage(str(move.target)) not in GRAVE]
    on = [move for move in plain if kind.stage(str(move.target)) in (Stage.ANSWERED, Stage.SOLVED)]
    return next(iter([*on, *plain]), None)


def _asks(actor: Actor, permit: Permit, stand: Stand) -> bool:
    steps_in = any(actor.may(permit, at=place, level=stand.level) for place in stand.steps_in)
    return actor.is_system or steps_in or bool(actor.posts & stand.askers)


def move_back(kind: CaseKind, name: str, before: str) -> CaseMove[Any] | None:
    """Return the move that undoes another made from a state, if the kind has one that asks nothing."""
    made = kind.move(name)
    for move in kind.machine.moves_from(made.target):
        assert isinstance(move, CaseMove)
        if str(move.target) == before and move.permit is not None and not move.asks:
            return move if move.by in (By.PERMIT, By.LEAD) and not move.opens_cycle else None
    return None
