"""API of spots with printed codes: lamp posts, lifts and doors at which people report."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from linli.cases import permits
from linli.cases.models import ReportSpot
from linli.cases.queries.categories import ids_by_code
from linli.cases.queries.intake import MILLION, SPOTS_BY_TITLE, get_spot, visible_spots
from linli.cases.services.spots import SPOT, NewSpot, add_spots, end_spot
from linli.documents.queries import codes_of, printed_address
from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()


class SpotOut(Schema):
    """A spot: `address` is what its code holds; degrees of WGS-84, empty where they are not known."""

    code: str
    title: str
    title_en: str
    place: str
    lon: float | None
    lat: float | None
    address: str
    made_at: datetime
    ended_at: datetime | None


class SpotListOut(Schema):
    count: int
    items: list[SpotOut]
    next: str | None


class SpotIn(Schema):
    """A new spot; `category` is a code, `lon` and `lat` go together."""

    title: str = Field(min_length=1, max_length=80)
    title_en: str = Field(default="", max_length=120)
    lon: float | None = None
    lat: float | None = None
    category: str = ""


class SpotsIn(Schema):
    """Spots of a place, at most 200 at once."""

    place: str
    spots: list[SpotIn]


@router.get("/spots/", response=SpotListOut)
def spots(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """The spots that the caller keeps."""
    if not request.actor.holds(permits.SPOTS):
        raise NotFound()
    found = page_of(
        visible_spots(request.actor), SPOTS_BY_TITLE, cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(found, items=_out(found.items))


@router.post("/spots/", response={201: list[SpotOut]})
def add(request: Request, given: SpotsIn) -> Status[list[dict[str, Any]]]:
    """Give spots of a place their codes."""
    categories = ids_by_code(one.category for one in given.spots)
    new = [
        NewSpot(
            one.title.strip(), one.title_en.strip(),
            None if one.lon is None or one.lat is None else (one.lon, one.lat),
            categories[one.category],
        )
        for one in given.spots
    ]  # fmt: skip
    return Status(201, _out(add_spots(given.place, new, actor=request.actor, now=timezone.now())))


@router.post("/spots/{code}/end", response=SpotOut)
def end(request: Request, code: str) -> dict[str, Any]:
    """Take a spot down; its code then asks where it is."""
    spot = get_spot(request.actor, code)
    return _out([end_spot(spot, actor=request.actor, now=timezone.now())])[0]


def _out(rows: list[ReportSpot]) -> list[dict[str, Any]]:
    codes = codes_of(SPOT, [row.pk for row in rows])
    return [
        {
            "code": row.code, "title": row.title, "title_en": row.title_en,
            "place": code_of(row.path), "lon": _degrees(row.lon), "lat": _degrees(row.lat),
            "address": printed_address(codes[row.pk]),
            "made_at": row.made_at, "ended_at": row.ended_at,
        }
        for row in rows
    ]  # fmt: skip


def _degrees(millionths: int | None) -> float | None:
    return None if millionths is None else millionths / MILLION
