"""What would come of moves: the same checks as making them, and nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from linli.cases.engine.performing import refusal_of
from linli.cases.models.holding import hold_cases, read_cases
from linli.cases.types.moves import Held, Wish
from linli.kernel.errors import NotFound, Refusal
from linli.kernel.permits import Actor

Tried = tuple[Wish, Held | None, Refusal | None]


def try_moves(
    wishes: Sequence[Wish], *, actor: Actor, now: datetime, is_held: bool = False
) -> list[Tried]:
    """Return each wish with its case and what it would be refused with, or None.

    `is_held` locks the cases, so that what was found possible stays so in the transaction.
    """
    ids = sorted({wish.case_id for wish in wishes})
    held = hold_cases(ids) if is_held else read_cases(ids)
    found: list[Tried] = []
    for wish in wishes:
        case = held.get(wish.case_id)
        refusal = NotFound() if case is None else refusal_of(case, wish, actor=actor, now=now)
        found.append((wish, case, refusal))
    return found
