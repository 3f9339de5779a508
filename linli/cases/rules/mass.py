"""Due days of many clocks at once, as columns: how a calendar that was replaced is counted through.

The same rule as `clocks.due` for working days; a test compares them. Days are whole numbers as
`date.toordinal` gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.kernel.clock import WorkCalendar

Days = NDArray[np.int64]
# how far beyond the published calendar days are counted as Monday to Friday
YEARS_BEYOND = 12


@dataclass(frozen=True, slots=True)
class Pauses:
    """Closed pauses of many clocks, in the order of clock and time; none touches another.

    `of` is the place of the clock in the column of starts; days from `first` up to but not
    including `end` do not count.
    """

    of: Days
    first: Days
    end: Days


@lru_cache(maxsize=8)
def _working_days(calendar: WorkCalendar) -> tuple[Days, int]:
    """Return every working day around the published years, and the last published day."""
    begin = date(calendar.published_from.year - 1, 1, 1).toordinal()
    end = date(calendar.published_until.year + YEARS_BEYOND, 12, 31).toordinal()
    works = [n for n in range(begin, end + 1) if calendar.is_work(date.fromordinal(n))]
    return np.array(works, dtype=np.int64), calendar.published_until.toordinal()


def due_days(
    calendar: WorkCalendar, starts: Days, amounts: Days, pauses: Pauses
) -> tuple[Days, NDArray[np.bool_]]:
    """Return the last day of each clock in working days, and whether it is provisional."""
    works, published = _working_days(calendar)
    index = np.searchsorted(works, starts, side="right") + amounts - 1
    for of, first, end in _by_rank(pauses):
        begin = np.maximum(first, starts[of] + 1)
        counted = np.searchsorted(works, end - 1, side="right")
        lost = np.maximum(counted - np.searchsorted(works, begin - 1, side="right"), 0)
        index[of] += np.where(begin <= works[index[of]], lost, 0)
    last = works[index]
    return last, last > published


def _by_rank(pauses: Pauses) -> list[tuple[Any, Any, Any]]:
    """Part pauses into the first of each clock, the second of each, and so on."""
    if not len(pauses.of):
        return []
    fresh = np.concatenate(([True], pauses.of[1:] != pauses.of[:-1]))
    starts = np.flatnonzero(fresh)
    rank = np.arange(len(pauses.of)) - np.repeat(starts, np.diff([*starts, len(pauses.of)]))
    return [
        (pauses.of[rank == n], pauses.first[rank == n], pauses.end[rank == n])
        for n in range(int(rank.max()) + 1)
    ]
