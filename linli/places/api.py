"""JSON API on places. Places are public."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Query, Router, Schema

from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.web import Request
from linli.places import queries
from linli.places.models import Place
from linli.places.types import Level

router = Router(tags=["places"])
BY_CODE = Keyset("code", ("code", "id"))


class PlaceOut(Schema):
    code: str
    name: str
    name_en: str
    short_name: str
    level: str
    kind: str
    parent: str | None
    path: str
    lon: float | None
    lat: float | None
    is_invented: bool
    valid_from: date | None
    valid_to: date | None
    successors: list[str]

    @staticmethod
    def resolve_parent(place: Place) -> str | None:
        return place.parent.code if place.parent else None

    @staticmethod
    def resolve_successors(place: Place) -> list[str]:
        """Codes of what followed a place that ended."""
        return [each.code for each in queries.successors_of(place)]


class PlacesOut(Schema):
    count: int
    items: list[PlaceOut]
    next: str | None


class LocatedOut(Schema):
    code: str | None
    place: PlaceOut | None


class ListIn(Schema):
    level: str | None = None
    parent: str | None = None
    demo: str = ""
    limit: int | None = None
    cursor: str | None = None


@router.get("/places/", response=PlacesOut)
def list_places(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Places in the order of their codes. `demo=include` adds the invented ones."""
    if asked.level is not None and asked.level not in list(Level):
        raise Invalid({"level": [", ".join(Level)]})
    found = queries.all_places(with_invented=asked.demo == "include")
    if asked.level:
        found = found.filter(level=asked.level)
    if asked.parent:
        found = found.filter(parent__code=asked.parent)
    page = page_of(found, BY_CODE, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return {"count": page.count, "items": page.items, "next": page.next}


@router.get("/places/locate/", response=LocatedOut)
def locate(request: Request, lon: float, lat: float) -> dict[str, Any]:
    """The village around a point, by schematic outlines until the city loads its own."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid({"lon": ["-180 … 180"], "lat": ["-90 … 90"]})
    code = queries.locate(lon, lat)
    return {"code": code, "place": queries.get_place(code) if code else None}


@router.get("/places/{code}/", response=PlaceOut)
def get_place(request: Request, code: str) -> Place:
    """One place by its code."""
    return queries.get_place(code)
