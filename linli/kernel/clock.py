"""Days and periods by law: working days, months, days before, and what is only provisional.

Basis: TIM-01 to TIM-06 (Civil Code art. 200 to 204; village and residents' committee laws).
The calendar is a value; `rulebook.queries.calendar()` makes it from the published rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from linli.kernel.quick import quick

_DAY = timedelta(days=1)
FRIDAY = 4


@quick
@dataclass(frozen=True, slots=True)
class DueDate:
    """A day, and whether it rests on a calendar that is not published yet."""

    day: date
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class DayCount:
    """A number of working days, and whether it rests on an unpublished calendar."""

    days: int
    provisional: bool = False


class Unit(StrEnum):
    """What a period of the law is counted in."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    QUARTERS = "quarters"
    YEARS = "years"


@dataclass(frozen=True)
class WorkCalendar:
    """Days off and make-up days as published; outside, Monday to Friday and provisional.

    `days_off` are weekdays without work, `make_up` weekend days with work.
    """

    days_off: frozenset[date]
    make_up: frozenset[date]
    published_from: date
    published_until: date
    _work: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first, last = self.published_from.toordinal(), self.published_until.toordinal()
        days = (date.fromordinal(n) for n in range(first, last + 1))
        object.__setattr__(self, "_work", [d.toordinal() for d in days if self.is_work(d)])

    @classmethod
    def of(cls, days: Iterable[tuple[date, bool]], years: Iterable[int]) -> WorkCalendar:
        """Build the calendar from (day, is work) rows and the years that are published."""
        rows, known = list(days), sorted(years)
        assert known == list(range(known[0], known[-1] + 1)), "the published years have a gap"
        return cls(
            days_off=frozenset(d for d, work in rows if not work and d.weekday() <= FRIDAY),
            make_up=frozenset(d for d, work in rows if work and d.weekday() > FRIDAY),
            published_from=date(known[0], 1, 1),
            published_until=date(known[-1], 12, 31),
        )

    def is_work(self, day: date) -> bool:
        """Say whether people work on a day, make-up days included. Basis: TIM-05."""
        return day not in self.days_off if day.weekday() <= FRIDAY else day in self.make_up

    def is_published(self, day: date) -> bool:
        """Say whether the State Council has published the calendar for this day."""
        return self.published_from <= day <= self.published_until

    def next_work(self, day: date) -> DueDate:
        """Return the day itself if people work on it, else the first working day after it."""
        while not self.is_work(day):
            day += _DAY
        return DueDate(day, not self.is_published(day))

    def add_working_days(self, start: date, n: int) -> DueDate:
        """Return the n-th working day after `start`, which is not counted; before it if n < 0."""
        if n == 0:
            return DueDate(start, not self.is_published(start))
        known = self._known_step(start, n)
        if known is not None:
            return DueDate(known)
        return self._walk(start, n)

    def working_days_between(self, start: date, end: date) -> DayCount:
        """Count working days after `start` up to `end` and with it; negative if `end` is earlier."""
        if end < start:
            back = self.working_days_between(end - _DAY, start - _DAY)
            return DayCount(-back.days, back.provisional)
        inside = start >= self.published_from - _DAY and end <= self.published_until
        if inside:
            after, upto = start.toordinal(), end.toordinal()
            return DayCount(bisect_right(self._work, upto) - bisect_right(self._work, after))
        span = (start + timedelta(days=i) for i in range(1, (end - start).days + 1))
        return DayCount(sum(self.is_work(day) for day in span), start != end)

    def _known_step(self, start: date, n: int) -> date | None:
        """Answer from the table if every counted day is published."""
        if n > 0 and start >= self.published_from - _DAY:
            index = bisect_right(self._work, start.toordinal()) + n - 1
        elif n < 0 and start <= self.published_until + _DAY:
            index = bisect_left(self._work, start.toordinal()) + n
        else:
            return None
        return date.fromordinal(self._work[index]) if 0 <= index < len(self._work) else None

    def _walk(self, start: date, n: int) -> DueDate:
        step, left, day = (_DAY if n > 0 else -_DAY), abs(n), start
        while left:
            day += step
            left -= self.is_work(day)
        return DueDate(day, provisional=True)


def add_months(day: date, months: int) -> date:
    """Return the corresponding date, or the month's last day if it has none. Basis: TIM-02."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_end(
    start: date,
    amount: int,
    unit: Unit,
    *,
    calendar: WorkCalendar,
    roll_over_holiday: bool = False,
) -> DueDate:
    """Return the last day of a period; the day of `start` is not counted.

    With `roll_over_holiday` a period in days, months or years that ends on a day off runs to the
    first working day after it. Basis: TIM-01 to TIM-04; which law rolls over is the caller's rule.
    """
    if unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(start, amount)
    if unit in (Unit.HOURS, Unit.WORKING_HOURS):
        raise ValueError("hours run from a moment, not from a day: use add_hours")
    if unit is Unit.DAYS:
        last = start + timedelta(days=amount)
    else:
        last = add_months(start, amount * _MONTHS[unit])
    return calendar.next_work(last) if roll_over_holiday else DueDate(last)


_MONTHS = {Unit.MONTHS: 1, Unit.QUARTERS: 3, Unit.YEARS: 12}


def days_before(day: date, n: int) -> date:
    """Return the latest day for what is due "n days before": 12-20, 20 days: 11-30.

    Basis: TIM-06.
    """
    return day - timedelta(days=n)


def add_hours(start: datetime, hours: int) -> datetime:
    """Return the end of a period in hours, which begins at once. Basis: TIM-01."""
    return start + timedelta(hours=hours)


def age_on(born: date, day: date) -> int:
    """Return full years of age; born on 29 February, one turns older on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
