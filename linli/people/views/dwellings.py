"""Dwellings: the list, one of them, who answers for it, what was declared."""

from __future__ import annotations

from typing import Any

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
from linli.people.forms import (
    DeclarationForm,
    DwellingEditForm,
    DwellingForm,
    PartyForm,
    place_options,
)
from linli.people.queries.lists import list_dwellings, place_to_list
from linli.people.queries.persons import get_person
from linli.people.queries.scopes import places_to_choose
from linli.people.queries.search import FoundPage, find_people
from linli.people.queries.things import get_dwelling, get_party, inside
from linli.people.services import dwellings as services
from linli.people.types import DwellingKind, PartyRole, titles
from linli.people.views.frame import (
    GET_POST,
    asked_place,
    form_page,
    ordered,
    parts_of,
    place_name,
)
from linli.runtime.queries import offered


@require_GET
def dwelling_list(request: Request) -> HttpResponse:
    """Dwellings of a place, by address."""
    place, asked = asked_place(request), _asked(request.GET)
    found = list_dwellings(
        place, **asked, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit")),
    )  # fmt: skip
    frame: dict[str, Any] = {
        "place": place,
        "tabs": parts_of(request, "dwellings"),
        "places": place_options(places_to_choose(request.actor, permits.VIEW)),
        "may_add": bool(places_to_choose(request.actor, permits.EDIT, level="village")),
        "may_export": request.actor.may(permits.EXPORT, at=place.path),
        "found": found, "kind": asked["kind"], "q": asked["text"], "t": titles,
        "name_of": place_name,
    }  # fmt: skip
    return page(
        request, "people/dwelling_list.html",
        {**frame, **offered(request.actor, "people.dwellings")},
    )  # fmt: skip


def _asked(given: QueryDict) -> dict[str, Any]:
    kind = given.get("kind", "")
    return {
        "kind": kind if kind in set(DwellingKind) else "",
        "text": given.get("q", "").strip()[:100],
    }


@require_POST
def dwelling_export(request: Request) -> HttpResponse:
    """Order a file of the dwellings, as the list is narrowed."""
    place = place_to_list(request.actor, request.POST.get("place", ""), permits.EXPORT)
    return ordered(request, "dwellings", place.path, _asked(request.POST))


@require_http_methods(GET_POST)
def dwelling_new(request: Request) -> HttpResponse:
    """Enter a dwelling."""
    places = places_to_choose(request.actor, permits.EDIT, level="village")
    if not places:
        raise NotFound()
    form = DwellingForm(request.POST or None, places=places, initial={"kind": "let"})

    def act(form: DwellingForm) -> str:
        made = services.enter_dwelling(
            form.cleaned_data["place"], _home(form), actor=request.actor, now=timezone.now()
        )
        return reverse("people:dwelling", args=[made.pk])

    return form_page(
        request, "people/dwelling_form.html", form, act, said=_("The dwelling is entered."),
        context={"dwelling": None},
    )  # fmt: skip


def _home(form: DwellingForm) -> services.Home:
    given = form.cleaned_data
    return services.Home(
        given["address"], given["kind"], given["beds"], given["employer"], given["note"]
    )


@require_http_methods(GET_POST)
def dwelling_edit(request: Request, dwelling_id: int) -> HttpResponse:
    """Correct a dwelling."""
    found = get_dwelling(request.actor, dwelling_id)
    names = ("address", "kind", "beds", "employer", "note", "version")
    form = DwellingEditForm(
        request.POST or None, initial={name: getattr(found, name) for name in names}
    )

    def reread() -> dict[str, Any]:
        now = get_dwelling(request.actor, dwelling_id)
        return {name: getattr(now, name) for name in names}

    def act(form: DwellingEditForm) -> str:
        version = form.cleaned_data["version"]
        services.change_dwelling(
            found, _home(form), version=version, actor=request.actor, now=timezone.now()
        )
        return reverse("people:dwelling", args=[found.pk])

    return form_page(
        request, "people/dwelling_form.html", form, act, said=_("Saved."),
        context={"dwelling": get_dwelling(request.actor, dwelling_id)},
        reread=reread,
    )  # fmt: skip


@require_GET
def dwelling(request: Request, dwelling_id: int) -> HttpResponse:
    """One dwelling: who lives there, who answers for it, what was declared."""
    found = get_dwelling(request.actor, dwelling_id)
    text = request.GET.get("q", "").strip()[:100]
    people = find_people(request.actor, text) if text else FoundPage([])
    frame = {
        "dwelling": found,
        "inside": inside(found),
        "may_edit": request.actor.may(permits.EDIT, at=found.path),
        "q": text, "found": people.items, "t": titles, "name_of": place_name,
        "declaration": DeclarationForm(
            initial={
                "declared_on": found.declared_on, "declared_until": found.declared_until,
                "number": found.declared_number,
            }
        ),
    }  # fmt: skip
    return page(request, "people/dwelling.html", frame)


@require_POST
def dwelling_declare(request: Request, dwelling_id: int) -> HttpResponse:
    """Note what was declared in the police system."""
    found, form = get_dwelling(request.actor, dwelling_id), DeclarationForm(request.POST)
    _or_invalid(form)
    given = form.cleaned_data
    services.note_declaration(
        found, given["declared_on"], given["declared_until"], given["number"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Noted."))
    return done(request, reverse("people:dwelling", args=[dwelling_id]))


@require_POST
def party_name(request: Request, dwelling_id: int) -> HttpResponse:
    """Name the landlord or the sub-letting manager."""
    found, form = get_dwelling(request.actor, dwelling_id), PartyForm(request.POST)
    _or_invalid(form)
    given = form.cleaned_data
    person = get_person(request.actor, given["person"]) if given["person"] else None
    services.name_party(
        found, PartyRole(given["role"]), person=person, name=given["name"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Noted."))
    return done(request, reverse("people:dwelling", args=[dwelling_id]))


@require_POST
def party_end(request: Request, party_id: int) -> HttpResponse:
    """Somebody no longer answers for a dwelling."""
    party = get_party(request.actor, party_id)
    services.end_party(party, localdate(), actor=request.actor, now=timezone.now())
    messages.success(request, _("Ended."))
    return done(request, reverse("people:dwelling", args=[party.dwelling_id]))


def _or_invalid(form: DeclarationForm | PartyForm) -> None:
    if not form.is_valid():
        raise Invalid({name: [str(m) for m in found] for name, found in form.errors.items()})
