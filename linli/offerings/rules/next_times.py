"""Which free times are shown to whoever lost hers. Plain functions of values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from linli.offerings.types.visits import FreeDay, FreeTime

A_DAY, MOST = 3, 6


def nearest(
    days: Sequence[FreeDay], hers: datetime, minutes_of: Callable[[datetime], int]
) -> list[FreeTime]:
    """Return the free times of the next days, of each the few that lie nearest to the hour of her own.

    Her own time comes first where it is free again.
    """
    minutes = minutes_of(hers)
    own = [one for day in days for one in day.times if one.starts_at == hers][:1]
    found: list[FreeTime] = []
    for day in days:
        near = sorted(day.times, key=lambda one: abs(minutes_of(one.starts_at) - minutes))[:A_DAY]
        found += sorted(near, key=lambda one: one.starts_at)
        if len(found) >= MOST:
            break
    return [*own, *(one for one in found if one not in own)][:MOST]
