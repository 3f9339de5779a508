"""Layers of cells are begun, called otherwise and closed by the city; what is drawn in them ends with them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from linli.kernel.errors import Stale
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places import permits, queries, services
from linli.places.errors import LayerClosed, LayerNeeded
from linli.places.models import Cell, Layer, Place
from linli.places.testing import NOON, make_village
from linli.places.types import CellShape
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
CITY = make_actor("city lead", permits.DRAW, at="441900/")
TOWN = make_actor("town lead", permits.DRAW, at="441900/441900005/")
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[113, 22], [113.1, 22], [113.1, 22.1], [113, 22.1], [113, 22]]],
}
WORDS = {"name": "消防网格", "name_en": "Fire cells", "must_cover": "on"}


def begun(key: str = "fire") -> Layer:
    return services.make_layer(
        key, name="消防", name_en="Fire", may_overlap=False, actor=CITY, now=NOON
    )


def drawn(layer: Layer, village: Place) -> Cell:
    return services.draw_cell(
        layer, village, CellShape("c1", "一", SQUARE), valid_from=date(2026, 10, 1), actor=CITY,
        now=NOON,
    )  # fmt: skip


def test_the_city_begins_a_layer_by_page_and_program_and_a_town_does_not() -> None:
    body = {"key": "flood", "name": "防汛", "name_en": "Flood cells", "must_cover": False}

    page = client_of(CITY).post(
        "/en/register/layers/new/", {"layer_key": "fire", **WORDS, "key": str(uuid4())}
    )
    call = post_json(client_of(CITY), "/api/v1/places/layers/new", body)
    again = post_json(client_of(CITY), "/api/v1/places/layers/new", body)
    refused = post_json(client_of(TOWN), "/api/v1/places/layers/new", {**body, "key": "x"})

    assert (page.status_code, call.status_code, refused.status_code) == (303, 201, 403)
    assert again.status_code == 422 and "key" in again.json()["fields"]
    made = {one.key: (one.must_cover, one.may_overlap) for one in Layer.objects.all()}
    assert made == {"fire": (True, False), "flood": (False, False)}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_the_same_layer_at_once_one_is_told_that_there_is_one() -> None:
    assert sorted(at_once(begun, begun)) == ["", "invalid"]
    assert Layer.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "told"),
    [("Fire", "small letters, digits and hyphens"), ("fire_a", "small letters, digits and hyphens"),
     ("new", "kept for the pages"), ("fire", "has this key already")],
)  # fmt: skip
def test_a_key_that_cannot_be_is_told_why_by_page_and_program(key: str, told: str) -> None:
    layer, body = begun(), {"name": "防汛", "name_en": "Flood cells"}

    page = client_of(CITY).post(
        "/en/register/layers/new/", {"layer_key": key, **WORDS, "key": str(uuid4())}
    )
    call = post_json(client_of(CITY), "/api/v1/places/layers/new", {**body, "key": key})

    assert (page.status_code, call.status_code) == (422, 422)
    assert told in page.content.decode() and call.json()["fields"]["key"]
    assert list(Layer.objects.all()) == [layer]


def test_a_layer_is_called_otherwise_and_what_somebody_saved_meanwhile_stays() -> None:
    layer, client = begun(), client_of(CITY)

    for _time in range(2):
        sent = client.post(
            "/en/register/layers/fire/", {**WORDS, "version": 1, "key": str(uuid4())}
        )

    layer.refresh_from_db()
    assert (sent.status_code, layer.name, layer.version) == (409, "消防网格", 2)


def test_a_layer_closes_with_its_cells_and_nobody_draws_in_it_any_more() -> None:
    layer, village = begun(), make_village()
    cell, client = drawn(layer, village), client_of(CITY)
    told = client.get("/en/register/layers/fire/").content.decode()

    with pytest.raises(Stale):
        services.close_layer(layer, version=1, cells=0, actor=CITY, now=NOON)
    assert Cell.objects.get(valid_to__isnull=True) == cell
    closed = client.post(
        "/en/register/layers/fire/close", {"version": 1, "cells": 1, "key": str(uuid4())}
    )

    assert "1 cells in 1 villages" in told and closed.status_code == 303
    layer.refresh_from_db()
    cell.refresh_from_db()
    assert (layer.closed_on, cell.valid_to) == (localdate(), localdate())
    assert list(queries.layers()) == [] and list(queries.layers(with_closed=True)) == [layer]
    with pytest.raises(LayerClosed):
        drawn(layer, village)
    assert Cell.objects.count() == 1


def test_the_layers_that_the_program_counts_by_stay() -> None:
    layer = begun("unit")

    with pytest.raises(LayerNeeded):
        services.close_layer(layer, version=1, cells=0, actor=CITY, now=NOON)
    body = {"version": 1, "cells": 0}
    call = post_json(client_of(CITY), "/api/v1/places/layers/unit/close", body)
    page = client_of(CITY).get("/zh-hans/register/layers/unit/").content.decode()

    assert "不能关闭" in page
    layer.refresh_from_db()
    assert (call.status_code, layer.closed_on) == (409, None)


def test_the_pages_of_layers_open_in_both_languages() -> None:
    begun()

    for language in ("zh-hans", "en"):
        for page in ("", "new/", "fire/"):
            assert client_of(CITY).get(f"/{language}/register/layers/{page}").status_code == 200
