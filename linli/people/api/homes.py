"""Households, dwellings, rolls and the month over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Router, Schema

from linli.kernel.api import listed
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.web import Request
from linli.people import permits
from linli.people.api.frame import code_of, place_of
from linli.people.queries.lists import list_dwellings, list_households
from linli.people.queries.rolls import get_roll, list_entries, visible_rolls
from linli.people.queries.things import get_household, members_of
from linli.people.queries.turning import month_of

router = Router()
BY_PLACE = Keyset("place", ("path", "kind", "id"))


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


def _household(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk, "number": row.number, "kind": row.kind, "name": row.name,
        "place": code_of(row.village_id), "until": row.until,
    }  # fmt: skip


@router.get("/people/households/", response=HouseholdsOut)
def households(
    request: Request,
    place: str = "",
    kind: str = "",
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Households of a place, by number."""
    page = list_households(
        place_of(request, place), kind=kind, cursor=cursor, limit=clean_limit(limit)
    )
    return listed(page, _household)


class MemberOut(Schema):
    person: int
    name: str
    relation: str


class HouseholdDetailOut(HouseholdOut):
    members: list[MemberOut]


@router.get("/people/households/{int:household_id}/", response=HouseholdDetailOut)
def one_household(request: Request, household_id: int) -> dict[str, Any]:
    """One household and who is in it."""
    household = get_household(request.actor, household_id)
    members = [
        {"person": row.person_id, "name": row.person.name, "relation": row.relation}
        for row in members_of(household)
    ]
    return {**_household(household), "members": members}


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


@router.get("/people/dwellings/", response=DwellingsOut)
def dwellings(
    request: Request, place: str = "", kind: str = "", q: str = "", limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Dwellings of a place, by address."""
    page = list_dwellings(
        place_of(request, place), kind=kind, text=q, cursor=cursor, limit=clean_limit(limit)
    )
    items = [
        {
            "id": row.pk, "address": row.address, "kind": row.kind, "place": code_of(row.village_id),
            "beds": row.beds, "employer": row.employer, "declared_until": row.declared_until,
        }
        for row in page.items
    ]  # fmt: skip
    return listed(page, items=items)


class RollOut(Schema):
    id: int
    kind: str
    name: str
    basis: str
    opened_on: date
    closed_on: date | None


class EntryOut(Schema):
    person: int
    name: str
    since: date | None
    until: date | None
    evidence: str
    detail: str


class EntriesOut(Schema):
    count: int
    items: list[EntryOut]
    next: str | None


class RollsOut(Schema):
    count: int
    items: list[RollOut]
    next: str | None


@router.get("/people/rolls/", response=RollsOut)
def rolls(request: Request, limit: int | None = None, cursor: str | None = None) -> dict[str, Any]:
    """Rolls that the token may see."""
    if not request.actor.paths(permits.VIEW_ROLLS):
        raise NotFound()
    page = page_of(visible_rolls(request.actor), BY_PLACE, cursor=cursor, limit=clean_limit(limit))
    return listed(page)


@router.get("/people/rolls/{int:roll_id}/entries/", response=EntriesOut)
def roll_entries(
    request: Request,
    roll_id: int,
    gone: bool = False,
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Who is on a roll, or was."""
    page = list_entries(
        get_roll(request.actor, roll_id), gone=gone, cursor=cursor, limit=clean_limit(limit)
    )
    items = [
        {
            "person": row.person_id, "name": row.person.name, "since": row.since,
            "until": row.until, "evidence": row.evidence, "detail": row.detail,
        }
        for row in page.items
    ]  # fmt: skip
    return listed(page, items=items)


class TurningOut(Schema):
    person: int
    name: str
    age: int
    on: date


class EndingOut(Schema):
    person: int
    name: str
    on: date


class MonthOut(Schema):
    turning: list[TurningOut]
    permits: list[EndingOut]


@router.get("/people/months/{int:year}/{int:month}/", response=MonthOut)
def month(request: Request, year: int, month: int, place: str = "") -> dict[str, Any]:
    """Who turns 16, 18, 60, 65 or 80 in a month, and whose residence permit ends."""
    if not (1950 <= year <= 2100 and 1 <= month <= 12):
        raise Invalid({"month": ["1950-01 … 2100-12"]})
    found = month_of(place_of(request, place), year, month)
    return {
        "turning": [
            {"person": one.row.person_id, "name": one.row.person.name, "age": age, "on": one.on}
            for age, rows in found.turning
            for one in rows
        ],
        "permits": [
            {"person": row.person_id, "name": row.person.name, "on": on}
            for on, row in found.permit_lines
        ],
    }
