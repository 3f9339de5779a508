"""Households and dwellings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request, done, page
from linli.people import permits
from linli.people.forms import HouseholdForm, MemberForm, place_options
from linli.people.queries.lists import list_households, place_to_list
from linli.people.queries.persons import get_person
from linli.people.queries.scopes import places_to_choose
from linli.people.queries.search import FoundPage, find_people
from linli.people.queries.things import get_household, get_member, members_of
from linli.people.services import dwellings
from linli.people.services import households as services
from linli.people.types import DwellingKind, HouseholdKind, Relation, titles
from linli.people.views.frame import (
    GET_POST,
    asked_place,
    form_page,
    ordered,
    parts_of,
    place_name,
)
from linli.runtime.queries import offered

if TYPE_CHECKING:
    from linli.people.models import Household


@require_GET
def household_list(request: Request) -> HttpResponse:
    """Households of a place, by number."""
    place, asked = asked_place(request), _asked(request.GET)
    found = list_households(
        place, **asked, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit")),
    )  # fmt: skip
    frame: dict[str, Any] = {
        "place": place,
        "tabs": parts_of(request, "households"),
        "places": place_options(places_to_choose(request.actor, permits.VIEW)),
        "may_add": bool(places_to_choose(request.actor, permits.EDIT, level="village")),
        "may_export": request.actor.may(permits.EXPORT, at=place.path),
        "found": found, "kind": asked["kind"], "q": asked["text"], "closed": asked["closed"],
        "t": titles, "name_of": place_name, **offered(request.actor, "people.households"),
    }  # fmt: skip
    return page(request, "people/household_list.html", frame)


def _asked(given: QueryDict) -> dict[str, Any]:
    kind = given.get("kind", "")
    return {
        "kind": kind if kind in set(HouseholdKind) else "",
        "text": given.get("q", "").strip()[:40],
        "closed": given.get("closed") == "1",
    }


@require_POST
def household_export(request: Request) -> HttpResponse:
    """Order a file of the households with their members, as the list is narrowed."""
    place = place_to_list(request.actor, request.POST.get("place", ""), permits.EXPORT)
    return ordered(request, "households", place.path, _asked(request.POST))


@require_http_methods(GET_POST)
def household_new(request: Request) -> HttpResponse:
    """Open a household."""
    places = places_to_choose(request.actor, permits.EDIT, level="village")
    if not places:
        raise NotFound()
    form = HouseholdForm(request.POST or None, places=places, initial={"kind": "family"})

    def act(form: HouseholdForm) -> str:
        given, now = form.cleaned_data, timezone.now()
        kind = HouseholdKind(given["kind"])
        use = DwellingKind.DORMITORY if kind == HouseholdKind.COLLECTIVE else DwellingKind.OWN
        home = dwellings.dwelling_at(
            given["place"], given["address"], use, actor=request.actor, now=now
        )
        made = services.open_household(
            given["place"], kind, given["number"], name=given["name"], dwelling=home,
            actor=request.actor, now=now,
        )  # fmt: skip
        return reverse("people:household", args=[made.pk])

    return form_page(
        request, "people/household_new.html", form, act, said=_("The household is open.")
    )


def _frame(request: Request, household: Household) -> dict[str, Any]:
    text = request.GET.get("q", "").strip()[:100]
    found = find_people(request.actor, text, at=household.path) if text else FoundPage([])
    return {
        "household": household,
        "members": members_of(household),
        "past": [row for row in members_of(household, past=True) if row.until],
        "may_edit": request.actor.may(permits.EDIT, at=household.path),
        "q": text, "found": found.items, "t": titles, "name_of": place_name,
    }  # fmt: skip


@require_GET
def household(request: Request, household_id: int) -> HttpResponse:
    """One household: who is in it, where it lives."""
    found = get_household(request.actor, household_id)
    return page(request, "people/household.html", {**_frame(request, found), "form": MemberForm()})


@require_POST
def member_add(request: Request, household_id: int) -> HttpResponse:
    """Put somebody into a household."""
    found, form = get_household(request.actor, household_id), MemberForm(request.POST)
    if not form.is_valid():
        raise Invalid(
            {name: [str(m) for m in messages_] for name, messages_ in form.errors.items()}
        )
    services.join_household(
        found, get_person(request.actor, form.cleaned_data["person"]), form.relation_word(),
        bed=form.cleaned_data["bed"], actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Added to the household."))
    return done(request, reverse("people:household", args=[household_id]))


@require_POST
def member_change(request: Request, member_id: int) -> HttpResponse:
    """Change what somebody is in the household, or take them out."""
    member = get_member(request.actor, member_id)
    asked = request.POST.get("relation", "")
    if asked == "leave":
        services.leave_household(member, localdate(), actor=request.actor, now=timezone.now())
    elif asked in set(Relation):
        services.change_relation(member, Relation(asked), actor=request.actor, now=timezone.now())
    else:
        raise Invalid({"relation": [_("Choose one of the given answers.")]})
    messages.success(request, _("Saved."))
    return done(request, reverse("people:household", args=[member.household_id]))


@require_POST
def household_close(request: Request, household_id: int) -> HttpResponse:
    """Close a household."""
    found = get_household(request.actor, household_id)
    services.close_household(found, localdate(), actor=request.actor, now=timezone.now())
    messages.success(request, _("The household is closed."))
    return done(request, reverse("people:household", args=[household_id]))
