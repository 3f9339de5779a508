"""Shelters of a village, over the API."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.grid import permits
from linli.grid.forms.storms import ShelterForm
from linli.grid.queries import storms as queries
from linli.grid.services import storms
from linli.kernel.api import PagedIn, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.grid.models import Shelter

router = Router()
BY_TITLE = Keyset("title", ("title", "id"))


class ShelterOut(Schema):
    """`checked_on` is the day on which somebody looked at it last."""

    id: int
    village: str
    title: str
    address: str
    places: int
    stock: str
    checked_on: date
    ended_on: date | None
    edition: int


class SheltersOut(Schema):
    count: int
    items: list[ShelterOut]
    next: str | None


class ShelterIn(Schema):
    title: str
    address: str
    places: int
    stock: str = ""
    edition: int | None = None


def _shelter(one: Shelter) -> dict[str, Any]:
    columns = ("id", "title", "address", "places", "stock", "checked_on", "ended_on", "edition")
    return {**plain(one, *columns), "village": code_of(one.path)}


def _facts(given: ShelterIn) -> ShelterForm:
    form = ShelterForm({**given.dict(), "where": given.address})
    form.accepted()
    return form


@router.get("/villages/{code}/shelters/", response=SheltersOut)
def list_shelters(request: Request, code: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """The shelters of a village that are in use, with room and stock."""
    place = queries.village_for(request.actor, code)
    return paged(queries.shelters_of(place.path), BY_TITLE, asked, _shelter)


@router.post("/villages/{code}/shelters/", response={201: ShelterOut})
def add_shelter(request: Request, code: str, given: ShelterIn) -> Status[dict[str, Any]]:
    """Enter a shelter."""
    place = queries.village_for(request.actor, code)
    require(request.actor, permits.STORM, at=place.path)
    made = storms.add_shelter(
        places.open_place(code), _facts(given).facts, actor=request.actor, now=timezone.now()
    )
    return Status(201, _shelter(made))


@router.post("/villages/{code}/shelters/{int:shelter_id}/correct", response=ShelterOut)
def change_shelter(
    request: Request, code: str, shelter_id: int, given: ShelterIn
) -> dict[str, Any]:
    """Correct a shelter; it counts as looked at today."""
    place = queries.village_for(request.actor, code)
    require(request.actor, permits.STORM, at=place.path)
    found = queries.get_shelter(place.path, shelter_id)
    done = storms.change_shelter(
        found, _facts(given).facts, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _shelter(done)


@router.post("/villages/{code}/shelters/{int:shelter_id}/end", response=ShelterOut)
def close_shelter(request: Request, code: str, shelter_id: int) -> dict[str, Any]:
    """Take a shelter out of use; refused while somebody is named for it."""
    place = queries.village_for(request.actor, code)
    found = queries.get_shelter(place.path, shelter_id)
    return _shelter(storms.close_shelter(found, actor=request.actor, now=timezone.now()))
