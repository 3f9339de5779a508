"""Shelters, and homes that are moved in a storm, over the API; homes stay masked, in full they stand on paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.grid import permits
from linli.grid.forms.storms import HomeForm, ShelterForm
from linli.grid.queries import cells
from linli.grid.queries import storms as queries
from linli.grid.services import homes, storms
from linli.kernel.api import PagedIn, listed, paged, plain
from linli.kernel.paging import Keyset, clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.grid.models import Shelter, StormHome
    from linli.grid.types.storms import HomeFacts

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


class HomeOut(Schema):
    """A home on the list; its name is masked, telephone and address are not told."""

    id: int
    village: str
    storm_id: int
    name: str
    people: int
    need: str
    helper_id: int
    shelter_id: int | None
    state: str
    edition: int


class HomesOut(Schema):
    count: int
    items: list[HomeOut]
    next: str | None


class HomeIn(Schema):
    """`need` is none, carry, car or power: what the helper must bring, no illness."""

    name: str
    phone: str = ""
    address: str
    people: int
    need: str
    helper_id: int
    shelter_id: int | None = None
    edition: int | None = None


class MarkIn(Schema):
    """`move` is move, stay, return or undo."""

    move: str
    edition: int | None = None


def _shelter(one: Shelter) -> dict[str, Any]:
    columns = ("id", "title", "address", "places", "stock", "checked_on", "ended_on", "edition")
    return {**plain(one, *columns), "village": code_of(one.path)}


def _home(one: StormHome) -> dict[str, Any]:
    columns = ("id", "storm_id", "people", "need", "helper_id", "shelter_id", "state", "edition")
    return {**plain(one, *columns), "village": code_of(one.path), "name": one.masked_name}


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


@router.get("/storms/{int:storm_id}/homes/{code}/", response=HomesOut)
def list_homes(request: Request, storm_id: int, code: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """Homes of a village in a storm, masked: all for who keeps the list, for a helper her own."""
    place, storm = (
        queries.village_for(request.actor, code),
        queries.get_storm(request.actor, storm_id),
    )
    page = page_of_rows(
        list(queries.homes_of(request.actor, storm, place.path)), lambda one: str(one.pk),
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, _home)


@router.post("/storms/{int:storm_id}/homes/{code}/", response={201: HomeOut})
def name_home(request: Request, storm_id: int, code: str, given: HomeIn) -> Status[dict[str, Any]]:
    """Name a home that is to be moved, with its helper and shelter."""
    place, storm = (
        queries.village_for(request.actor, code),
        queries.get_storm(request.actor, storm_id),
    )
    require(request.actor, permits.STORM, at=place.path)
    made = homes.name_home(
        storm, places.open_place(code), _said(request, code, given), actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _home(made))


def _said(request: Request, code: str, given: HomeIn) -> HomeFacts:
    place = places.get_place(code)
    posts = cells.post_choices(request.actor, place, localdate())
    rooms = [(str(one.pk), one.title) for one in queries.shelters_of(place.path)]
    form = HomeForm(given.dict(), posts=posts, shelters=rooms)
    form.accepted()
    return form.facts


@router.post("/storms/homes/{int:home_id}/correct", response=HomeOut)
def change_home(request: Request, home_id: int, given: HomeIn) -> dict[str, Any]:
    """Correct a home on the list as long as the storm goes on; what was marked stays."""
    home = queries.get_home(request.actor, home_id)
    require(request.actor, permits.STORM, at=home.path)
    done = homes.change_home(
        home, _said(request, code_of(home.path), given), edition=given.edition,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _home(done)


@router.post("/storms/homes/{int:home_id}/mark", response=HomeOut)
def mark_home(request: Request, home_id: int, given: MarkIn) -> dict[str, Any]:
    """Mark a home as moved, staying of its own will or back, or take the mark back."""
    home = queries.get_home(request.actor, home_id)
    done = homes.mark_home(
        home, given.move, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _home(done)
