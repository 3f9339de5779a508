"""Where Party work reaches, over the API. Who lacks level 6 finds nothing here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.kernel.api import listed, one_of, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.orgs import permits, queries
from linli.orgs.api.frame import ListIn, OnIn, place_for
from linli.orgs.forms.centres import DayForm
from linli.orgs.forms.party import CoverForm, SpotCountForm, SpotForm, UncoverForm
from linli.orgs.queries import coverage, party
from linli.orgs.queries.coverage import SpotRow
from linli.orgs.queries.register import must_keep_party
from linli.orgs.services import coverage as services
from linli.orgs.types import SpotKind
from linli.places import queries as places

router = Router()


class SpotOut(Schema):
    id: int
    place: str
    kind: str
    name: str
    reached_by: str | None
    formal: int | None


class SumOut(Schema):
    kind: str
    reached: int
    there: int


class SpotsOut(Schema):
    """`sums` count every spot at the place, not only those of this page."""

    count: int
    items: list[SpotOut]
    next: str | None
    sums: list[SumOut]


class SpotsIn(ListIn):
    kind: str = ""


@router.get("/spots/", response=SpotsOut)
def list_spots(request: Request, asked: Query[SpotsIn]) -> dict[str, Any]:
    """Groups, collectives, estates, parks and settlements, and what reaches them."""
    path = place_for(request.actor, asked.place, permits.PARTY)
    rows = coverage.spots(request.actor, path, on=localdate())
    kind = one_of("kind", asked.kind, SpotKind)
    page = page_of_rows(
        [row for row in rows if not kind or row.kind == kind],
        lambda row: str(row.id),
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    sums = [
        {"kind": word, "reached": reached, "there": there}
        for word, reached, there in coverage.coverage(rows)
    ]
    return {**listed(page, _spot), "sums": sums}


def _spot(row: SpotRow) -> dict[str, Any]:
    return {
        "place": code_of(row.path), "reached_by": row.by_code,
        **plain(row, "id", "kind", "name", "formal"),
    }  # fmt: skip


def _one(path: str, spot_id: int) -> dict[str, Any]:
    row = next((r for r in coverage.spots_below(path, localdate()) if r.id == spot_id), None)
    if row is None:
        raise NotFound(id=spot_id)
    return _spot(row)


class SpotIn(Schema):
    place: str
    kind: str
    name: str
    since: date


@router.post("/spots/", response={201: SpotOut})
def add_spot(request: Request, given: SpotIn) -> Status[dict[str, Any]]:
    """Enter a spot."""
    place = places.open_place(given.place)
    must_keep_party(request.actor, place.path)
    data = SpotForm(given.dict()).accepted()
    made = services.add_spot(
        place, kind=SpotKind(data["kind"]), name=data["name"], since=data["since"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _plain(made))


class CoverIn(Schema):
    organisation: str
    since: date


@router.post("/spots/{int:spot_id}/cover", response=SpotOut)
def cover_spot(request: Request, spot_id: int, given: CoverIn) -> dict[str, Any]:
    """Record which Party organisation reaches a spot."""
    spot = _kept(request, spot_id)
    rows = party.rows_below(spot.path, localdate())
    form = CoverForm(given.dict(), organisations=[(r.code, r.name) for r in rows])
    data = form.accepted()
    organisation = queries.get_organisation(request.actor, data["organisation"], on=localdate())
    services.cover_spot(
        spot, organisation, since=data["since"], actor=request.actor, now=timezone.now()
    )
    return _one(spot.path, spot_id)


class UncoverIn(Schema):
    organisation: str
    on: date


@router.post("/spots/{int:spot_id}/uncover", response=SpotOut)
def uncover_spot(request: Request, spot_id: int, given: UncoverIn) -> dict[str, Any]:
    """End that a Party organisation reaches a spot; the spot stays on the list."""
    spot = _kept(request, spot_id)
    links = {one.organisation.code: one for one in coverage.open_links(spot)}
    data = UncoverForm(given.dict(), organisations=[(key, key) for key in links]).accepted()
    services.uncover_spot(
        links[data["organisation"]], on=data["on"], actor=request.actor, now=timezone.now()
    )
    return _one(spot.path, spot_id)


class SpotCountIn(Schema):
    formal: int
    counted_on: date


@router.post("/spots/{int:spot_id}/count", response=SpotOut)
def count_spot(request: Request, spot_id: int, given: SpotCountIn) -> dict[str, Any]:
    """Enter how many formal members a spot has."""
    spot = _kept(request, spot_id)
    data = SpotCountForm(given.dict()).accepted()
    services.count_spot(spot, **data, actor=request.actor, now=timezone.now())
    return _one(spot.path, spot_id)


class ClosedSpotOut(Schema):
    id: int
    until: date


@router.post("/spots/{int:spot_id}/close", response=ClosedSpotOut)
def close_spot(request: Request, spot_id: int, given: OnIn) -> dict[str, Any]:
    """Take a spot off the list."""
    spot = _kept(request, spot_id)
    on = DayForm(given.dict()).accepted()["on"]
    spot = services.close_spot(spot, on=on, actor=request.actor, now=timezone.now())
    return {"id": spot.pk, "until": spot.until}


def _plain(spot: Any) -> dict[str, Any]:
    """A spot that was entered just now: nothing reaches it, nobody counted."""
    return {
        "id": spot.pk, "place": code_of(spot.path), "reached_by": None, "formal": None,
        **plain(spot, "kind", "name"),
    }  # fmt: skip


def _kept(request: Request, spot_id: int) -> Any:
    spot = coverage.get_spot(request.actor, spot_id)
    must_keep_party(request.actor, spot.path)
    return spot
