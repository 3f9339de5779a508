"""What ends with a case: offers that nobody answered, and the clocks that waited for the answers."""

from __future__ import annotations

from datetime import datetime

from linli.cases.rules import assigning, ticking
from linli.cases.types.shapes import AssignmentNow, ClockNow, Standing
from linli.cases.types.words import ClockState

# clocks of an answer are called by what they wait for and the number of the part
TAKE, COMPETENCE = "take", "competence"
LIVE = (ClockState.RUNNING, ClockState.PAUSED)


def lapsed(
    standing: Standing, at: datetime
) -> tuple[tuple[AssignmentNow, ...], tuple[ClockNow, ...]]:
    """Return the offers that end with their case, and their clocks, which lost their aim."""
    pending = [p for p in standing.assignments.values() if p.state in assigning.PENDING]
    parts = tuple(assigning.revoked(standing, part.number, at) for part in pending)
    clocks = tuple(
        ticking.ended(clock, at, is_void=True)
        for clock in standing.clocks.values()
        if clock.key.partition("/")[0] in (TAKE, COMPETENCE) and clock.state in LIVE
    )
    return parts, clocks
