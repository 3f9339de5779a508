"""The lists of the rounds: events, places that are visited, hazard checks; as pages and as files."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.grid.forms.lists import CheckFilter, EventFilter, StopFilter
from linli.grid.queries import rounds
from linli.grid.types import HAZARD_TITLES, MATTER_TITLES
from linli.grid.views.events import must_work
from linli.grid.views.files import as_asked
from linli.grid.views.frame import due_words
from linli.grid.views.list_files import (
    DUE_FIRST,
    EVENT_VIEWS,
    LATEST,
    STOP_FIRST,
    check_rows,
    checks_asked,
    event_rows,
    event_state,
    events_asked,
    stop_rows,
    stops_asked,
)
from linli.kernel.paging import Keyset, page_of
from linli.kernel.web import Request, page
from linli.runtime.queries import offered

NEWEST = Keyset("new", ("-opened_at", "-id"))
PAGE = 50


@require_safe
def events(request: Request) -> HttpResponse:
    """Events that somebody may see: open ones by due day, or all, the latest first."""
    must_work(request)
    view, form = request.GET.get("view", ""), EventFilter(request.GET or None)
    found, name = events_asked(request.actor, view, form.wanted), _("Events of the grid")
    whole = found.order_by(*DUE_FIRST.columns)
    if file := as_asked(request, whole, event_rows, key="grid.events", name=name, form=form):
        return file
    sort = NEWEST if view == "all" else DUE_FIRST
    shown = page_of(found, sort, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        "found": shown, "view": view if view in EVENT_VIEWS else "", "form": form,
        "due_words": due_words, "matters": MATTER_TITLES, "now": timezone.now(),
        "titles": {e.pk: event_state(e) for e in shown.items},
        "checks": rounds.may_check(request.actor),
        **offered(request.actor, "grid.events"),
    }  # fmt: skip
    return page(request, "grid/events.html", context)


@require_safe
def stops(request: Request) -> HttpResponse:
    """Places of the rounds, those waiting longest first."""
    must_work(request)
    view, form, on = request.GET.get("view", ""), StopFilter(request.GET or None), localdate()
    found, name = stops_asked(request.actor, view, form.wanted, on), _("Places of the rounds")
    whole = found.order_by(*STOP_FIRST.columns)
    if file := as_asked(request, whole, stop_rows, key="grid.stops", name=name, form=form):
        return file
    context: dict[str, object] = {
        "found": page_of(found, STOP_FIRST, cursor=request.GET.get("cursor"), limit=PAGE),
        "only": view, "on": on, "form": form, **offered(request.actor, "grid.stops"),
    }  # fmt: skip
    return page(request, "grid/stops.html", context)


@require_safe
def checks(request: Request) -> HttpResponse:
    """Checks that were done; those to be done again on demand."""
    must_work(request)
    form, view = CheckFilter(request.GET or None), request.GET.get("view", "")
    found, name = checks_asked(request.actor, view, form.wanted), _("Hazard checks")
    whole = found.order_by(*LATEST.columns)
    if file := as_asked(request, whole, check_rows, key="grid.checks", name=name, form=form):
        return file
    context: dict[str, object] = {
        "found": page_of(found, LATEST, cursor=request.GET.get("cursor"), limit=PAGE),
        "form": form, "again": view == "again", "hazards": HAZARD_TITLES, "on": localdate(),
        **offered(request.actor, "grid.checks"),
    }  # fmt: skip
    return page(request, "grid/checks.html", context)
