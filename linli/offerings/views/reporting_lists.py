"""The two lists of reports: what a village looks through, and what was asked from an office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from linli.kernel.errors import NotFound
from linli.kernel.list_files import Asked
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.permits import Actor
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, page
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_lists as lists
from linli.offerings.queries.reporting_lists import ASKED, FILL, PERMITS
from linli.offerings.types.reporting import SHEET_STATES, SHEET_TONES, TASK_STATES, TASK_TONES
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.downloads import list_download

LIST = "offerings.reports"
SHOWN, FILTERS = 50, ("q", "state", "due", "place")


@require_safe
def listing(request: Request) -> HttpResponse:
    """Reports to be looked through for one's village, and those asked from here."""
    actor, today = request.actor, localdate()
    view, found = asked_for(actor, request.GET, today)
    if request.GET.get("format") in ("xlsx", "csv"):
        return list_download(request, LIST, found)
    rows = page_of(
        found, queries.NEWEST, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit") or SHOWN),
    )  # fmt: skip
    items: list[Any] = list(rows.items)
    states, tones = (SHEET_STATES, SHEET_TONES) if view == FILL else (TASK_STATES, TASK_TONES)
    context: dict[str, object] = {
        "found": rows, "view": view, "views_of_list": views_of(actor), "here": address_of(request), "shown": FILTERS,
        "today": today, "grounds": lists.places_of(actor, view), "names": names_of(items),
        "standings": queries.standings_of(items if view == ASKED else []), "may_ask": bool(actor.paths(PERMITS[ASKED])),
        "states": states, "tones": tones, **offered(actor, LIST),
    }  # fmt: skip
    return page(request, "offerings/reporting/list.html", context)


def views_of(actor: Actor) -> list[str]:
    """Return which of the two lists somebody has."""
    held = {FILL: bool(actor.own_paths(PERMITS[FILL])), ASKED: bool(actor.paths(PERMITS[ASKED]))}
    return [view for view in (FILL, ASKED) if held[view] or actor.is_system]


def asked_for(actor: Actor, given: Asked, on: date) -> tuple[str, Any]:
    """Return the list that an address names, the first that somebody has without a name, and its rows.

    Refuses with NotFound, Invalid.
    """
    views = views_of(actor)
    view = given.get("view") or (views[0] if views else "")
    if view not in views:
        raise NotFound()
    narrowed = lists.wanted_sheets if view == FILL else lists.wanted_tasks
    return view, narrowed(actor, lists.wanted_of(given, view), on)


def names_of(items: list[Any]) -> dict[str, str]:
    """Return the names of the places of sheets or tasks, by path."""
    return PLACE_NAMES.call([row.path for row in items])
