"""The list of a month: who turns an age, whose permit ends, which declarations run out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from linli.kernel.clock import add_months
from linli.kernel.web import Request, page
from linli.kernel.wholes import whole_number
from linli.people import permits
from linli.people.forms import place_options
from linli.people.queries.lists import place_to_list
from linli.people.queries.scopes import places_to_choose
from linli.people.queries.turning import month_of
from linli.people.types import titles
from linli.people.views.frame import asked_place, ordered, parts_of, place_name

FIRST_YEAR, LAST_YEAR = 1950, 2100


def _month(text: str) -> date:
    """Return the first day of 2026-11; this month for anything else."""
    year, _dash, month = text.partition("-")
    y = whole_number(year, least=FIRST_YEAR, most=LAST_YEAR)
    m = whole_number(month, least=1, most=12)
    return date(y, m, 1) if y and m else localdate().replace(day=1)


def _frame(request: Request) -> dict[str, Any]:
    place = asked_place(request)
    first = _month(request.GET.get("month", ""))
    return {
        "place": place,
        "tabs": parts_of(request, "month"), "month": first, "found": month_of(place, first.year, first.month),
        "before": add_months(first, -1), "after": add_months(first, 1),
        "places": place_options(places_to_choose(request.actor, permits.VIEW)),
        "may_export": request.actor.may(permits.EXPORT, at=place.path),
        "t": titles, "name_of": place_name,
    }  # fmt: skip


@require_GET
def month(request: Request) -> HttpResponse:
    """The list of a month."""
    return page(request, "people/month.html", _frame(request))


@require_GET
def month_print(request: Request) -> HttpResponse:
    """The list of a month on paper."""
    return page(request, "people/month_print.html", _frame(request))


@require_POST
def month_export(request: Request) -> HttpResponse:
    """Order the list of a month as a file."""
    place = place_to_list(request.actor, request.POST.get("place", ""), permits.EXPORT)
    first = _month(request.POST.get("month", ""))
    return ordered(request, "month", place.path, {"year": first.year, "month": first.month})
