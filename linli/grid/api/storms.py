"""Flood, typhoon, drought over the API: storms, their sums, the numbers of one's village. No persons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.grid import permits
from linli.grid.forms.storms import SheetForm, StormForm
from linli.grid.queries import storm_sheets
from linli.grid.queries import storms as queries
from linli.grid.queries.narrowing import Wanted, storms_wanted
from linli.grid.services import quiet_storms, storms
from linli.grid.types.storms import SUM_TITLES, TYPED, StormKind
from linli.kernel.api import PagedIn, listed, one_of, paged, plain
from linli.kernel.paging import Keyset, clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.permits import require, require_somewhere
from linli.kernel.web import Request
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.grid.models import Storm
    from linli.grid.types.storms import Sheet
    from linli.places.models import Place

router = Router()
NEWEST = Keyset("new", ("-began_on", "-id"))


class StormOut(Schema):
    """`place` is the code of who declared it: it concerns that place and all below it.

    `went_into` is the id of the one of a wider place in which it goes on, with homes and numbers.
    """

    id: int
    place: str
    kind: str
    title: str
    began_on: date
    ended_on: date | None
    went_into: int | None
    edition: int


class StormsOut(Schema):
    count: int
    items: list[StormOut]
    next: str | None


class StormsIn(PagedIn):
    """`q` is a part of what it is called, `since` and `until` are the days on which it began."""

    place: str = ""
    is_over: bool | None = None
    q: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


class StormIn(Schema):
    """`place` is the code of a village, a town or the city: it concerns that place and all below it."""

    place: str
    kind: str
    title: str


class StormEndIn(Schema):
    """`anyway` says that it ends though people wait or are away, who are told in the refusal."""

    anyway: bool = False
    edition: int | None = None


class SumOut(Schema):
    """The numbers of a place; what no village below gave is null and not zero.

    `places` is the room in shelters, all of it.
    """

    place: str
    people: int | None
    moved: int | None
    back: int | None
    places: int
    houses: int | None
    roads: int | None
    rescuers: int | None
    boats: int | None
    missing: int


class SumsOut(Schema):
    """The numbers of a place as `whole`, and of the places directly below it."""

    whole: SumOut
    count: int
    items: list[SumOut]
    next: str | None


class SheetOut(Schema):
    """What a village typed; all null and edition 0 before it did.

    `is_whole` is false while these are the numbers of villages that went into this one, added up.
    """

    village: str
    houses: int | None
    roads: int | None
    rescuers: int | None
    boats: int | None
    is_whole: bool
    edition: int


class SheetIn(Schema):
    houses: int
    roads: int
    rescuers: int
    boats: int
    edition: int | None = None


@router.get("/storms/", response=StormsOut)
def list_storms(request: Request, asked: Query[StormsIn]) -> dict[str, Any]:
    """Storms of the places where one works, newest first; with `place` those that concern it."""
    require_somewhere(request.actor, *queries.SEEN_WITH)
    found = queries.visible_storms(request.actor)
    if asked.place:
        place = queries.ground_for(request.actor, asked.place)
        found = queries.near(found, place.path)
    if asked.is_over is not None:
        found = found.filter(ended_on__isnull=not asked.is_over)
    kind = one_of("kind", asked.kind, StormKind)
    found = storms_wanted(found, Wanted(asked.q.strip(), kind, asked.since, asked.until))
    return paged(found, NEWEST, asked, _storm)


@router.post("/storms/", response={201: StormOut})
def begin_storm(request: Request, given: StormIn) -> Status[dict[str, Any]]:
    """Declare a flood, typhoon or drought from today on.

    Those of this kind and name that go on below end, and go on in this one with their homes and numbers.
    """
    place = queries.ground_for(request.actor, given.place)
    require(request.actor, permits.DECLARE, at=place.path)
    said = StormForm(given.dict()).accepted()
    made = storms.begin_storm(
        places.open_place(given.place), said["kind"], said["title"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _storm(made))


@router.post("/storms/{int:storm_id}/end", response=StormOut)
def end_storm(request: Request, storm_id: int, given: StormEndIn) -> dict[str, Any]:
    """End a storm today; who was moved is forgotten 30 days later."""
    storm = queries.get_storm(request.actor, storm_id)
    return _storm(
        storms.end_storm(
            storm, edition=given.edition, anyway=given.anyway, actor=request.actor,
            now=timezone.now(),
        )
    )  # fmt: skip


@router.post("/storms/{int:storm_id}/keep", response=StormOut)
def keep_storm(request: Request, storm_id: int) -> dict[str, Any]:
    """Say that a storm goes on though nothing was entered for long; it would end by itself."""
    storm = queries.get_storm(request.actor, storm_id)
    return _storm(quiet_storms.keep_storm(storm, actor=request.actor, now=timezone.now()))


def _storm(one: Storm) -> dict[str, Any]:
    columns = ("id", "kind", "title", "began_on", "ended_on", "edition")
    return {**plain(one, *columns), "place": code_of(one.path), "went_into": one.went_into_id}


@router.get("/storms/{int:storm_id}/sums/{code}/", response=SumsOut)
def read_sums(request: Request, storm_id: int, code: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """The numbers of a storm at a place and directly below it."""
    storm, place = queries.get_storm(request.actor, storm_id), places.get_place(code)
    require(request.actor, permits.SEE, at=place.path)
    whole, rows = storm_sheets.sheets_of(storm, place)
    page = page_of_rows(
        rows, lambda row: row[0].code, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return {"whole": _sum((place, whole)), **listed(page, _sum)}


def _sum(row: tuple[Place, Sheet]) -> dict[str, Any]:
    at, sheet = row
    return {"place": at.code, **plain(sheet, *SUM_TITLES)}


@router.get("/storms/{int:storm_id}/sheets/{code}/", response=SheetOut)
def read_sheet(request: Request, storm_id: int, code: str) -> dict[str, Any]:
    """The numbers that a village typed."""
    place = queries.village_for(request.actor, code)
    return _sheet(queries.get_storm(request.actor, storm_id), place)


@router.post("/storms/{int:storm_id}/sheets/{code}/type", response=SheetOut)
def type_sheet(request: Request, storm_id: int, code: str, given: SheetIn) -> dict[str, Any]:
    """Type the numbers of one's village; with `edition` only if nobody typed meanwhile."""
    place = queries.village_for(request.actor, code)
    storm = queries.get_storm(request.actor, storm_id)
    require(request.actor, permits.STORM, at=place.path)
    form = SheetForm(given.dict())
    form.accepted()
    storms.type_sheet(
        storm, places.open_place(code), form.numbers, edition=given.edition, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return _sheet(storm, place)


def _sheet(storm: Storm, place: Place) -> dict[str, Any]:
    known = queries.own_sheet(storm, place.path)
    numbers = {name: getattr(known, name, None) for name in TYPED}
    return {
        "village": place.code, **numbers, "is_whole": known is None or known.is_whole,
        "edition": known.edition if known else 0,
    }  # fmt: skip
