"""The working-day calendar over the API: days, due days, and a notice to load."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import Invalid
from linli.kernel.paging import MAX_LIMIT, clean_limit, page_of_rows
from linli.kernel.web import Request
from linli.rulebook import queries, services
from linli.rulebook.imports import MOST_WORKING_DAYS, refuse_twice

router = Router()
YEARS = range(1949, 2200)


class DayOut(Schema):
    date: date
    is_work: bool
    name: str
    source: str


class YearOut(Schema):
    year: int
    provisional: bool
    source: str
    count: int
    items: list[DayOut]
    next: str | None


class PlainDayOut(Schema):
    """One day; `provisional` while its year is not published."""

    date: date
    is_work: bool
    provisional: bool


class DaysOut(Schema):
    count: int
    items: list[PlainDayOut]
    next: str | None


class PeriodIn(PagedIn):
    since: date
    until: date


class DueIn(Schema):
    start: date
    n: int = Field(ge=0, le=MOST_WORKING_DAYS)


class DueOut(Schema):
    """The n-th working day after a day; `provisional` if a year on the way is not published."""

    start: date
    n: int
    due: date
    provisional: bool


class NoticeDayIn(Schema):
    date: date
    is_work: bool
    name: str = Field(default="", max_length=60)
    source: str = Field(min_length=1, max_length=200)


class NoticeIn(Schema):
    """The days of a notice that differ from Monday to Friday: off, or made up for at a weekend."""

    days: list[NoticeDayIn] = Field(min_length=1, max_length=MAX_LIMIT)


class LoadedOut(Schema):
    years: list[int]
    days: int
    changed: int


@router.get("/rulebook/calendar/", response=YearOut, operation_id="linli_rulebook_api_calendar")
def calendar(request: Request, year: int | None = None) -> dict[str, Any]:
    """The days of a year that differ from Monday to Friday; provisional until published."""
    known = queries.get_year(year or localdate().year)
    days = [day for day in queries.days_of(known.year) if day.is_exception]
    items = [
        {"date": d.day, "is_work": d.is_work, "name": d.name, "source": d.source} for d in days
    ]
    return {
        "year": known.year, "provisional": not known.is_published, "source": known.source,
        "count": len(items), "items": items, "next": None,
    }  # fmt: skip


@router.get("/rulebook/calendar/days/", response=DaysOut)
def days(request: Request, asked: Query[PeriodIn]) -> dict[str, Any]:
    """Every day of a period with whether people work on it, oldest first; 1,000 days at most."""
    length = (asked.until - asked.since).days + 1
    if not 1 <= length <= MAX_LIMIT:
        raise Invalid({"until": [_("A period ends after it begins and has 1,000 days at most.")]})
    known = queries.calendar()
    period = [asked.since + timedelta(days=n) for n in range(length)]
    page = page_of_rows(period, date.isoformat, cursor=asked.cursor, limit=clean_limit(asked.limit))
    items = [
        {"date": d, "is_work": known.is_work(d), "provisional": not known.is_published(d)}
        for d in page.items
    ]
    return listed(page, items=items)


@router.get("/rulebook/calendar/due/", response=DueOut)
def due(request: Request, asked: Query[DueIn]) -> dict[str, Any]:
    """The n-th working day after a day."""
    if asked.start.year not in YEARS:
        raise Invalid({"start": [_("Give a day between 1949 and 2199.")]})
    found = queries.calendar().add_working_days(asked.start, asked.n)
    return {
        "start": asked.start, "n": asked.n, "due": found.day, "provisional": found.provisional,
    }  # fmt: skip


@router.post("/rulebook/calendar/load", response=LoadedOut)
def load(request: Request, given: NoticeIn) -> dict[str, Any]:
    """Load the working days of a year by its notice; a year loaded again is replaced."""
    notice = [services.NoticeDay(d.date, d.is_work, d.name, d.source) for d in given.days]
    refuse_twice(notice)
    loaded = services.load_calendar(notice, actor=request.actor, now=timezone.now())
    return {"years": list(loaded.years), "days": loaded.days, "changed": loaded.changed}
