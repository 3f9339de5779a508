"""When a case is due: one function of calendar, start, pauses and extensions.

A pause is counted in the clock's own unit: a clock in working days loses exactly the working days
on which it stood still, never raw hours. Basis: TIM-01 to TIM-05, GR-02.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from linli.kernel.clock import Unit, WorkCalendar, period_end
from linli.kernel.hours import OfficeHours
from linli.kernel.quick import quick

SHANGHAI = ZoneInfo("Asia/Shanghai")
_DAY = timedelta(days=1)
# what is counted from the day of its start, whatever the hour
BY_HOUR = frozenset({Unit.HOURS, Unit.WORKING_HOURS})
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which a clock stands still; `until` is None while it still does."""

    since: datetime
    until: datetime | None = None


@quick
@dataclass(frozen=True, slots=True)
class Term:
    """How long something may take. `roll_over` is TIM-03: off days at the end do not count."""

    amount: int
    unit: Unit
    roll_over: bool = False


@quick
@dataclass(frozen=True, slots=True)
class Due:
    """The moment by which something is due, and whether its calendar is not published yet."""

    at: datetime
    provisional: bool = False


@dataclass(frozen=True)
class Ground:
    """What clocks are counted by: the working-day calendar and the hours of the office.

    `counted` holds what was counted by them already without a pause, by term and day: the clocks that
    begin on one day end on a few.
    """

    calendar: WorkCalendar
    office: OfficeHours
    counted: dict[tuple[int, Unit, bool, date], Due] = field(
        default_factory=dict, compare=False, repr=False
    )


def due(
    ground: Ground,
    term: Term,
    start: datetime,
    *,
    pauses: Sequence[Span] = (),
    extended: int = 0,
) -> Due | None:
    """Return when a clock that began at `start` runs out, or None while it stands still.

    `extended` is in the unit of the term. Days end at 24:00; the day of `start` is not counted,
    hours begin at once. Of the days of a pause the first does not count, the last does.
    """
    amount = term.amount + extended
    if not pauses and term.unit not in BY_HOUR:
        asked = (amount, term.unit, term.roll_over, local_day(start))
        return ground.counted.get(asked) or _counted(ground, asked, start)
    if any(pause.until is None for pause in pauses):
        return None
    return _due(ground, term, start, amount, merged(pauses))


def _counted(ground: Ground, asked: tuple[int, Unit, bool, date], start: datetime) -> Due:
    """Count what nothing stands still in, and keep it for whatever else begins on that day."""
    amount, unit, roll_over, _day = asked
    found = _due(ground, Term(amount, unit, roll_over), start, amount, [])
    if len(ground.counted) >= MOST_COUNTED:
        ground.counted.clear()
    ground.counted[asked] = found
    return found


def _due(
    ground: Ground, term: Term, start: datetime, amount: int, spans: list[tuple[datetime, datetime]]
) -> Due:
    if term.unit is Unit.WORKING_DAYS:
        return _in_working_days(ground.calendar, amount, start, spans)
    if term.unit is Unit.WORKING_HOURS:
        return _in_working_hours(ground, amount * 3600, start, spans)
    if term.unit is Unit.HOURS:
        return Due(_shifted(start + timedelta(hours=amount), start, spans))
    return _in_days(ground.calendar, Term(amount, term.unit, term.roll_over), start, spans)


def merged(pauses: Iterable[Span]) -> list[tuple[datetime, datetime]]:
    """Return the closed pauses in order, those that touch or overlap as one."""
    found: list[tuple[datetime, datetime]] = []
    for since, until in sorted((p.since, p.until) for p in pauses if p.until is not None):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        elif since < until:
            found.append((since, until))
    return found


def local_day(moment: datetime) -> date:
    """Return the day of a moment as people here count it."""
    return moment.astimezone(SHANGHAI).date()


def last_day(due_at: datetime) -> date:
    """Return the last day in time: what is due at 24:00 belongs to the day that ends."""
    return local_day(due_at - timedelta(microseconds=1))


def end_of(day: date) -> datetime:
    """Return 24:00 of a day, which is the first moment that is too late."""
    return datetime.combine(day + _DAY, time(), SHANGHAI).astimezone(UTC)


def still_days(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[date, date]]:
    """Return the days that do not count: from the first, up to but not including the second.

    A clock that went on before the day's end has that day counted, so a pause within one day
    changes nothing. Days that touch are one span.
    """
    found: list[tuple[date, date]] = []
    for since, until in spans:
        first, end = local_day(since), local_day(until)
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        elif first < end:
            found.append((first, end))
    return found


def _in_working_days(
    calendar: WorkCalendar, amount: int, start: datetime, spans: list[tuple[datetime, datetime]]
) -> Due:
    day = local_day(start)
    last = calendar.add_working_days(day, amount)
    provisional = last.provisional
    for first, end in still_days(spans):
        begin = max(first, day + _DAY)
        if begin > last.day:
            break
        lost = calendar.working_days_between(begin - _DAY, end - _DAY)
        if lost.days > 0:
            last = calendar.add_working_days(last.day, lost.days)
            provisional |= last.provisional
    return Due(end_of(last.day), provisional)


def _in_days(
    calendar: WorkCalendar, term: Term, start: datetime, spans: list[tuple[datetime, datetime]]
) -> Due:
    day = local_day(start)
    last = period_end(day, term.amount, term.unit, calendar=calendar).day
    for first, end in still_days(spans):
        begin = max(first, day + _DAY)
        if begin > last:
            break
        last += max(end - begin, timedelta())
    if not term.roll_over:
        return Due(end_of(last))
    rolled = calendar.next_work(last)
    return Due(end_of(rolled.day), rolled.provisional)


def _in_working_hours(
    ground: Ground, seconds: int, start: datetime, spans: list[tuple[datetime, datetime]]
) -> Due:
    calendar, office = ground.calendar, ground.office
    at = start.astimezone(SHANGHAI)
    found, provisional = office.after(calendar, at, seconds)
    for since, until in spans:
        begin = max(since.astimezone(SHANGHAI), at)
        if begin >= found:
            break
        lost = office.between(calendar, begin, until.astimezone(SHANGHAI))
        if lost > 0:
            found, unsure = office.after(calendar, found, lost)
            provisional |= unsure
    return Due(found.astimezone(UTC), provisional)


def _shifted(last: datetime, start: datetime, spans: list[tuple[datetime, datetime]]) -> datetime:
    for since, until in spans:
        begin = max(since, start)
        if begin >= last:
            break
        last += max(until - begin, timedelta())
    return last
