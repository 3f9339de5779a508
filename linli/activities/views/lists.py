"""The office's lists of events, groups and rounds: with filters, kept views, and as files."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.activities import permits
from linli.activities.forms.lists import (
    EventFilter,
    FamilyFeeFilter,
    KeptGroupFilter,
    ListFilter,
    RoundFilter,
)
from linli.activities.queries import events as queries
from linli.activities.queries import family_fees as fees
from linli.activities.queries import narrowing
from linli.activities.queries.outcomes import count_waiting, fill_of
from linli.activities.types.events import EVENT_STATES, EVENT_TITLES, EVENT_TONES, seat_in_words
from linli.activities.types.rounds import GROUP_TITLES, ROUND_TITLES, ROUND_TONES
from linli.activities.views.frame import desk_way, file_kind
from linli.activities.views.list_files import (
    BY_NAME,
    NEWEST,
    SEASON,
    grounds_to_choose,
    kept_rounds,
    living_groups,
)
from linli.kernel.errors import NotAllowed
from linli.kernel.paging import page_of
from linli.kernel.paths import code_of
from linli.kernel.permits import Permit
from linli.kernel.web import Request, page
from linli.runtime.queries import offered
from linli.ui.downloads import list_download
from linli.ui.picking import picked

PAGE = 50


def _frame(request: Request, permit: Permit, form: ListFilter) -> tuple[Any, dict[str, object]]:
    """Return what is wanted, and what both lists take. Refuses with NotAllowed."""
    paths = request.actor.paths(permit)
    if not paths and not request.actor.is_system:
        raise NotAllowed(permit=permit.name, at="")
    choices = grounds_to_choose(request.actor, permit)
    path, names = picked(choices, request.GET.get("place", "")), dict(choices)
    grounds = [(code_of(one), names[one].strip()) for one in paths if one in names]
    shared = {"form": form, "choices": choices, "path": path, "grounds": grounds}
    return form.wanted(path), shared


@require_safe
def events(request: Request) -> HttpResponse:
    """Events of the places where one keeps them, newest first, drafts too."""
    wanted, shared = _frame(request, permits.EVENTS, EventFilter(request.GET or None))
    found = narrowing.events_wanted(queries.kept_events(request.actor), wanted)
    if file_kind(request.GET):
        return list_download(request, "activities.events", found)
    shown = page_of(found, NEWEST, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        **shared, "found": shown, "fill": fill_of(shown.items), "words": count_waiting(shown.items), "kinds": EVENT_TITLES, "states": EVENT_STATES,
        "tones": EVENT_TONES, "way": desk_way((_("Events and courses"), "")),
        **offered(request.actor, "activities.events"),
    }  # fmt: skip
    return page(request, "activities/events/desk_list.html", context)


@require_safe
def family_fees(request: Request) -> HttpResponse:
    """Families at events whose fee is open, also of those that left halfway; or of which something goes back."""
    form = FamilyFeeFilter(request.GET or None)
    wanted, shared = _frame(request, permits.EVENTS, form)
    found = fees.families_with_fee(request.actor, form.fee_wanted, wanted)
    if file_kind(request.GET):
        return list_download(request, "activities.family_fees", found)
    shown = page_of(found, fees.NEWEST, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        **shared, "found": shown, "rows": fees.fees_of(shown.items), "seat": seat_in_words,
        "way": desk_way((_("Events and courses"), reverse("activities:events_desk")), (_("Fees of families"), "")),
        **offered(request.actor, "activities.family_fees"),
    }  # fmt: skip
    return page(request, "activities/events/family_fees.html", context)


@require_safe
def register(request: Request) -> HttpResponse:
    """The groups of the places where one keeps venues, with their codes; or their rounds."""
    is_rounds, given = request.GET.get("view") == "rounds", request.GET or None
    form = RoundFilter(given) if is_rounds else KeptGroupFilter(given)
    wanted, shared = _frame(request, permits.VENUES, form)
    find, sort = (kept_rounds, SEASON) if is_rounds else (living_groups, BY_NAME)
    found = find(request.actor, wanted)
    if file_kind(request.GET):
        name = _("Rounds") if is_rounds else _("Groups")
        return list_download(request, "activities.groups", found, name=name)
    context: dict[str, object] = {
        **shared, "found": page_of(found, sort, cursor=request.GET.get("cursor"), limit=PAGE),
        "is_rounds": is_rounds, "kinds": GROUP_TITLES, "states": ROUND_TITLES, "tones": ROUND_TONES,
        "way": desk_way((_("Groups and rounds"), "")), **offered(request.actor, "activities.groups"),
    }  # fmt: skip
    return page(request, "activities/rounds/register.html", context)
