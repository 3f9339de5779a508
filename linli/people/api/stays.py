"""Where somebody lives, over the API: moving in, correcting, moving out, taking that back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.kernel.web import Request
from linli.people import permits
from linli.people.api.entry import PersonOut, StayOut, shown_person, shown_stay
from linli.people.api.frame import as_typed, code_of, villages_of
from linli.people.forms import LeaveForm, StayEditForm, StayForm
from linli.people.queries.persons import get_person
from linli.people.queries.things import get_residency
from linli.people.services import dwellings, living
from linli.people.types import DwellingKind, Standing

router = Router()


class StayIn(Schema):
    """How somebody lives at a place. A new address enters a new dwelling."""

    standing: str
    basis: str
    basis_until: date | None = None
    since: date | None = None
    group: str = ""
    employer: str = ""
    address: str = ""


class MoveInIn(StayIn):
    place: str


class StayEditIn(StayIn):
    version: int


@router.post("/people/{int:person_id}/stays/", response={201: PersonOut})
def move_in(request: Request, person_id: int, given: MoveInIn) -> Status[dict[str, Any]]:
    """Somebody moves in, or lives at a second place."""
    person = get_person(request.actor, person_id)
    form = StayForm(as_typed(given), places=villages_of(request, permits.EDIT))
    village = form.accepted()["place"]
    stay = form.stay(_dwelling(request, form, village))
    living.move_in(person, village, stay, actor=request.actor, now=timezone.now())
    return Status(201, shown_person(request, person))


def _dwelling(request: Request, form: StayForm, village: str) -> int | None:
    own = form.cleaned_data["standing"] == Standing.REGISTERED
    kind = DwellingKind.OWN if own else DwellingKind.LET
    home = dwellings.dwelling_at(
        village, form.cleaned_data["address"], kind, actor=request.actor, now=timezone.now()
    )
    return home.pk if home else None


@router.post("/people/stays/{int:residency_id}/correct", response=StayOut)
def correct_stay(request: Request, residency_id: int, given: StayEditIn) -> dict[str, Any]:
    """Correct how somebody lives at a place."""
    row = get_residency(request.actor, residency_id)
    form = StayEditForm(as_typed(given))
    version = form.accepted()["version"]
    stay = form.stay(_dwelling(request, form, code_of(row.village_id)))
    living.change_stay(row, stay, version=version, actor=request.actor, now=timezone.now())
    return shown_stay(get_residency(request.actor, residency_id))


class LeaveIn(Schema):
    on: date
    because: str = ""


@router.post("/people/stays/{int:residency_id}/leave", response=StayOut)
def move_out(request: Request, residency_id: int, given: LeaveIn) -> dict[str, Any]:
    """Somebody moves out; memberships in households there end too."""
    row, data = get_residency(request.actor, residency_id), LeaveForm(as_typed(given)).accepted()
    living.move_out(row, data["on"], data["because"], actor=request.actor, now=timezone.now())
    return shown_stay(get_residency(request.actor, residency_id))


@router.post("/people/stays/{int:residency_id}/back", response=StayOut)
def move_back(request: Request, residency_id: int) -> dict[str, Any]:
    """Take a moving out back."""
    row = get_residency(request.actor, residency_id)
    living.move_back(row, actor=request.actor, now=timezone.now())
    return shown_stay(get_residency(request.actor, residency_id))
