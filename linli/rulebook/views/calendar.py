"""The working-day calendar of a year, on the screen, on paper and as a file."""

from __future__ import annotations

import csv
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from linli.kernel.web import Request, page
from linli.rulebook import permits, queries
from linli.rulebook.views.wording import context, holiday
from linli.ui import formats
from linli.ui.addresses import address_of


@dataclass(frozen=True, slots=True)
class Month:
    """One month as weeks of seven, None before its first day and after its last."""

    first: date
    weeks: list[list[queries.Day | None]]
    work_days: int


@dataclass(frozen=True, slots=True)
class Feast:
    """One holiday: its days off in a row, and the days made up for it."""

    name: str
    off: list[queries.Day]
    made_up: list[queries.Day]
    source: str


@require_safe
def calendar_year(request: Request, year: int) -> HttpResponse:
    """Show a year: days off, make-up days, and whether it is provisional."""
    known, days = queries.get_year(year), queries.days_of(year)
    if request.GET.get("format") == "csv":
        return _csv(days, year)
    years = [one.year for one in queries.known_years()]
    more = context(
        year=known, months=[_month(year, n, days) for n in range(1, 13)], feasts=_feasts(days),
        before=year - 1 if year - 1 in years else None, after=year + 1 if year + 1 in years else None,
        years=years, work_days=sum(day.is_work for day in days), holiday=holiday, may_load=bool(request.actor.paths(permits.LOAD_CALENDAR)), here=address_of(request),
        weekdays=formats.WEEKDAYS_ZH if formats.is_chinese() else formats.WEEKDAYS_EN,
    )  # fmt: skip
    whole = "rulebook/calendar_paper.html" if "print" in request.GET else "rulebook/calendar.html"
    return page(request, whole, more)


def _month(year: int, number: int, days: list[queries.Day]) -> Month:
    mine = [day for day in days if day.day.month == number]
    lead, length = monthrange(year, number)
    cells: list[queries.Day | None] = [None] * lead + mine
    cells += [None] * (-(lead + length) % 7)
    weeks = [cells[n : n + 7] for n in range(0, len(cells), 7)]
    return Month(date(year, number, 1), weeks, sum(day.is_work for day in mine))


def _feasts(days: list[queries.Day]) -> list[Feast]:
    """Group the exceptions by their holiday, in the order of the year."""
    exceptions = [day for day in days if day.name]
    found = []
    for name, group in groupby(sorted(exceptions, key=lambda d: (d.name, d.day)), lambda d: d.name):
        mine = list(group)
        off = [day for day in mine if not day.is_work]
        made_up = [day for day in mine if day.is_work]
        found.append(Feast(name, off, made_up, mine[0].source))
    return sorted(found, key=lambda feast: (feast.off or feast.made_up)[0].day)


def _csv(days: list[queries.Day], year: int) -> HttpResponse:
    """Answer the exceptions in the form that `linli import workdays` takes."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="workdays-{year}.csv"'
    out = csv.writer(response)
    out.writerow(["date", "is_work", "name", "source"])
    out.writerows(
        [day.day.isoformat(), int(day.is_work), day.name, day.source]
        for day in days
        if day.is_exception
    )
    return response
