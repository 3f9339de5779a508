"""Which of many clocks a new calendar moves, seen at columns before any case is read.

A calendar that is replaced touches a million running clocks and moves a few. What is found here is
looked at again one by one under lock, so this may name too many, never too few; a test holds that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linli.cases.rules.clocks import Span, end_of, local_day, merged, still_days
from linli.cases.rules.mass import Days, Pauses, due_days
from linli.kernel.clock import WorkCalendar

# longer terms may run out beyond the days that are counted at once
LONGEST = 1000


class Counted(NamedTuple):
    """A running clock as it was counted last; `warn` is the share of the term in percent.

    `is_plain` is a term in whole working days that nothing else cuts short.
    """

    case_id: int
    is_plain: bool
    warn: int
    started_at: datetime
    amount: int
    pauses: Sequence[tuple[datetime, datetime]]
    due_at: datetime
    warn_at: datetime
    is_provisional: bool


def may_move(calendar: WorkCalendar, clocks: Sequence[Counted]) -> set[int]:
    """Return the cases with a clock that comes out differently, or that must be counted alone."""
    first = calendar.published_from
    plain = [c for c in clocks if c.is_plain and c.amount < LONGEST and c.started_at.date() > first]
    alone = {c.case_id for c in clocks} - {c.case_id for c in plain}
    alone |= {c.case_id for c in clocks if not c.is_plain}
    if not plain:
        return alone
    starts = np.array([local_day(c.started_at).toordinal() for c in plain], dtype=np.int64)
    amounts = np.array([c.amount for c in plain], dtype=np.int64)
    parts = amounts * np.array([c.warn for c in plain]) // 100
    pauses = _columns(plain)
    last, unsure = due_days(calendar, starts, amounts, pauses)
    warned, _ = due_days(calendar, starts, np.maximum(parts, 1), pauses)
    warned = np.where(parts < 1, last, np.minimum(warned, last))
    return alone | _differing(plain, last, warned, unsure)


def _columns(clocks: Sequence[Counted]) -> Pauses:
    rows = [
        (number, begin.toordinal(), end.toordinal())
        for number, clock in enumerate(clocks)
        if clock.pauses
        for begin, end in still_days(merged([Span(*pause) for pause in clock.pauses]))
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Pauses(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy())


def _differing(
    clocks: Sequence[Counted], last: Days, warned: Days, unsure: NDArray[np.bool_]
) -> set[int]:
    ends: dict[int, datetime] = {}

    def end(day: int) -> datetime:
        found = ends.get(day)
        if found is None:
            found = ends[day] = end_of(date.fromordinal(day))
        return found

    columns = zip(clocks, last.tolist(), warned.tolist(), unsure.tolist(), strict=True)
    return {
        clock.case_id
        for clock, day, warning, is_unsure in columns
        if (clock.due_at, clock.warn_at, clock.is_provisional)
        != (end(day), end(warning), is_unsure)
    }
