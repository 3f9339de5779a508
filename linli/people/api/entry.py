"""One entry over the API: shown whole, corrected, ended by a death, erased by law."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.utils import timezone
from ninja import Field, Router, Schema

from linli.kernel.web import Request
from linli.people import permits
from linli.people.api.frame import as_typed, code_of
from linli.people.forms import EraseForm, FactsForm
from linli.people.models import Person, Residency
from linli.people.queries.persons import entry_of, get_person
from linli.people.queries.vault import vault_of
from linli.people.services.deaths import withdraw_death
from linli.people.services.forgetting import erase_person
from linli.people.services.register import correct_person, record_death

router = Router()


class DocumentOut(Schema):
    id: int
    kind: str
    masked: str
    valid_until: date | None
    until: date | None


class ContactOut(Schema):
    id: int
    kind: str
    masked: str


class StayOut(Schema):
    id: int
    version: int
    place: str
    standing: str
    basis: str
    basis_until: date | None
    since: date | None
    until: date | None
    group: str
    employer: str
    address: str


class MembershipOut(Schema):
    id: int
    household: int
    number: str
    relation: str
    bed: str
    since: date | None
    until: date | None


class PersonOut(Schema):
    """`version` is what a correction carries: whoever read an older one is told."""

    id: int
    version: int
    name: str
    other_name: str
    sex: str
    born_on: date | None
    died_on: date | None
    is_synthetic: bool
    documents: list[DocumentOut]
    contacts: list[ContactOut]
    residencies: list[StayOut]
    households: list[MembershipOut]


@router.get("/people/{int:person_id}/", response=PersonOut)
def one_person(request: Request, person_id: int) -> dict[str, Any]:
    """One entry, with what the asking token may see of it."""
    return shown_person(request, get_person(request.actor, person_id))


def shown_person(request: Request, person: Person) -> dict[str, Any]:
    """Return an entry whole, as far as the caller may see it; numbers are masked."""
    entry, vault = entry_of(request.actor, person), vault_of(request.actor, person)
    return {
        "id": person.pk, "version": person.version, "name": person.name,
        "other_name": person.other_name, "sex": person.sex, "born_on": person.born_on,
        "died_on": person.died_on, "is_synthetic": person.is_synthetic,
        "documents": vault.documents,
        "contacts": [row for row in vault.contacts if row.until is None],
        "residencies": [shown_stay(row) for row in entry.residencies],
        "households": [
            {
                "id": row.pk, "household": row.household_id, "number": row.household.number,
                "relation": row.relation, "bed": row.bed, "since": row.since, "until": row.until,
            }
            for row in entry.memberships
        ],
    }  # fmt: skip


def shown_stay(row: Residency) -> dict[str, Any]:
    """Return how somebody lives at a place."""
    return {
        "id": row.pk, "version": row.version, "place": code_of(row.village_id),
        "standing": row.standing, "basis": row.basis, "basis_until": row.basis_until,
        "since": row.since, "until": row.until, "group": row.group, "employer": row.employer,
        "address": row.dwelling.address if row.dwelling else "",
    }  # fmt: skip


class FactsIn(Schema):
    name: str
    other_name: str = ""
    sex: str
    born_on: date | None = None
    version: int


@router.post("/people/{int:person_id}/correct", response=PersonOut)
def correct(request: Request, person_id: int, given: FactsIn) -> dict[str, Any]:
    """Correct name, sex or birth date."""
    person = get_person(request.actor, person_id, permits.EDIT)
    form = FactsForm(as_typed(given))
    version = form.accepted()["version"]
    correct_person(person, form.facts(), version=version, actor=request.actor, now=timezone.now())
    return shown_person(request, get_person(request.actor, person_id))


class DiedIn(Schema):
    on: date


@router.post("/people/{int:person_id}/died", response=PersonOut)
def died(request: Request, person_id: int, given: DiedIn) -> dict[str, Any]:
    """Enter a death: residencies, memberships and rolls end with it."""
    person = get_person(request.actor, person_id, permits.EDIT)
    record_death(person, given.on, actor=request.actor, now=timezone.now())
    return shown_person(request, get_person(request.actor, person_id))


class LivesIn(Schema):
    reason: str = Field(max_length=200)


@router.post("/people/{int:person_id}/lives", response=PersonOut)
def lives(request: Request, person_id: int, given: LivesIn) -> dict[str, Any]:
    """Take a death back that was entered by mistake: what it ended goes on."""
    person = get_person(request.actor, person_id, permits.EDIT)
    withdraw_death(person, given.reason, actor=request.actor, now=timezone.now())
    return shown_person(request, get_person(request.actor, person_id))


class EraseIn(Schema):
    """`basis` is the request or order; what is erased does not come back, so that is said twice."""

    basis: str
    sure: Literal[True]


class ErasedOut(Schema):
    id: int


@router.post("/people/{int:person_id}/erase", response=ErasedOut)
def erase(request: Request, person_id: int, given: EraseIn) -> dict[str, int]:
    """Erase somebody who has left, because the law asks for it."""
    person = get_person(request.actor, person_id, permits.ERASE)
    basis = EraseForm(as_typed(given)).accepted()["basis"]
    erase_person(person, basis, actor=request.actor, now=timezone.now())
    return {"id": person_id}
