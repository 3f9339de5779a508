"""The office's lists of events, groups and rounds: with filters, kept views, and as files."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.access.queries.choices import place_choices
from linli.activities import permits
from linli.activities.forms.lists import EventFilter, KeptGroupFilter, ListFilter, RoundFilter
from linli.activities.queries import events as queries
from linli.activities.queries import narrowing, rounds
from linli.activities.queries.outcomes import count_waiting, fill_of
from linli.activities.types.events import EVENT_STATES, EVENT_TITLES, EVENT_TONES
from linli.activities.types.rounds import GROUP_TITLES, ROUND_TITLES, ROUND_TONES
from linli.activities.views.frame import desk_way, file_kind
from linli.activities.views.list_rows import event_rows, group_rows, round_rows
from linli.kernel.errors import NotAllowed
from linli.kernel.paging import Keyset, page_of
from linli.kernel.paths import code_of
from linli.kernel.permits import Permit
from linli.kernel.web import Request, page
from linli.runtime.queries import offered
from linli.ui.downloads import list_download
from linli.ui.picking import picked

PAGE, VILLAGE_DEPTH = 50, 3
NEWEST = Keyset("new", ("-first_at", "-id"))
BY_NAME = Keyset("name", ("path", "name", "id"))
SEASON = Keyset("season", ("-first_on", "-id"))


def _frame(request: Request, permit: Permit, form: ListFilter) -> tuple[Any, dict[str, object]]:
    """Return what is wanted, and what both lists take. Refuses with NotAllowed."""
    paths = request.actor.paths(permit)
    if not paths and not request.actor.is_system:
        raise NotAllowed(permit=permit.name, at="")
    found = place_choices(request.actor, permit, in_full=False)
    # what is kept here belongs to a village or more, never to a group or building of it
    choices = [one for one in found if one[0].count("/") <= VILLAGE_DEPTH]
    path, names = picked(choices, request.GET.get("place", "")), dict(choices)
    grounds = [(code_of(one), names[one].strip()) for one in paths if one in names]
    shared = {"form": form, "choices": choices, "path": path, "grounds": grounds}
    return form.wanted(path), shared


@require_safe
def events(request: Request) -> HttpResponse:
    """Events of the places where one keeps them, newest first, drafts too."""
    wanted, shared = _frame(request, permits.EVENTS, EventFilter(request.GET or None))
    found = narrowing.events_wanted(queries.kept_events(request.actor), wanted)
    if form := file_kind(request.GET):
        whole = found.order_by(*NEWEST.columns)
        return list_download(whole, event_rows, name=_("Events and courses"), form=form)
    shown = page_of(found, NEWEST, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        **shared, "found": shown, "fill": fill_of(shown.items), "words": count_waiting(shown.items), "kinds": EVENT_TITLES, "states": EVENT_STATES,
        "tones": EVENT_TONES, "way": desk_way((_("Events and courses"), "")),
        **offered(request.actor, "activities.events"),
    }  # fmt: skip
    return page(request, "activities/events/desk_list.html", context)


@require_safe
def register(request: Request) -> HttpResponse:
    """The groups of the places where one keeps venues, with their codes; or their rounds."""
    is_rounds, given = request.GET.get("view") == "rounds", request.GET or None
    form = RoundFilter(given) if is_rounds else KeptGroupFilter(given)
    wanted, shared = _frame(request, permits.VENUES, form)
    paths = ("",) if request.actor.is_system else request.actor.paths(permits.VENUES)
    if is_rounds:
        found: Any = narrowing.rounds_wanted(rounds.rounds_at(*paths), wanted)
        sort, rows, name = SEASON, round_rows, _("Rounds")
    else:
        groups = rounds.kept_groups(request.actor).filter(ended_on__isnull=True)
        found = narrowing.groups_wanted(groups, wanted, by_code=True)
        sort, rows, name = BY_NAME, group_rows, _("Groups")
    if kind := file_kind(request.GET):
        return list_download(found.order_by(*sort.columns), rows, name=name, form=kind)
    context: dict[str, object] = {
        **shared, "found": page_of(found, sort, cursor=request.GET.get("cursor"), limit=PAGE),
        "is_rounds": is_rounds, "kinds": GROUP_TITLES, "states": ROUND_TITLES, "tones": ROUND_TONES,
        "way": desk_way((_("Groups and rounds"), "")), **offered(request.actor, "activities.groups"),
    }  # fmt: skip
    return page(request, "activities/rounds/register.html", context)
