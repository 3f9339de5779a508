"""Layers of cells over the API: made, called otherwise, closed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Field, Schema, Status

from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import permits, queries, services
from linli.places.api.grounds import LayerOut, layer_out
from linli.places.api.routing import router
from linli.places.forms.layers import LayerForm


class LayerIn(Schema):
    """How a layer is called and ruled; `version` is that of the layer that is changed."""

    version: int
    name: str
    name_en: str
    must_cover: bool
    may_overlap: bool


class NewLayerIn(Schema):
    """A layer for the whole city; `key` (small letters, digits, hyphens) stands in addresses and never changes."""

    key: str = Field(max_length=50)
    name: str
    name_en: str
    must_cover: bool = True
    may_overlap: bool = False


class CloseLayerIn(Schema):
    """`cells` is how many cells of today end with it (`GET /places/layers/{key}/`)."""

    version: int
    cells: int


class LayerDrawnOut(LayerOut):
    """A layer with how many cells of today it has, and in how many villages."""

    cells: int
    villages: int


@router.get("/places/layers/{key}/", response=LayerDrawnOut)
def get_layer(request: Request, key: str) -> dict[str, Any]:
    """One layer, and what would end with it."""
    layer = queries.get_layer(key)
    cells, villages = queries.drawn_in(layer)
    return {**layer_out(layer), "cells": cells, "villages": villages}


@router.post("/places/layers/new", response={201: LayerOut})
def make_layer(request: Request, given: NewLayerIn) -> Status[dict[str, Any]]:
    """Begin a layer for the whole city."""
    require(request.actor, permits.DRAW, at=CITY_PATH)
    said = LayerForm(given.dict()).accepted()
    made = services.make_layer(given.key, **said, actor=request.actor, now=timezone.now())
    return Status(201, layer_out(made))


@router.post("/places/layers/{key}/change", response=LayerOut)
def change_layer(request: Request, key: str, given: LayerIn) -> dict[str, Any]:
    """Call a layer otherwise, or let its cells overlap or leave gaps."""
    require(request.actor, permits.DRAW, at=CITY_PATH)
    layer, form = queries.get_layer(key), LayerForm(given.dict())
    form.accepted()
    changed = services.change_layer(
        layer, form.words, version=given.version, actor=request.actor, now=timezone.now()
    )
    return layer_out(changed)


@router.post("/places/layers/{key}/close", response=LayerOut)
def close_layer(request: Request, key: str, given: CloseLayerIn) -> dict[str, Any]:
    """Close a layer today, with its cells of today."""
    closed = services.close_layer(
        queries.get_layer(key), version=given.version, cells=given.cells, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return layer_out(closed)
