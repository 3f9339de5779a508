"""The supervisor's board, and the calendar of days due: every number opens its list."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from linli.cases.forms.filters import FILTERS
from linli.cases.permits import SUPERVISE
from linli.cases.queries import filters
from linli.cases.queries.board import Board, board_of, kinds_counted, supervised_place
from linli.cases.queries.ground import ground
from linli.cases.queries.listing import due_by_day
from linli.cases.rules.clocks import SHANGHAI
from linli.cases.types.listing import Flag, View
from linli.cases.views.frame import only_known, wanted_from
from linli.kernel.calendar_files import Entry, calendar_text
from linli.kernel.errors import Invalid
from linli.kernel.sheets import download
from linli.kernel.web import Request, calendar_answer, page
from linli.places import queries as places
from linli.ui.addresses import address_of
from linli.ui.demo import demo_note

COLUMNS = (
    {"view": View.OPEN.value},
    {"view": View.OVERDUE.value},
    {"view": View.OPEN.value, "flag": Flag.UNACCEPTED.value},
    {"view": View.OPEN.value, "flag": Flag.BOUNCED.value},
    {"view": View.OPEN.value, "flag": Flag.REOPENED.value},
)


@require_GET
def board(request: Request) -> HttpResponse:
    """What is late, with nobody, handed back or taken up again, by place and by category."""
    code, choices = _place(request)
    place = places.get_place(code)
    found = board_of(request.actor, place.path, place.level, timezone.now())
    form = request.GET.get("format", "")
    if form in ("csv", "xlsx"):
        return _file(found, place, form)
    context: dict[str, object] = {
        "place": place, "places": choices, "board": found, "heads": heads(), "columns": COLUMNS,
        "here": address_of(request), "at": timezone.now(),
        "kinds_told": kinds_counted(request.actor, place.path),
    }  # fmt: skip
    name = "cases/board_print.html" if form == "print" else "cases/board.html"
    return page(request, name, context)


def heads() -> list[str]:
    """The five counts of a row, in their order."""
    return [
        _("All open"), _("Overdue"), _("Nobody has it yet"), _("Handed back"), _("Taken up again"),
    ]  # fmt: skip


def _place(request: Request) -> tuple[str, list[tuple[str, str]]]:
    """The place of the board, which the actor supervises, and those she may choose."""
    code = supervised_place(request.actor, request.GET.get("place", ""))
    return code, filters.places_to_choose(request.actor, SUPERVISE)


def _file(found: Board, place: Any, form: str) -> HttpResponse:
    rows: list[list[Any]] = [[_("Place or category"), *heads()]]
    rows += [[place.name, *found.total]]
    rows += [[row.title, *row.counts] for row in (*found.places, *found.categories)]
    return download(rows, name=_("Board of cases"), form=form, note=demo_note())


@require_GET
def calendar(request: Request) -> HttpResponse:
    """A month of days due: how many cases on each, as the filters of the address have it."""
    if (known := only_known(request)) is not None:
        return known
    wanted = wanted_from(request)
    first = _month(request.GET.get("month", ""))
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    span = _moment(weeks[0][0]), _moment(weeks[-1][-1] + timedelta(days=1))
    counts = due_by_day(request.actor, wanted, *span)
    if request.GET.get("format") == "ics":
        return _calendar_file(request, counts)
    works = ground().calendar
    days = [[(day, counts.get(day, 0), works.is_work(day)) for day in week] for week in weeks]
    context: dict[str, object] = {
        "first": first, "weeks": days, "wanted": wanted, "here": address_of(request),
        "before": _shown(first - timedelta(days=1)), "after": _shown(first + timedelta(days=31)),
        "kept": {name: request.GET[name] for name in FILTERS if request.GET.get(name) and name != "due"},
        "places": filters.places_to_choose(request.actor),
    }  # fmt: skip
    return page(request, "cases/calendar.html", context)


def _calendar_file(request: Request, counts: Mapping[date, int]) -> HttpResponse:
    """The month for the calendar of a telephone: a line for each day, no word of a case."""
    here = replace(address_of(request), path=reverse("cases:list"))
    to = settings.LINLI_PUBLIC_URL
    entries = [
        Entry(
            f"linli-cases-due-{day}@{request.get_host()}",
            ngettext("%(num)s case due", "%(num)s cases due", count) % {"num": count}, on=day,
            url=to + here.to(due=day.isoformat(), month=None, format=None),
        )
        for day, count in sorted(counts.items())
    ]  # fmt: skip
    text = calendar_text(entries, now=timezone.now(), of="cases", name=_("Days due"))
    return calendar_answer(text, "cases-due")


def _month(text: str) -> date:
    if not text:
        return timezone.localdate().replace(day=1)
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Invalid({"month": [_("Write the month like 2026-08.")]}) from error


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def _shown(day: date) -> str:
    return f"{day:%Y-%m}"
