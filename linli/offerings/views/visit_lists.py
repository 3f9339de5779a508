"""Visits of many days at the desk, and the centres where one serves: with filters, kept views, as files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linli.access.queries.choices import place_choices
from linli.kernel.errors import NotFound
from linli.kernel.list_files import Asked, ListFile, Row, sheet_of
from linli.kernel.paging import page_of, page_of_rows
from linli.kernel.permits import PERSONAL, Actor
from linli.kernel.web import Request, page
from linli.offerings import permits
from linli.offerings.clients.contacts import mark_said
from linli.offerings.forms.visit_lists import CentreFilter, VisitFilter
from linli.offerings.queries import visit_lists as queries
from linli.offerings.queries.item_naming import item_titles
from linli.offerings.queries.windows import centre_called
from linli.offerings.types.visits import VISIT_WORDS, WAY_WORDS
from linli.orgs import queries as orgs
from linli.orgs.queries.naming import names_of
from linli.runtime.queries import offered
from linli.ui.downloads import list_download
from linli.ui.jinja import named
from linli.ui.picking import picked

LIST = "offerings.visits"
PAGE, MOST_CENTRES = 50, 40
FILTERS = ("q", "since", "until", "state", "way")


@require_safe
def visits(request: Request) -> HttpResponse:
    """Visits of the places where one serves: of any days, in any state; the soonest first, past ones the latest."""
    paths = request.actor.paths(permits.SERVE)
    if not paths and not request.actor.is_system:
        raise NotFound()
    choices = place_choices(request.actor, permits.SERVE, in_full=False)
    path = picked(choices, request.GET.get("place", ""))
    form = VisitFilter(request.GET or None)
    centre = _centre(request.GET)
    asked = form.wanted(path, centre.pk if centre else None, mark_said)
    found = queries.visits_wanted(queries.visible_visits(request.actor), asked)
    if request.GET.get("format") in ("csv", "xlsx"):
        return list_download(request, LIST, found)
    sort = queries.sort_of(asked, localdate())
    shown = page_of(found, sort, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        "found": shown, "form": form, "choices": choices, "path": path, "centre": centre,
        "centres": names_of({one.window.centre_id for one in shown.items}, localdate()),
        "items": item_titles(one.item for one in shown.items), "said": VISIT_WORDS, "ways": WAY_WORDS,
        "names": FILTERS, "days": {one.pk: localdate(one.starts_at).isoformat() for one in shown.items}, **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "offerings/visits/list.html", context)


def visit_sheet(actor: Actor, given: Asked, now: datetime) -> Iterator[Row]:
    """Visits as the list has them; names and numbers of persons stay out of it. Refuses with NotFound."""
    path = picked(place_choices(actor, permits.SERVE, in_full=False), given.get("place", ""))
    centre = _centre(given)
    asked = VisitFilter(dict(given)).wanted(path, centre.pk if centre else None, mark_said)
    found = queries.visits_wanted(queries.visible_visits(actor), asked)
    return sheet_of(found, queries.sort_of(asked, localdate(now)), queries.visit_rows)


FILE = ListFile(LIST, gettext_lazy("Booked visits"), visit_sheet, (permits.SERVE,), PERSONAL)


def _centre(given: Asked) -> Any:
    """Return the one centre that an address names; None for all."""
    code = given.get("centre", "")
    return centre_called(code, localdate()) if code else None


@require_safe
def centres(request: Request) -> HttpResponse:
    """The centres where the actor serves or keeps the windows, by name, a page at a time."""
    actor, today = request.actor, localdate()
    paths = {*actor.paths(permits.SERVE), *actor.paths(permits.WINDOWS)}
    if not paths and not actor.is_system:
        raise NotFound()
    words = CentreFilter(request.GET or None)
    words.is_valid()
    asked = getattr(words, "cleaned_data", {}).get("q", "").strip().lower()
    rows = {
        row.organisation.pk: row
        for path in sorted(paths)
        for row in orgs.centre_rows(path, on=today)
        if row.centre is not None and asked in named(row.organisation).lower()
    }
    found = page_of_rows(
        list(rows.values()), lambda row: row.organisation.code, cursor=request.GET.get("cursor"),
        limit=MOST_CENTRES,
    )  # fmt: skip
    context: dict[str, object] = {
        "found": found, "form": words, "asked": asked,
        "serves": bool(actor.paths(permits.SERVE)) or actor.is_system,
    }  # fmt: skip
    return page(request, "offerings/visits/centres.html", context)
