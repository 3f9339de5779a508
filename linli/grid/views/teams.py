"""The teams of a village: listed, entered, corrected, dissolved."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.grid import permits
from linli.grid.forms.lists import TeamFilter
from linli.grid.forms.watch import TeamForm
from linli.grid.queries import cells
from linli.grid.queries import watch as queries
from linli.grid.queries.narrowing import teams_wanted
from linli.grid.services import teams as services
from linli.grid.types import SHIFT_TITLES
from linli.grid.types.watch import DAYS_TITLES, TEAM_TITLES
from linli.grid.views.files import as_asked
from linli.grid.views.frame import GET_POST, answer, way_to
from linli.grid.views.ground_files import BY_NAME, open_shifts, team_rows
from linli.kernel.paging import page_of
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.places import queries as places
from linli.runtime.queries import offered
from linli.ui.asking import Asking
from linli.ui.jinja import named

PAGE = 50


@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """The teams of a village by name, and what the month lacks; also as a file and on paper."""
    place, form = cells.village_for(request.actor, code), TeamFilter(request.GET or None)
    every = queries.teams_of(request.actor, place.path)
    found = teams_wanted(every, form.wanted)
    name = _("Teams of %(place)s") % {"place": named(place)}
    shape = partial(team_rows, request.actor)
    if file := as_asked(request, found, shape, key="grid.teams", name=name, form=form, place=code):
        return file
    shown = page_of(found, BY_NAME, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        "place": place, "found": shown, "form": form, "kinds": TEAM_TITLES, "days": DAYS_TITLES,
        "shifts": SHIFT_TITLES, "people": queries.people_by_kind(place.path),
        "rows": [(team, open_shifts(team, request.actor)) for team in shown.items],
        "way": way_to(place, (_("Teams on duty"), "")),
        "may_keep": request.actor.may(permits.KEEP, at=place.path),
        **offered(request.actor, "grid.teams"),
    }  # fmt: skip
    return page(request, "grid/teams.html", context)


@require_http_methods(GET_POST)
def add(request: Request, code: str) -> HttpResponse:
    """Enter a team."""
    place = cells.village_for(request.actor, code)
    require(request.actor, permits.KEEP, at=place.path)
    form = TeamForm(request.POST or None)
    to = reverse("grid:teams", args=[code])

    def act() -> None:
        services.add_team(
            places.open_place(code), form.facts, actor=request.actor, now=timezone.now()
        )

    title = _("Enter a team")
    asking = Asking(
        title=title, form=form, way=way_to(place, (_("Teams on duty"), to), (title, "")), to=to,
        submit=_("Record"), said=_("The team is entered."),
        lead=_("A team is a number of people and the shifts that it covers."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def change(request: Request, team_id: int) -> HttpResponse:
    """Correct a team."""
    found = queries.get_team(request.actor, team_id)
    require(request.actor, permits.KEEP, at=found.path)
    known = ("kind", "people", "days", "shifts", "seats", "edition")
    initial = {"called": found.name, **{name: getattr(found, name) for name in known}}
    form, to = TeamForm(request.POST or None, initial=initial), reverse("grid:team", args=[team_id])

    def act() -> None:
        services.change_team(
            found, form.facts, edition=form.cleaned_data["edition"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    place, title = places.get_place(code_of(found.path)), _("Correct a team")
    listed = (_("Teams on duty"), reverse("grid:teams", args=[place.code]))
    asking = Asking(
        title=title, form=form, way=way_to(place, listed, (found.name, to), (title, "")), to=to,
        submit=_("Record"), said=_("The team is corrected."),
        lead=_("Who is on duty already stays on duty, also in a shift that you take out."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_POST
def end(request: Request, team_id: int) -> HttpResponse:
    """Dissolve a team."""
    found = queries.get_team(request.actor, team_id)
    services.end_team(found, actor=request.actor, now=timezone.now())
    messages.success(request, _("The team is dissolved."))
    return done(request, reverse("grid:teams", args=[code_of(found.path)]))
