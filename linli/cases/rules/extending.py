"""More time: only what the law gives, only as often, in the units of the clock (AP-04)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from linli.cases.errors import LongerThanLaw, NoSuchClock, NotExtendable, SetElsewhere
from linli.cases.rules.clocks import Ground
from linli.cases.rules.ticking import recounted, set_last
from linli.cases.types.shapes import ClockNow, Standing
from linli.cases.types.words import GOING, ClockState


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how often a clock may be extended; `times` 0 means never."""

    most: int
    times: int


def live_clock(standing: Standing, key: str) -> ClockNow:
    """Return a clock that runs or stands still. Refuses with NoSuchClock."""
    clock = standing.clock(key)
    if clock is None or clock.state not in GOING:
        raise NoSuchClock()
    return clock


def extended(
    clock: ClockNow, amount: int, limits: Limits, ground: Ground, *, warn: int
) -> ClockNow:
    """Return a clock with more time. Refuses with NotExtendable, SetElsewhere, LongerThanLaw."""
    if limits.times == 0:
        raise NotExtendable()
    if set_last(clock) is not None:
        raise SetElsewhere()
    used = len(clock.extensions)
    if amount < 1 or used >= limits.times or clock.extended + amount > limits.most:
        most = max(0, limits.most - clock.extended)
        raise LongerThanLaw(most=most, times=limits.times, more=f"{most} {clock.unit}")
    longer = replace(clock, extensions=(*clock.extensions, amount))
    return recounted(longer, ground, warn=warn) if clock.state == ClockState.RUNNING else longer
