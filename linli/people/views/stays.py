"""Moving in, moving out, correcting a residency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.errors import NotFound
from linli.kernel.web import Request, done
from linli.people import permits
from linli.people.forms import LeaveForm, StayEditForm, StayForm
from linli.people.queries.persons import get_person
from linli.people.queries.scopes import node_of_id, places_to_choose
from linli.people.queries.things import get_residency
from linli.people.services import dwellings, living
from linli.people.types import DwellingKind, Standing
from linli.people.views.frame import GET_POST, form_page, place_name
from linli.people.views.window import Window

if TYPE_CHECKING:
    from linli.people.models import Person


def _dwelling(request: Request, form: StayForm, village: str) -> int | None:
    own = form.cleaned_data["standing"] == Standing.REGISTERED
    kind = DwellingKind.OWN if own else DwellingKind.LET
    home = dwellings.dwelling_at(
        village, form.cleaned_data["address"], kind, actor=request.actor, now=timezone.now()
    )
    return home.pk if home else None


def _window(title: str, person: Person) -> Window:
    return Window(title, reverse("people:person", args=[person.pk]), who=person.name)


@require_http_methods(GET_POST)
def stay_new(request: Request, person_id: int) -> HttpResponse:
    """Somebody moves in, or lives at a second place."""
    person = get_person(request.actor, person_id)
    places = places_to_choose(request.actor, permits.EDIT, level="village")
    if not places:
        raise NotFound()
    form = StayForm(
        request.POST or None,
        places=places,
        initial={"standing": "non_local_resident", "basis": "declared"},
    )

    def act(form: StayForm) -> str:
        village = form.cleaned_data["place"]
        stay = form.stay(_dwelling(request, form, village))
        living.move_in(person, village, stay, actor=request.actor, now=timezone.now())
        return reverse("people:person", args=[person.pk])

    return form_page(
        request, "people/stay_form.html", form, act, said=_("The moving in is entered."),
        context={"person": person, "row": None, "window": _window(_("Moving in"), person)},
    )  # fmt: skip


@require_http_methods(GET_POST)
def stay_edit(request: Request, residency_id: int) -> HttpResponse:
    """Correct how somebody lives at a place."""
    row = get_residency(request.actor, residency_id)
    form = StayEditForm(request.POST or None, initial=_said(row))
    village = node_of_id(row.village_id)

    def act(form: StayEditForm) -> str:
        assert village is not None
        stay = form.stay(_dwelling(request, form, village.code))
        living.change_stay(
            row, stay, version=form.cleaned_data["version"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip
        return reverse("people:person", args=[row.person_id])

    return form_page(
        request, "people/stay_form.html", form, act, said=_("Saved."),
        context={
            "person": row.person, "row": row, "name_of": place_name,
            "window": _window(_("Correct a residency"), row.person),
        },
        reread=lambda: _said(get_residency(request.actor, residency_id)),
    )  # fmt: skip


def _said(row: Any) -> dict[str, Any]:
    """What the form of a residency says."""
    names = ("standing", "basis", "basis_until", "since", "group", "employer", "version")
    address = row.dwelling.address if row.dwelling else ""
    return {**{name: getattr(row, name) for name in names}, "address": address}


@require_http_methods(GET_POST)
def stay_leave(request: Request, residency_id: int) -> HttpResponse:
    """Somebody moves out."""
    row = get_residency(request.actor, residency_id)

    def act(form: LeaveForm) -> str:
        given = form.cleaned_data
        living.move_out(row, given["on"], given["because"], actor=request.actor, now=timezone.now())
        return reverse("people:person", args=[row.person_id])

    return form_page(
        request, "people/stay_leave.html", LeaveForm(request.POST or None), act,
        said=_("The moving out is entered."),
        context={
            "person": row.person, "row": row, "name_of": place_name,
            "window": _window(_("Moving out"), row.person),
        },
    )  # fmt: skip


@require_POST
def stay_back(request: Request, residency_id: int) -> HttpResponse:
    """Take a moving out back."""
    row = get_residency(request.actor, residency_id)
    living.move_back(row, actor=request.actor, now=timezone.now())
    messages.success(request, _("The moving out is taken back."))
    return done(request, reverse("people:person", args=[row.person_id]))
