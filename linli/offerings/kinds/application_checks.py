"""What the table of the kind cannot say: once and complete, the item's own limit, parts that are open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from linli.cases.queries.ground import clock_of_matter
from linli.cases.types import CaseMove, ClockDef
from linli.cases.types.moves import Held, Wish
from linli.cases.types.shapes import Limit
from linli.offerings.errors import AskedBefore, PartsOpen
from linli.offerings.queries.applications import application_of, told_missing
from linli.offerings.rules.applications import limit_of, may_still_ask

ACCEPTING = frozenset({"accept", "deem_accepted"})
DECIDING = frozenset({"grant", "deny"})
# the clock of the decision, as the kind has it; its length is the item's own
SOLVE = ClockDef("solve", "", "application.decide", frozenset())


def apply(held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """Check and complete a move. Refuses with AskedBefore, PartsOpen."""
    if move.name in ACCEPTING:
        return _with_limit(held, move, wish)
    if move.name == "ask_correction":
        lacking = wish.given.facts.get("missing", ())
        told = told_missing(held.id)
        if not lacking or not may_still_ask(lacking, told):
            raise AskedBefore({"missing": [str(AskedBefore.message)]})
    if move.name in DECIDING and application_of(held.id).parts.filter(done_at=None).exists():
        raise PartsOpen()
    return wish


def _with_limit(held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """Let the decision run by the limit of the item as it was when she applied.

    What counts as accepted because nobody answered in time runs from the day on which it came in.
    """
    assert wish.at is not None, "the engine says when"
    item = application_of(held.id).asked
    found, waited = limit_of(item), held.standing.clock("accept")
    is_late = move.name == "deem_accepted" and waited is not None
    since = waited.started_at if is_late and waited is not None else wish.at
    if found is None:
        return wish
    promised, legal = found
    limit = Limit(promised.days, legal.days, legal.unit, item.named, legal.is_sure)
    clock = clock_of_matter(SOLVE, limit, since=since, cycle=held.standing.cycle)
    return replace(wish, given=replace(wish.given, clocks=(*wish.given.clocks, clock)))
