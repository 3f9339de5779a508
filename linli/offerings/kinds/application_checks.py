"""What the table of the kind cannot say: complete papers, once and complete, the item's own limit, who leads,
parts that are open, fees, what shows that it was handed over.

They hold on every way to a move, whichever page, program or job makes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from linli.cases.queries.ground import clock_of_matter, clock_since
from linli.cases.types import CaseMove, ClockDef
from linli.cases.types.moves import Held, Wish
from linli.cases.types.shapes import ClockNow, Limit
from linli.offerings.errors import AskedBefore, FeeOpen, Incomplete, PartsOpen
from linli.offerings.queries.applications import application_of, fee_open, papers_of, told_missing
from linli.offerings.rules.applications import limit_of, may_still_ask
from linli.offerings.types.applications import NOT_THERE, Delivery

# the clock of the decision, as the kind has it; its length is the item's own
SOLVE = ClockDef("solve", "", "application.decide", frozenset())
DEEMED = "deem_accepted"


def apply(held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """Check and complete a move. Refuses with Incomplete, AskedBefore, PartsOpen, FeeOpen."""
    check = CHECKS.get(move.name)
    if check is not None:
        check(held, wish)
    return _with_limit(held, move, wish) if move.name in ("accept", DEEMED) else wish


def _has_papers(held: Held, _wish: Wish) -> None:
    lacking = [key for key, row in papers_of(held.id).items() if row.state in NOT_THERE]
    if lacking:
        words = _("Tick what is there, or tell what is missing.")
        raise Incomplete({f"paper_{key}": [words] for key in lacking})


def _asks_once(held: Held, wish: Wish) -> None:
    lacking = wish.given.facts.get("missing", ())
    if not lacking or not may_still_ask(lacking, told_missing(held.id)):
        raise AskedBefore({"missing": [str(AskedBefore.message)]})


def _has_lead(_held: Held, wish: Wish) -> None:
    if not wish.given.facts.get("to"):
        raise Incomplete({"lead": [_("Choose the post that decides.")]})


def _has_no_open_part(held: Held, _wish: Wish) -> None:
    if application_of(held.id).parts.filter(done_at=None).exists():
        raise PartsOpen()


def _is_shown(_held: Held, wish: Wish) -> None:
    if wish.given.facts.get("way") not in Delivery.__members__.values():
        raise Incomplete({"way": [_("Say how it was handed over.")]})
    if not (wish.given.internal or {}).get("proof"):
        raise Incomplete(
            {"proof": [_("Say what shows it: who signed, or the number of the parcel.")]}
        )


def _is_paid_and_shown(held: Held, wish: Wish) -> None:
    _is_shown(held, wish)
    if fee_open(application_of(held.id)):
        raise FeeOpen()


CHECKS: dict[str, Callable[[Held, Wish], None]] = {
    "accept": _has_papers,
    "ask_correction": _asks_once,
    "distribute": _has_lead,
    "grant": _has_no_open_part,
    "deny": _has_no_open_part,
    "deliver": _is_paid_and_shown,
    "deliver_denial": _is_shown,
}


def _with_limit(held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """Let the decision run by the limit of the item as it was when she applied.

    What counts as accepted because nobody answered in time runs from the day on which it came in.
    """
    assert wish.at is not None, "the engine says when"
    item = application_of(held.id).asked
    found, waited = limit_of(item), held.standing.clock("accept")
    is_late = move.name == DEEMED and waited is not None
    since = waited.started_at if is_late and waited is not None else wish.at
    cycle = held.standing.cycle
    if found is not None:
        promised, legal = found
        limit = Limit(promised.days, legal.days, legal.unit, item.named, legal.is_sure)
        return _with_clock(wish, clock_of_matter(SOLVE, limit, since=since, cycle=cycle))
    if is_late:
        return _with_clock(wish, clock_since(SOLVE, held.path, since=since, cycle=cycle))
    return wish


def _with_clock(wish: Wish, clock: ClockNow) -> Wish:
    return replace(wish, given=replace(wish.given, clocks=(*wish.given.clocks, clock)))
