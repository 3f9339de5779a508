"""People over the API: lists, search, entering somebody, asking for a number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema, Status

from linli.kernel.api import COUNTED, PagedIn, listed
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request
from linli.people import permits
from linli.people.api.frame import code_of, place_of
from linli.people.models import Residency
from linli.people.queries.lists import SORTS, Filters, list_residents
from linli.people.queries.search import count_people, find_people
from linli.people.rules.rows import RowReader, Villages
from linli.people.services.looking_up import look_up
from linli.people.services.register import register_person
from linli.people.types.titles import fields_of

router = Router()


class ResidentOut(Schema):
    id: int
    name: str
    other_name: str
    sex: str
    born_on: date | None
    place: str
    standing: str
    until: date | None
    address: str
    is_synthetic: bool


class ResidentsOut(Schema):
    count: int = Field(description=COUNTED)
    items: list[ResidentOut]
    next: str | None


class ListIn(PagedIn):
    place: str = ""
    q: str = ""
    standing: str = ""
    basis: str = ""
    sex: str = ""
    group: str = ""
    youngest: int | None = None
    oldest: int | None = None
    gone: bool = False
    sort: str = "name"


def _resident(row: Residency) -> dict[str, Any]:
    person = row.person
    return {
        "id": person.pk, "name": person.name, "other_name": person.other_name, "sex": row.sex,
        "born_on": row.born_on, "place": code_of(row.village_id), "standing": row.standing,
        "until": row.until, "address": row.dwelling.address if row.dwelling else "",
        "is_synthetic": person.is_synthetic,
    }  # fmt: skip


@router.get("/people/", response=ResidentsOut)
def list_people(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Residents of a place; with `q` whoever a part of the name, a reading or a whole number finds."""
    place = place_of(request, asked.place)
    if asked.q:
        at = place.path if asked.place else ""
        found = find_people(
            request.actor, asked.q, at=at, limit=clean_limit(asked.limit), cursor=asked.cursor
        )
        is_whole = not asked.cursor and found.next is None
        count = len(found.items) if is_whole else count_people(request.actor, asked.q, found, at=at)
        items = [
            {
                "id": hit.person_id, "name": hit.name, "other_name": hit.other_name, "sex": hit.sex,
                "born_on": hit.born_on, "place": code_of(hit.village_id), "standing": hit.standing,
                "until": hit.until, "address": hit.address or "", "is_synthetic": hit.is_synthetic,
            }
            for hit in found.items
        ]  # fmt: skip
        return {"count": count, "items": items, "next": found.next}
    if asked.sort not in SORTS:
        raise Invalid({"sort": [", ".join(SORTS)]})
    names = ("standing", "basis", "sex", "group", "youngest", "oldest", "gone", "sort")
    filters = Filters(**{name: getattr(asked, name) for name in names})
    page = list_residents(
        place, filters, on=localdate(), cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, _resident)


class PersonIn(Schema):
    """Words as in a list: days as 2026-11-24, 男 or male, names of fields as in an import."""

    place: str
    name: str
    document_number: str
    document_kind: str = ""
    other_name: str = ""
    sex: str = ""
    born_on: str = ""
    phone: str = ""
    address: str = ""
    group: str = ""
    standing: str = ""
    basis: str = ""
    since: str = ""
    permit_until: str = ""
    household: str = ""
    relation: str = ""
    employer: str = ""


class MadeOut(Schema):
    id: int


@router.post("/people/", response={201: MadeOut})
def enter_person(request: Request, given: PersonIn) -> Status[dict[str, int]]:
    """Enter somebody at a village, by the rules of a list."""
    cells = given.dict()
    reader = RowReader(
        {name: i for i, name in enumerate(cells)},
        villages=Villages({given.place: (given.place,)}),
        today=localdate(),
    )
    place = place_of(request, given.place, permits.EDIT)
    row, faults = reader.read(1, list(cells.values()))
    if faults or place.level != "village":
        raise Invalid(fields_of(faults) or {"place": [place.level]})
    made = register_person(row, actor=request.actor, now=timezone.now())
    return Status(201, {"id": made.pk})


class LookUpIn(Schema):
    kind: str
    number: str


class LookUpOut(Schema):
    answer: str


@router.post("/people/look-up", response=LookUpOut)
def is_number_known(request: Request, asked: LookUpIn) -> dict[str, str]:
    """Say whether a number is known: none, here or elsewhere. Recorded; thirty times an hour."""
    place = place_of(request, "", permits.LOOK_UP)
    answer = look_up(
        asked.kind, asked.number, place=place.path, actor=request.actor, now=timezone.now()
    )
    return {"answer": answer.value}
