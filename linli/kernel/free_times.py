"""Which free times are shown to whoever lost hers, at a window or a venue. Plain functions of values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from linli.kernel.moments import minute_of

A_DAY, MOST = 3, 6
T = TypeVar("T")


def nearest(
    days: Iterable[Sequence[T]], hers: datetime, begins: Callable[[T], datetime]
) -> list[T]:
    """Return the free times of the next days, of each the few that lie nearest to the hour of her own.

    Her own time comes first where it is free again.
    """
    minute, own, found = minute_of(hers), list[T](), list[T]()
    for times in days:
        own = own or [one for one in times if begins(one) == hers][:1]
        if len(found) < MOST:
            near = sorted(times, key=lambda one: abs(minute_of(begins(one)) - minute))[:A_DAY]
            found += sorted(near, key=begins)
    return [*own, *(one for one in found if one not in own)][:MOST]
