"""Layers of cells of the city: made, called and ruled otherwise, closed with what is drawn in them."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.events import publish
from linli.kernel.locks import hold
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, require
from linli.places import permits
from linli.places.errors import LayerClosed, LayerNeeded
from linli.places.events import CellsEnded
from linli.places.models import Cell, Layer
from linli.places.types import NEEDED_LAYERS, LayerWords
from linli.trail.services import record

# a word of the addresses
NOT_KEYS = ("new",)
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@transaction.atomic
def make_layer(
    key: str, *, name: str, name_en: str, may_overlap: bool, must_cover: bool = True, actor: Actor,
    now: datetime,
) -> Layer:  # fmt: skip
    """Add a layer for the whole city. Refuses with NotAllowed, Invalid."""
    require(actor, permits.DRAW, at=CITY_PATH)
    hold("places.layers")
    if fault := _fault_of(key):
        raise Invalid({"key": [fault]})
    layer = Layer.objects.create(
        key=key, name=name, name_en=name_en, may_overlap=may_overlap, must_cover=must_cover
    )
    record("places.layer_made", on=layer, actor=actor, now=now, key=key)
    return layer


@transaction.atomic
def change_layer(
    layer: Layer, words: LayerWords, *, version: int, actor: Actor, now: datetime
) -> Layer:
    """Call a layer otherwise, or let its cells overlap or leave gaps; its cells stay.

    Refuses with NotAllowed, LayerClosed, Stale.
    """
    layer = _locked(layer, version, actor)
    before = layer.name
    layer.name, layer.name_en = words.name, words.name_en
    layer.must_cover, layer.may_overlap = words.must_cover, words.may_overlap
    layer.version += 1
    layer.save(update_fields=["name", "name_en", "must_cover", "may_overlap", "version"])
    record("places.layer_changed", on=layer, actor=actor, now=now, key=layer.key, before=before,
           after=layer.name)  # fmt: skip
    return layer


@transaction.atomic
def close_layer(layer: Layer, *, version: int, cells: int, actor: Actor, now: datetime) -> Layer:
    """Close a layer from today on; its cells of today, as many as were told, end with it.

    Refuses with NotAllowed, LayerClosed, LayerNeeded, Stale.
    """
    layer, today = _locked(layer, version, actor), localdate(now)
    if layer.key in NEEDED_LAYERS:
        raise LayerNeeded(name=layer.name)
    drawn = Cell.objects.filter(layer=layer, valid_to__isnull=True)
    if drawn.update(valid_to=Greatest(F("valid_from"), today), version=F("version") + 1) != cells:
        raise Stale()
    layer.closed_on, layer.version = today, layer.version + 1
    layer.save(update_fields=["closed_on", "version"])
    record("places.layer_closed", on=layer, actor=actor, now=now, key=layer.key, cells=cells)
    publish(CellsEnded(layer.pk, ""))
    return layer


def _fault_of(key: str) -> str:
    if not KEY.fullmatch(key):
        return _("Only small letters, digits and hyphens between them, like fire-safety.")
    if key in NOT_KEYS:
        return _("This word is kept for the pages themselves. Choose another key.")
    if Layer.objects.filter(key=key).exists():
        return _("A layer has this key already, or had it.")
    return ""


def _locked(layer: Layer, version: int, actor: Actor) -> Layer:
    require(actor, permits.DRAW, at=CITY_PATH)
    layer = Layer.objects.select_for_update().get(pk=layer.pk)
    if layer.closed_on is not None:
        raise LayerClosed(name=layer.name, day=layer.closed_on)
    if layer.version != version:
        raise Stale()
    return layer
