"""Clocks that run beside the matter and say nothing of the day by which it is due.

What residents write waits for somebody who reads it before everybody does (先审后发). Each step that
brings words or photos has a clock of its own, `release/{seq}`; it runs whatever becomes of the case.
"""

from __future__ import annotations

from collections.abc import Iterable

from linli.cases.types.shapes import ClockNow, Standing
from linli.cases.types.words import ClockState

RELEASE = "release"
PREFIX = f"{RELEASE}/"


def release_key(seq: int) -> str:
    """Return the key of the clock of what a step brought to be read."""
    return f"{PREFIX}{seq}"


def is_beside(key: str) -> bool:
    """Say whether a clock runs beside the matter: it counts for no due day of the case."""
    return key.startswith(PREFIX)


def waiting_clocks(standing: Standing, still: Iterable[int] = ()) -> list[ClockNow]:
    """Return the clocks of what was to be read, without those of steps that still wait."""
    kept = {release_key(seq) for seq in still}
    return [
        clock
        for clock in standing.clocks.values()
        if is_beside(clock.key) and clock.state == ClockState.RUNNING and clock.key not in kept
    ]
