"""Birthdays that change what somebody is entitled to, and the month in which they fall."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date

# whom the office looks up each month; the ages and the laws behind them stand in the rulebook
WATCHED = (
    "reminder.age.work", "reminder.age.adult", "reminder.age.senior", "reminder.age.elder_health",
    "reminder.age.very_old",
)  # fmt: skip
FEBRUARY, MARCH, LEAP_DAY = 2, 3, 29


def born_between(year: int, month: int, age: int) -> tuple[date, date]:
    """Return the first and last birth date of those who reach an age in a month.

    Who was born on 29 February turns older on 1 March of other years.
    """
    born = year - age
    first, last = date(born, month, 1), date(born, month, monthrange(born, month)[1])
    if isleap(born) and not isleap(year):
        if month == FEBRUARY:
            last = date(born, FEBRUARY, LEAP_DAY - 1)
        elif month == MARCH:
            first = date(born, FEBRUARY, LEAP_DAY)
    return first, last


def month_between(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def birthday_in(born_on: date, year: int) -> date:
    """Return the day in a year on which somebody turns older."""
    if (born_on.month, born_on.day) == (FEBRUARY, LEAP_DAY) and not isleap(year):
        return date(year, MARCH, 1)
    return born_on.replace(year=year)


def born_for_ages(
    on: date, youngest: int | None, oldest: int | None
) -> tuple[date | None, date | None]:
    """Return the earliest and latest birth date of those within an age range on a day."""
    earliest = _same_day(on, -(oldest + 1), 1) if oldest is not None else None
    latest = _same_day(on, -youngest, 0) if youngest is not None else None
    return earliest, latest


def _same_day(on: date, years: int, days: int) -> date:
    year = on.year + years
    if (on.month, on.day) == (FEBRUARY, LEAP_DAY) and not isleap(year):
        day = date(year, FEBRUARY, LEAP_DAY - 1)
    else:
        day = on.replace(year=year)
    return date.fromordinal(day.toordinal() + days)
