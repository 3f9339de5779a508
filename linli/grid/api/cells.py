"""Cells with the posts that look after them, for staff."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.grid import permits
from linli.grid.forms.cells import DutyEndForm, DutyForm
from linli.grid.queries import cells, objects
from linli.grid.services import duties, parts
from linli.grid.types import CellKey
from linli.kernel.api import PagedIn, listed, paged, plain
from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset, clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.permits import require, require_somewhere
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()
NEWEST = Keyset("new", ("-since", "-id"))


class DutyOut(Schema):
    id: int
    village: str
    layer: str
    cell: str
    post_id: int
    post: str
    role: str
    shift: str
    since: date
    until: date | None
    edition: int


class DutiesOut(Schema):
    count: int
    items: list[DutyOut]
    next: str | None


class CellOut(Schema):
    """`fault` is small, big, unknown (never counted) or empty."""

    code: str
    name: str
    households: int | None
    fault: str
    is_looked_after: bool
    duties: list[DutyOut]


class CellsOut(Schema):
    count: int
    items: list[CellOut]
    next: str | None


class ObjectsOut(Schema):
    """What lies in a cell, as numbers; `people`, `homes` and `bodies` are null while it is not said
    which groups and buildings (`parts`, by code) lie in it."""

    people: int | None
    homes: int | None
    bodies: int | None
    events: int
    stops: int
    things: int
    parts: list[str]


class PartsIn(Schema):
    """Codes of groups and buildings; those of another cell of the layer move here."""

    parts: list[str]


class CellsIn(PagedIn):
    layer: str = cells.SOCIAL


class DutiesIn(PagedIn):
    village: str = ""
    ended: bool = False


class DutyIn(Schema):
    village: str
    layer: str
    cell: str
    post_id: int
    role: str
    shift: str
    since: date
    until: date | None = None


class DutyEndIn(Schema):
    on: date
    edition: int | None = None


def shown(duty: Any) -> dict[str, Any]:
    """Return a duty as the API tells it."""
    return {
        **plain(duty, "id", "post_id", "role", "shift", "since", "until", "edition"),
        "village": code_of(duty.path), "layer": duty.layer.key, "cell": duty.cell_code,
        "post": duty.post.title,
    }  # fmt: skip


@router.get("/villages/{code}/cells/", response=CellsOut)
def list_cells(request: Request, code: str, asked: Query[CellsIn]) -> dict[str, Any]:
    """The cells of a layer in a village, in the order of their codes."""
    place = cells.village_for(request.actor, code)
    rows = cells.cell_rows(place, cells.find_layer(asked.layer), localdate())
    page = page_of_rows(
        rows, lambda row: row.cell.code, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, _cell)


def _cell(row: cells.CellRow) -> dict[str, Any]:
    return {
        **plain(row.cell, "code", "name", "households"), "fault": row.fault,
        "is_looked_after": row.is_looked_after, "duties": [shown(one.duty) for one in row.duties],
    }  # fmt: skip


@router.get("/villages/{code}/cells/{layer}/{cell}/objects/", response=ObjectsOut)
def objects_of_cell(request: Request, code: str, layer: str, cell: str) -> dict[str, Any]:
    """People, homes, bodies, open events and things of a cell, as numbers alone."""
    place, known = cells.village_for(request.actor, code), cells.find_layer(layer)
    return _objects(request, place, known, cells.cell_named(place, known, cell))


def _objects(request: Request, place: Any, layer: Any, cell: Any) -> dict[str, Any]:
    found = objects.objects_of(place, layer, cell, localdate(), request.actor)
    return {
        **plain(found, "people", "homes", "bodies", "events", "stops", "things"),
        "parts": [one.code for one in objects.places_in(place, layer, cell.code)],
    }


@router.post("/villages/{code}/cells/{layer}/{cell}/parts", response=ObjectsOut)
def put_parts(request: Request, code: str, layer: str, cell: str, given: PartsIn) -> dict[str, Any]:
    """Say which groups and buildings lie in a cell."""
    place, known = cells.village_for(request.actor, code), cells.find_layer(layer)
    at = cells.cell_named(place, known, cell)
    ids = dict(places.parts_of(place).values_list("code", "pk"))
    if unknown := [one for one in given.parts if one not in ids]:
        raise Invalid({"parts": unknown})
    wanted = [ids[one] for one in given.parts]
    parts.put_parts(place, CellKey(layer, at.code), wanted, actor=request.actor, now=timezone.now())
    return _objects(request, place, known, at)


@router.get("/duties/", response=DutiesOut)
def list_duties(request: Request, asked: Query[DutiesIn]) -> dict[str, Any]:
    """Which posts look after which cells, the latest first; `ended=true` adds those relieved."""
    require_somewhere(request.actor, permits.SEE)
    found = cells.visible_duties(request.actor).select_related("layer", "post")
    if asked.village:
        found = found.filter(path=cells.village_for(request.actor, asked.village).path)
    if not asked.ended:
        found = found.filter(cells.holding_on(localdate()))
    return paged(found, NEWEST, asked, shown)


@router.post("/duties/", response={201: DutyOut})
def name_duty(request: Request, given: DutyIn) -> Status[dict[str, Any]]:
    """Let a post look after a cell."""
    cells.village_for(request.actor, given.village)
    place = places.open_place(given.village)
    require(request.actor, permits.KEEP, at=place.path)
    choices = cells.post_choices(request.actor, place, localdate())
    form = DutyForm(given.dict(), posts=choices)
    form.accepted()
    made = duties.name_duty(
        place, CellKey(given.layer, given.cell), form.facts, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, shown(cells.get_duty(request.actor, made.pk)))


@router.post("/duties/{int:duty_id}/end", response=DutyOut)
def end_duty(request: Request, duty_id: int, given: DutyEndIn) -> dict[str, Any]:
    """Relieve a post of a cell."""
    duty = cells.get_duty(request.actor, duty_id)
    require(request.actor, permits.KEEP, at=duty.path)
    said = DutyEndForm(given.dict()).accepted()
    duties.end_duty(
        duty, on=said["on"], edition=said["edition"], actor=request.actor, now=timezone.now()
    )
    return shown(cells.get_duty(request.actor, duty_id))
