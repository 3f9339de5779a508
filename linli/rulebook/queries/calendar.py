"""The working-day calendar as a value, and its years for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from linli.kernel.clock import WorkCalendar
from linli.kernel.errors import NotFound
from linli.rulebook.models import CalendarDay, CalendarYear
from linli.rulebook.queries.cache import held

# the notice for a year usually comes in November
MISSED_MONTH, MISSED_DAY = 12, 15


def calendar() -> WorkCalendar:
    """Return the working-day calendar; no query while it is fresh in memory."""
    return held().calendar


@dataclass(frozen=True, slots=True)
class Day:
    """One day on the page of a year."""

    day: date
    is_work: bool
    is_exception: bool
    name: str
    source: str


def known_years() -> list[CalendarYear]:
    """Return all years of which something is known, oldest first."""
    return list(CalendarYear.objects.order_by("year"))


def get_year(year: int) -> CalendarYear:
    """Return one year. Refuses with NotFound."""
    found = CalendarYear.objects.filter(pk=year).first()
    if found is None:
        raise NotFound(year=year)
    return found


def days_of(year: int) -> list[Day]:
    """Return every day of a year, working or not."""
    exceptions = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    return [_day(first + timedelta(days=n), exceptions) for n in range(length)]


def _day(day: date, exceptions: dict[date, CalendarDay]) -> Day:
    usual = day.weekday() < 5
    row = exceptions.get(day)
    if row is None:
        return Day(day, usual, False, "", "")
    return Day(day, row.is_work, row.is_work != usual or bool(row.name), row.name, row.source)


def calendar_faults(*, on: date) -> Sequence[tuple[str, str]]:
    """Return what is missing in the calendar and how to bring it, for the doctor."""
    published = set(CalendarYear.objects.filter(is_published=True).values_list("year", flat=True))
    needed = {on.year} | (
        {on.year + 1} if (on.month, on.day) >= (MISSED_MONTH, MISSED_DAY) else set()
    )
    fix = _("load the State Council's notice with `linli import workdays FILE`")
    return [
        (_("The working days of %(year)s are not loaded.") % {"year": year}, fix)
        for year in sorted(needed - published)
    ]
