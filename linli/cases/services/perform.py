"""The one door to a move, for the named services of every app that declares kinds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from linli.cases.engine import performing
from linli.cases.types.moves import Done, Wish
from linli.cases.types.shapes import Hand
from linli.kernel.permits import Actor, open_to_all

ASKED_BY_MOVE = (
    "each move names its permit, which the engine requires at the case's place and level"
)


@open_to_all(ASKED_BY_MOVE)
def perform(wish: Wish, *, actor: Actor, now: datetime, hand: Hand | None = None) -> Done:
    """Make one move of a case in the running transaction.

    The same key twice does nothing the second time and says so. Refuses with NotFound, NotAllowed,
    NotTheLead, WrongState, MovedMeanwhile, Missing, ChildrenOpen, and with what the kind's own
    `apply` refuses.
    """
    return performing.make_moves([wish], actor=actor, now=now, hand=hand)[0]


@open_to_all(ASKED_BY_MOVE)
def perform_many(
    wishes: Sequence[Wish], *, actor: Actor, now: datetime, hand: Hand | None = None
) -> list[Done]:
    """Make moves of different cases, all or none, one statement per kind of row.

    At most MOST_AT_ONCE; the caller cuts longer work into transactions. Refuses as `perform`.
    """
    return performing.make_moves(wishes, actor=actor, now=now, hand=hand)
