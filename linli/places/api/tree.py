"""Places one by one and as lists, of today or of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ninja import Query, Schema

from linli.kernel.api import PagedIn, listed, one_of
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request
from linli.places import queries
from linli.places.api.routing import BY_CODE, check_level, day_of, router
from linli.places.types import Kind


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


class PlacesOut(Schema):
    count: int
    items: list[PlaceOut]
    next: str | None


class LocatedOut(Schema):
    code: str | None
    place: PlaceOut | None


class ListIn(PagedIn):
    level: str | None = None
    kind: str = ""
    q: str = ""
    parent: str | None = None
    on: str | None = None
    demo: str = ""


def outs(places: Sequence[Any]) -> list[dict[str, Any]]:
    """Return places of today, or of a day, as the API writes them; one query for what followed."""
    followers = queries.followers_of(place.id for place in places if place.valid_to)
    return [
        {
            **{
                name: getattr(place, name) for name in PlaceOut.model_fields if hasattr(place, name)
            },
            "parent": place.path.strip("/").rpartition("/")[0].rpartition("/")[2] or None,
            "successors": followers.get(place.id, []),
        }
        for place in places
    ]


@router.get("/places/", response=PlacesOut)
def list_places(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Places in the order of their codes. `demo=include` adds the invented ones.

    `q` is a part of the name or the beginning of the code.

    With `on` they are as they were on that day: names, kinds and paths of then.
    """
    check_level(asked.level)
    one_of("kind", asked.kind, Kind)
    if asked.on:
        return _then(asked)
    found = queries.filtered(
        level=asked.level or "", kind=asked.kind, word=asked.q.strip(),
        with_invented=asked.demo == "include",
    )  # fmt: skip
    if asked.parent:
        found = found.filter(parent__code=asked.parent)
    page = page_of(found, BY_CODE, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, items=outs(page.items))


def _then(asked: ListIn) -> dict[str, Any]:
    on = day_of("on", asked.on)
    found = queries.then(on, with_invented=asked.demo == "include")
    if asked.level:
        found = found.filter(level=asked.level)
    if asked.kind:
        found = found.filter(kind_then=asked.kind)
    if word := asked.q.strip():
        found = queries.then_named(found, word)
    if asked.parent:
        found = queries.directly_below(
            found, queries.named_on([asked.parent], on).get(asked.parent)
        )
    page = page_of(found, BY_CODE, cursor=asked.cursor, limit=clean_limit(asked.limit))
    items = outs([queries.as_then(place) for place in page.items])
    return listed(page, items=items)


@router.get("/places/locate/", response=LocatedOut)
def locate(request: Request, lon: float, lat: float) -> dict[str, Any]:
    """The village around a point, by schematic outlines until the city loads its own."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid({"lon": ["-180 … 180"], "lat": ["-90 … 90"]})
    code = queries.locate(lon, lat)
    return {"code": code, "place": outs([queries.get_place(code)])[0] if code else None}


@router.get("/places/{code}/", response=PlaceOut)
def get_place(request: Request, code: str) -> dict[str, Any]:
    """One place by its code."""
    return outs([queries.get_place(code)])[0]
