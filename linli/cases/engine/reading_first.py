"""The clock of what waits to be read before everybody does: begun with the step that brings it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linli.cases.queries.ground import fresh_clock, ground
from linli.cases.queries.public import NEVER_SHOWN, TAKEN_BACK
from linli.cases.queries.releasing import Besides
from linli.cases.rules import ticking
from linli.cases.rules.beside import RELEASE, release_key, waiting_clocks
from linli.cases.types.kinds import CaseKind, ClockDef
from linli.cases.types.moves import Given, Held
from linli.cases.types.shapes import ClockNow
from linli.kernel.permits import PUBLIC
from linli.kernel.quick import changed

# every kind has it whose words may become public, so it stands in no table of a kind
READ_FIRST = ClockDef(RELEASE, "", "report.release", frozenset())


def clocks_of_reading(
    held: Held, kind: CaseKind, given: Given, *, to: tuple[str, int], now: datetime
) -> tuple[ClockNow, ...]:
    """Return the clock of a step that is about to be made, if what it brings is to be read.

    `to` is the state and the cycle to which it leads. Of what is taken back nothing is ever shown:
    nobody has to read it any more.
    """
    state, cycle = to
    if state == TAKEN_BACK:
        gone = waiting_clocks(held.standing)
        return tuple(ticking.ended(one, now, is_void=True) for one in gone)
    matter = held.standing.columns.get("matter")
    is_to_be_read = given.waits_for_release and kind.may_be_released
    if not is_to_be_read or held.level != PUBLIC or matter in NEVER_SHOWN:
        return ()
    begun = fresh_clock(READ_FIRST, matter="", path=held.path, at=now, cycle=cycle)
    named = changed(begun, key=release_key(held.standing.seq + 1))
    return (ticking.recounted(named, ground(), warn=READ_FIRST.warn),)


def decided_on(
    held: Held, given: Given, besides: Besides, *, is_shown: bool, now: datetime
) -> Given:
    """Return a decision with what it does to the head, and with the clocks that it ends."""
    columns: Mapping[str, Any] = {
        "is_released": is_shown or besides.is_shown,
        "waits_for_release": bool(besides.waiting),
    }
    done = waiting_clocks(held.standing, still=besides.waiting)
    return changed(given, columns=columns, clocks=tuple(ticking.ended(one, now) for one in done))


def needless(held: Held, besides: Besides, now: datetime) -> Given:
    """Return what it does to a case that words and photos went unread: their clocks lost their aim."""
    given = decided_on(held, Given(), besides, is_shown=False, now=now)
    gone = waiting_clocks(held.standing, still=besides.waiting)
    return changed(given, clocks=tuple(ticking.ended(one, now, is_void=True) for one in gone))
