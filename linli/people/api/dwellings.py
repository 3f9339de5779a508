"""Dwellings over the API: what they are, who lives there, who answers, what was declared."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request
from linli.people import permits
from linli.people.api.frame import as_typed, code_of, place_of, villages_of
from linli.people.forms import DeclarationForm, DwellingEditForm, DwellingForm, PartyForm
from linli.people.models import Dwelling
from linli.people.queries.lists import list_dwellings
from linli.people.queries.persons import get_person
from linli.people.queries.things import get_dwelling, get_party, inside
from linli.people.services import dwellings as services
from linli.people.types import PartyRole

router = Router()


class DwellingOut(Schema):
    id: int
    address: str
    kind: str
    place: str
    beds: int | None
    employer: str
    declared_until: date | None


class DwellingsOut(Schema):
    count: int
    items: list[DwellingOut]
    next: str | None


class ListIn(PagedIn):
    place: str = ""
    kind: str = ""
    q: str = ""


def _dwelling(row: Dwelling) -> dict[str, Any]:
    return {
        "id": row.pk, "place": code_of(row.village_id),
        **plain(row, "address", "kind", "beds", "employer", "declared_until"),
    }  # fmt: skip


@router.get("/people/dwellings/", response=DwellingsOut)
def dwellings(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Dwellings of a place, by address."""
    page = list_dwellings(
        place_of(request, asked.place), kind=asked.kind, text=asked.q, cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, _dwelling)


class LivesOut(Schema):
    person: int
    name: str


class AnswersOut(Schema):
    """Who answers for a dwelling; `person` only if they are in the register."""

    id: int
    role: str
    person: int | None
    name: str
    until: date | None


class DwellingDetailOut(DwellingOut):
    """`version` is what a correction carries: whoever read an older one is told."""

    version: int
    note: str
    declared_on: date | None
    declared_number: str
    residents: list[LivesOut]
    households: list[int]
    parties: list[AnswersOut]


class DwellingIn(Schema):
    address: str
    kind: str
    beds: int | None = None
    employer: str = ""
    note: str = ""


class EnterIn(DwellingIn):
    place: str


class EditIn(DwellingIn):
    version: int


@router.post("/people/dwellings/", response={201: DwellingDetailOut})
def enter_dwelling(request: Request, given: EnterIn) -> Status[dict[str, Any]]:
    """Enter a dwelling of a village."""
    form = DwellingForm(as_typed(given), places=villages_of(request, permits.EDIT))
    village = form.accepted()["place"]
    made = services.enter_dwelling(village, _home(form), actor=request.actor, now=timezone.now())
    return Status(201, _whole(made))


def _home(form: DwellingForm) -> services.Home:
    names = ("address", "kind", "beds", "employer", "note")
    return services.Home(*(form.cleaned_data[name] for name in names))


@router.get("/people/dwellings/{int:dwelling_id}/", response=DwellingDetailOut)
def one_dwelling(request: Request, dwelling_id: int) -> dict[str, Any]:
    """One dwelling: who lives there today, who answers for it, what was declared."""
    return _whole(get_dwelling(request.actor, dwelling_id))


def _whole(dwelling: Dwelling) -> dict[str, Any]:
    here = inside(dwelling)
    return {
        **_dwelling(dwelling),
        **plain(dwelling, "version", "note", "declared_on", "declared_number"),
        "residents": [
            {"person": row.person_id, "name": row.person.name} for row in here.residents
        ],
        "households": [row.pk for row in here.households],
        "parties": [
            {"id": row.pk, "person": row.person_id, **plain(row, "role", "until"),
             "name": row.person.name if row.person else row.name}
            for row in here.parties
        ],
    }  # fmt: skip


@router.post("/people/dwellings/{int:dwelling_id}/correct", response=DwellingDetailOut)
def correct_dwelling(request: Request, dwelling_id: int, given: EditIn) -> dict[str, Any]:
    """Correct a dwelling."""
    dwelling, form = get_dwelling(request.actor, dwelling_id), DwellingEditForm(as_typed(given))
    version = form.accepted()["version"]
    services.change_dwelling(
        dwelling, _home(form), version=version, actor=request.actor, now=timezone.now()
    )
    return _whole(get_dwelling(request.actor, dwelling_id))


class DeclareIn(Schema):
    """What the police system says: noted here, registered there alone."""

    declared_on: date | None = None
    declared_until: date | None = None
    number: str = ""


@router.post("/people/dwellings/{int:dwelling_id}/declare", response=DwellingDetailOut)
def declare(request: Request, dwelling_id: int, given: DeclareIn) -> dict[str, Any]:
    """Note what was declared in the police system."""
    dwelling = get_dwelling(request.actor, dwelling_id)
    data = DeclarationForm(as_typed(given)).accepted()
    services.note_declaration(
        dwelling, data["declared_on"], data["declared_until"], data["number"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _whole(get_dwelling(request.actor, dwelling_id))


class PartyIn(Schema):
    """Landlord or manager: an entry of the register, or a name if there is none."""

    role: str
    person: int | None = None
    name: str = ""


@router.post("/people/dwellings/{int:dwelling_id}/party", response=DwellingDetailOut)
def name_party(request: Request, dwelling_id: int, given: PartyIn) -> dict[str, Any]:
    """Name who answers for a dwelling from today on."""
    dwelling = get_dwelling(request.actor, dwelling_id)
    data = PartyForm(as_typed(given)).accepted()
    person = get_person(request.actor, data["person"]) if data["person"] else None
    services.name_party(
        dwelling, PartyRole(data["role"]), person=person, name=data["name"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _whole(get_dwelling(request.actor, dwelling_id))


@router.post("/people/parties/{int:party_id}/end", response=DwellingDetailOut)
def end_party(request: Request, party_id: int) -> dict[str, Any]:
    """Somebody no longer answers for a dwelling."""
    party, now = get_party(request.actor, party_id), timezone.now()
    services.end_party(party, localdate(now), actor=request.actor, now=now)
    return _whole(get_dwelling(request.actor, party.dwelling_id))
