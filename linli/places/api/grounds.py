"""Cells and outlines as GeoJSON; what is schematic says so in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Query, Schema

from linli.kernel.api import PagedIn, listed, paged
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.web import Request
from linli.places import queries
from linli.places.api.facts import ScopedIn, scope_of
from linli.places.api.routing import check_level, day_of, router
from linli.places.queries import records

BY_ID = Keyset("id", ("id",))
BY_KEY = Keyset("key", ("key", "id"))
BY_CELL = Keyset("code", ("code", "id"))
SCHEMATIC = "示意图，不作划界依据"
SCHEMATIC_EN = "Sketch only, no basis for boundaries"


class LayerOut(Schema):
    key: str
    name: str
    name_en: str
    must_cover: bool
    may_overlap: bool
    closed_on: date | None
    version: int


class LayersOut(Schema):
    count: int
    items: list[LayerOut]
    next: str | None


class CellsIn(ScopedIn):
    layer: str = ""


class CellOut(Schema):
    layer: str
    place: str
    code: str
    name: str
    households: int | None
    valid_from: date
    valid_to: date | None
    why: str
    version: int
    geometry: dict[str, Any]


class CellsOut(Schema):
    count: int
    items: list[CellOut]
    next: str | None


class OutlinesIn(ScopedIn):
    level: str | None = None


class OutlineWords(Schema):
    code: str
    name: str
    name_en: str
    level: str
    is_schematic: bool
    label: str | None
    label_en: str | None
    source: str
    valid_from: date | None
    valid_to: date | None


class OutlineOut(Schema):
    type: str
    geometry: dict[str, Any]
    properties: OutlineWords


class OutlinesOut(Schema):
    count: int
    items: list[OutlineOut]
    next: str | None


@router.get("/places/layers/", response=LayersOut)
def list_layers(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """The layers of cells, those that were closed with the day."""
    every = queries.layers(with_closed=True)
    page = page_of(every, BY_KEY, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, layer_out)


def layer_out(layer: Any) -> dict[str, Any]:
    """Return a layer as the API shows it."""
    return {name: getattr(layer, name) for name in LayerOut.model_fields}


@router.get("/places/cells/", response=CellsOut)
def list_cells(request: Request, asked: Query[CellsIn]) -> dict[str, Any]:
    """The cells of today or of a day in the order of their codes; `layer` is a key of the layers."""
    layer = queries.get_layer(asked.layer).key if asked.layer else ""
    found = records.cells_in(scope_of(asked), layer=layer, on=day_of("on", asked.on))
    page = page_of(found, BY_CELL, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, cell_out)


def cell_out(cell: Any) -> dict[str, Any]:
    """Return a cell as the API shows it; its layer and place are read with it."""
    return {
        "layer": cell.layer.key, "place": cell.place.code, "code": cell.code, "name": cell.name,
        "households": cell.households, "valid_from": cell.valid_from, "valid_to": cell.valid_to,
        "why": cell.why, "version": cell.version, "geometry": cell.geometry,
    }  # fmt: skip


@router.get("/places/outlines/", response=OutlinesOut)
def list_outlines(request: Request, asked: Query[OutlinesIn]) -> dict[str, Any]:
    """The outlines of today or of a day, each a GeoJSON Feature in WGS-84."""
    check_level(asked.level)
    found = records.outlines_in(scope_of(asked), level=asked.level or "", on=day_of("on", asked.on))
    return paged(found, BY_ID, asked, _feature)


def _feature(outline: Any) -> dict[str, Any]:
    place, is_schematic = outline.place, outline.is_schematic
    return {
        "type": "Feature", "geometry": outline.geometry,
        "properties": {
            "code": place.code, "name": place.name, "name_en": place.name_en,
            "level": place.level, "is_schematic": is_schematic,
            "label": SCHEMATIC if is_schematic else None,
            "label_en": SCHEMATIC_EN if is_schematic else None, "source": outline.source,
            "valid_from": outline.valid_from, "valid_to": outline.valid_to,
        },
    }  # fmt: skip
