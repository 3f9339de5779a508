"""Cells over the API: drawn and checked against their neighbours, loaded from GeoJSON, closed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Field, Schema, Status

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import permits, queries, services
from linli.places.api.grounds import CellOut, cell_out
from linli.places.api.routing import router
from linli.places.forms.cells import read_features
from linli.places.forms.drawing import SEE_FIRST, DrawForm
from linli.places.models import Layer, Place
from linli.places.queries.cells import cell_named, drawn_faults
from linli.places.rules.corners import NEXT_RING
from linli.places.types import CellShape

MOST_CELLS = 2000


class DrawIn(Schema):
    """A cell by its corners, (longitude, latitude) in order around it; `more` holds further rings,
    holes where they lie inside, else islands. `why` is asked where it was drawn for the same day before.

    `version` is that of the cell of today, 0 for a new one; with `is_seen` it is saved in spite of
    what `check` finds.
    """

    code: str
    name: str
    corners: list[tuple[float, float]]
    more: list[list[tuple[float, float]]] = []
    households: int | None = None
    valid_from: date
    version: int = 0
    is_seen: bool = False
    why: str = Field(default="", max_length=200)


class LoadIn(Schema):
    """A GeoJSON FeatureCollection; each feature has code and name and may have households."""

    valid_from: date
    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_CELLS)


class LoadedOut(Schema):
    count: int


class CloseIn(Schema):
    """`version` is that of the cell of today; without `valid_to` it ends today."""

    version: int
    valid_to: date | None = None


class DrawnFaultsOut(Schema):
    """What is wrong with a cell; `slivers` and `outside` are shares of it, `gap` of the village."""

    is_clean: bool
    overlaps: list[str]
    slivers: float
    outside: float
    gap: float
    is_small: bool
    is_big: bool


@router.post("/places/{code}/cells/{layer}/check", response=DrawnFaultsOut)
def check_cell(request: Request, code: str, layer: str, given: DrawIn) -> dict[str, Any]:
    """Say what would be wrong with a layer if a cell were drawn so; nothing is saved."""
    place, known = _there(request, code, layer)
    return _faults(place, known, _form(given))


@router.post("/places/{code}/cells/{layer}/draw", response={201: CellOut})
def draw_cell(request: Request, code: str, layer: str, given: DrawIn) -> Status[dict[str, Any]]:
    """Draw a cell, or let a new version of it follow from a day on."""
    place, known = _there(request, code, layer)
    form = _form(given)
    if not given.is_seen and not _faults(place, known, form)["is_clean"]:
        raise Invalid({"is_seen": [str(SEE_FIRST)]})
    made = services.draw_cell(
        known, place, form.shape, valid_from=form.cleaned_data["valid_from"],
        version=given.version, actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, cell_out(made))


@router.post("/places/{code}/cells/{layer}/load", response={201: LoadedOut})
def load_cells(request: Request, code: str, layer: str, given: LoadIn) -> Status[dict[str, int]]:
    """Draw every cell of a FeatureCollection, or none of them."""
    place, known = _there(request, code, layer)
    shapes = [CellShape(**one) for one in read_features(given.features)]
    count = services.import_cells(
        known, place, shapes, valid_from=given.valid_from, actor=request.actor, now=timezone.now()
    )
    return Status(201, {"count": count})


@router.post("/places/{code}/cells/{layer}/{cell}/close", response=CellOut)
def close_cell(
    request: Request, code: str, layer: str, cell: str, given: CloseIn
) -> dict[str, Any]:
    """End a cell on a day."""
    place, known = _there(request, code, layer)
    found = cell_named(place, known, cell)
    if found is None:
        raise NotFound(cell=cell)
    closed = services.close_cell(
        found, valid_to=given.valid_to or localdate(), version=given.version,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return cell_out(closed)


def _there(request: Request, code: str, layer: str) -> tuple[Place, Layer]:
    place = queries.open_place(code)
    require(request.actor, permits.DRAW, at=place.path)
    return place, queries.get_layer(layer)


def _form(given: DrawIn) -> DrawForm:
    rings = ("\n".join(f"{lon}, {lat}" for lon, lat in one) for one in (given.corners, *given.more))
    corners = f"\n{NEXT_RING}\n".join(rings)
    form = DrawForm(
        {**given.dict(), "corners": corners, "valid_from": given.valid_from.isoformat()}
    )
    form.accepted()
    return form


def _faults(place: Place, layer: Layer, form: DrawForm) -> dict[str, Any]:
    found = drawn_faults(place, layer, form.shape, on=localdate())
    return {**asdict(found), "is_clean": found.is_clean}
