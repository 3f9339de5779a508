"""The lists of the rounds: events, places that are visited, hazard checks; as pages and as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.cases.queries.kinds import kind_of
from linli.grid.forms.lists import CheckFilter, EventFilter, StopFilter
from linli.grid.queries import narrowing, rounds
from linli.grid.types import HAZARD_TITLES, MATTER_TITLES
from linli.grid.views.events import must_work
from linli.grid.views.files import as_asked
from linli.grid.views.frame import due_words
from linli.kernel.paging import Keyset, page_of
from linli.kernel.permits import Actor
from linli.kernel.sheets import day_cell, moment_cell
from linli.kernel.web import Request, page
from linli.runtime.queries import offered

DUE_FIRST = Keyset("due", ("due_at", "id"))
NEWEST = Keyset("new", ("-opened_at", "-id"))
STOP_FIRST = Keyset("stop", ("due_on", "id"))
LATEST = Keyset("day", ("-on", "-id"))
PAGE = 50
# what of the events is shown; without one of these the open ones
EVENT_VIEWS: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "all": rounds.visible_events, "mine": rounds.my_events, "check": rounds.to_check,
}  # fmt: skip


@require_safe
def events(request: Request) -> HttpResponse:
    """Events that somebody may see: open ones by due day, or all, the latest first."""
    must_work(request)
    view, form = request.GET.get("view", ""), EventFilter(request.GET or None)
    of = EVENT_VIEWS.get(view, _open_events)
    found = narrowing.events_wanted(of(request.actor), form.wanted)
    whole = found.order_by("due_at", "pk")
    if file := as_asked(request, whole, _event_rows, name=_("Events of the grid"), form=form):
        return file
    sort = NEWEST if view == "all" else DUE_FIRST
    shown = page_of(found, sort, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        "found": shown, "view": view if view in EVENT_VIEWS else "", "form": form,
        "due_words": due_words, "matters": MATTER_TITLES, "now": timezone.now(),
        "titles": {e.pk: _state(e) for e in shown.items},
        "checks": rounds.may_check(request.actor),
        **offered(request.actor, "grid.events"),
    }  # fmt: skip
    return page(request, "grid/events.html", context)


@require_safe
def stops(request: Request) -> HttpResponse:
    """Places of the rounds, those waiting longest first."""
    must_work(request)
    view, form, on = request.GET.get("view", ""), StopFilter(request.GET or None), localdate()
    found = rounds.visible_stops(request.actor).filter(until__isnull=True)
    if view == "due":
        found = found.filter(due_on__lte=on)
    elif view == "never":
        found = found.filter(last_on__isnull=True)
    found = narrowing.titles_wanted(found, form.wanted)
    whole = found.order_by("due_on", "pk")
    if file := as_asked(request, whole, _stop_rows, name=_("Places of the rounds"), form=form):
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
    form, again = CheckFilter(request.GET or None), request.GET.get("view") == "again"
    found = rounds.to_recheck(request.actor) if again else rounds.visible_checks(request.actor)
    found = narrowing.checks_wanted(found, form.wanted)
    whole = found.order_by("-on", "-pk")
    if file := as_asked(request, whole, _check_rows, name=_("Hazard checks"), form=form):
        return file
    context: dict[str, object] = {
        "found": page_of(found, LATEST, cursor=request.GET.get("cursor"), limit=PAGE),
        "form": form, "again": again, "hazards": HAZARD_TITLES, "on": localdate(),
        **offered(request.actor, "grid.checks"),
    }  # fmt: skip
    return page(request, "grid/checks.html", context)


def _open_events(actor: Actor) -> QuerySet[Any]:
    return rounds.visible_events(actor).filter(is_open=True)


def _state(case: Any) -> Any:
    return kind_of(case.kind, case.version).states[case.state].title


def _event_rows(found: Iterable[Any]) -> Iterable[list[Any]]:
    yield [_("Number"), _("What"), _("Matter"), _("State"), _("Reported"), _("Due"), _("Closed at")]
    for one in found:
        yield [
            one.number, one.title, MATTER_TITLES.get(one.matter, one.matter), _state(one),
            moment_cell(one.opened_at), due_words(one) if one.is_open else "",
            moment_cell(one.closed_at),
        ]  # fmt: skip


def _stop_rows(found: Iterable[Any]) -> Iterable[list[Any]]:
    yield [_("Place"), _("Cell"), _("Every how many days"), _("Last visit"), _("Due")]
    for one in found:
        yield [
            one.title,
            one.cell_code,
            one.every_days,
            day_cell(one.last_on),
            day_cell(one.due_on),
        ]


def _check_rows(found: Iterable[Any]) -> Iterable[list[Any]]:
    yield [
        _("Day"), _("What was checked"), _("Cell"), _("Checklist"), _("Lines not in order"),
        _("Again by"), _("Checked again"),
    ]  # fmt: skip
    for one in found:
        followed = getattr(one, "followed_by", None)
        yield [
            day_cell(one.on), one.title, one.cell_code, HAZARD_TITLES[one.hazard], one.bad,
            day_cell(one.recheck_on), day_cell(followed.on) if followed else "",
        ]  # fmt: skip
