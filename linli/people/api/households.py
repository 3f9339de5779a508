"""Households over the API: opened, joined, left, closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request
from linli.people import permits
from linli.people.api.frame import code_of, place_of, villages_of
from linli.people.forms import HouseholdForm, MemberForm
from linli.people.models import Household
from linli.people.queries.lists import list_households
from linli.people.queries.persons import get_person
from linli.people.queries.things import get_household, get_member, members_of
from linli.people.services import dwellings
from linli.people.services import households as services
from linli.people.types import DwellingKind, HouseholdKind, Relation

router = Router()


class HouseholdOut(Schema):
    id: int
    number: str
    kind: str
    name: str
    place: str
    until: date | None


class HouseholdsOut(Schema):
    count: int
    items: list[HouseholdOut]
    next: str | None


class ListIn(PagedIn):
    place: str = ""
    kind: str = ""


def _household(row: Household) -> dict[str, Any]:
    return {
        "id": row.pk, "place": code_of(row.village_id),
        **plain(row, "number", "kind", "name", "until"),
    }  # fmt: skip


@router.get("/people/households/", response=HouseholdsOut)
def households(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Households of a place, by number."""
    page = list_households(
        place_of(request, asked.place), kind=asked.kind, cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, _household)


class MemberOut(Schema):
    """`id` is the membership, `person` the entry of whoever it is."""

    id: int
    person: int
    name: str
    relation: str
    bed: str


class HouseholdDetailOut(HouseholdOut):
    members: list[MemberOut]


class OpenIn(Schema):
    """A new address enters a new dwelling."""

    place: str
    kind: str
    number: str
    name: str = ""
    address: str = ""


@router.post("/people/households/", response={201: HouseholdDetailOut})
def open_household(request: Request, given: OpenIn) -> Status[dict[str, Any]]:
    """Open a household at a village."""
    places, now = villages_of(request, permits.EDIT), timezone.now()
    data = HouseholdForm(given.dict(), places=places).accepted()
    kind = HouseholdKind(data["kind"])
    use = DwellingKind.DORMITORY if kind == HouseholdKind.COLLECTIVE else DwellingKind.OWN
    home = dwellings.dwelling_at(data["place"], data["address"], use, actor=request.actor, now=now)
    made = services.open_household(
        data["place"], kind, data["number"], name=data["name"], dwelling=home,
        actor=request.actor, now=now,
    )  # fmt: skip
    return Status(201, _whole(made))


@router.get("/people/households/{int:household_id}/", response=HouseholdDetailOut)
def one_household(request: Request, household_id: int) -> dict[str, Any]:
    """One household and who is in it."""
    return _whole(get_household(request.actor, household_id))


def _whole(household: Household) -> dict[str, Any]:
    members = [
        {"id": row.pk, "person": row.person_id, "name": row.person.name,
         **plain(row, "relation", "bed")}
        for row in members_of(household)
    ]  # fmt: skip
    return {**_household(household), "members": members}


class JoinIn(Schema):
    person: int
    relation: str
    bed: str = ""


@router.post("/people/households/{int:household_id}/add", response=HouseholdDetailOut)
def join(request: Request, household_id: int, given: JoinIn) -> dict[str, Any]:
    """Put somebody into a household."""
    household, form = get_household(request.actor, household_id), MemberForm(given.dict())
    data = form.accepted()
    services.join_household(
        household, get_person(request.actor, data["person"]), form.relation_word(),
        bed=data["bed"], actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _whole(household)


class RelationIn(Schema):
    """What somebody is to the head; `leave` takes them out of the household today."""

    relation: str


@router.post("/people/members/{int:member_id}/change", response=HouseholdDetailOut)
def change_member(request: Request, member_id: int, given: RelationIn) -> dict[str, Any]:
    """Change what somebody is in the household, or take them out."""
    member, now = get_member(request.actor, member_id), timezone.now()
    if given.relation == "leave":
        services.leave_household(member, localdate(now), actor=request.actor, now=now)
    elif given.relation in set(Relation):
        services.change_relation(member, Relation(given.relation), actor=request.actor, now=now)
    else:
        raise Invalid({"relation": [", ".join([*Relation, "leave"])]})
    return _whole(get_household(request.actor, member.household_id))


@router.post("/people/households/{int:household_id}/close", response=HouseholdDetailOut)
def close(request: Request, household_id: int) -> dict[str, Any]:
    """Close a household; whoever is still in it leaves it today."""
    household, now = get_household(request.actor, household_id), timezone.now()
    services.close_household(household, localdate(now), actor=request.actor, now=now)
    return _whole(get_household(request.actor, household_id))
