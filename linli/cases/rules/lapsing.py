"""What ends with a case: offers that nobody answered, and the clocks that waited for the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from linli.cases.rules import assigning, ticking
from linli.cases.types.moves import Given
from linli.cases.types.shapes import AssignmentNow, ClockNow, Standing
from linli.cases.types.words import GOING

# clocks of an answer are called by what they wait for and the number of the part
TAKE, COMPETENCE = "take", "competence"


def lapsed(
    standing: Standing, at: datetime
) -> tuple[tuple[AssignmentNow, ...], tuple[ClockNow, ...]]:
    """Return the offers that end with their case, and their clocks, which lost their aim."""
    pending = [p for p in standing.assignments.values() if p.state in assigning.PENDING]
    parts = tuple(assigning.revoked(standing, part.number, at) for part in pending)
    clocks = tuple(
        ticking.ended(clock, at, is_void=True)
        for clock in standing.clocks.values()
        if clock.key.partition("/")[0] in (TAKE, COMPETENCE) and clock.state in GOING
    )
    return parts, clocks


def without_offers(given: Given, standing: Standing, at: datetime) -> Given:
    """Return what a step changes if by it the offers end, and the clocks of their answers with them."""
    changed = {part.number for part in given.parts}
    parts, clocks = lapsed(standing, at)
    rest = tuple(part for part in parts if part.number not in changed)
    timed = {(clock.cycle, clock.key) for clock in given.clocks}
    over = tuple(clock for clock in clocks if (clock.cycle, clock.key) not in timed)
    return replace(given, parts=(*given.parts, *rest), clocks=(*given.clocks, *over))
