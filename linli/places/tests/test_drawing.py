"""A cell is drawn by its corners, checked against its neighbours, and dated as an import is."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import localdate

from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places import permits, queries, services
from linli.places.ground import shape_fault
from linli.places.models import Cell, Layer, Outline, Place
from linli.places.queries.cells import drawn_faults
from linli.places.rules.corners import (
    NoCorner,
    area_of,
    corners_of,
    ground_of,
    next_number,
    rings_of,
    text_of,
)
from linli.places.testing import NOON, make_town, make_village
from linli.places.types import CellShape
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
LEAD = make_actor("town lead", permits.DRAW, at="441900/441900005/")
WEST = "113.70, 22.90\n113.75, 22.90\n113.75, 23.00\n113.70, 23.00"
EAST = "113.75, 22.90\n113.80, 22.90\n113.80, 23.00\n113.75, 23.00"
# 0.0005 degrees short of its neighbour, and as much over it
SHORT, OVER = EAST.replace("113.75", "113.7505"), EAST.replace("113.75", "113.7495")
BOW = "113.7, 22.9\n113.8, 23.0\n113.8, 22.9\n113.7, 23.0"


def ground(*, is_schematic: bool = True) -> tuple[Place, Layer]:
    """A village of two halves in a layer that covers it, its west drawn."""
    place = make_village()
    whole = area_of(corners_of("113.7 22.9\n113.8 22.9\n113.8 23.0\n113.7 23.0"))
    Outline.objects.create(place=place, geometry=whole, is_schematic=is_schematic, source="test")
    layer = Layer.objects.create(key="social", name="社会服务网格", name_en="Social cells")
    Layer.objects.filter(pk=layer.pk).update(must_cover=True)
    layer.refresh_from_db()
    shape = CellShape("W", "West", area_of(corners_of(WEST)), 400)
    services.draw_cell(layer, place, shape, valid_from=date(2026, 1, 5), actor=LEAD, now=NOON)
    return place, layer


def typed(corners: str = EAST, **more: object) -> dict[str, object]:
    return {
        "code": "E", "name": "East", "households": "350", "valid_from": localdate().isoformat(),
        "corners": corners, "version": "0", "step": "save", "key": str(uuid4()), **more,
    }  # fmt: skip


def url(place: Place, more: str = "") -> str:
    return f"/en/register/places/{place.code}/cells/social/draw/{more}"


@pytest.mark.parametrize(
    ("text", "line"),
    [("113.7, 22.9\nnorth\n113.8, 23", 2), ("1,2\n3,4", 0), ("1,2\n3,4\n200,5", 3),
     ("1,2\n3,4\n5,6,7", 3), ("1,2\n3,4\nnan,5", 3), ("", 0)],
)  # fmt: skip
def test_a_line_that_is_no_corner_is_named(text: str, line: int) -> None:
    with pytest.raises(NoCorner) as fault:
        corners_of(text)

    assert fault.value.line == line


def test_corners_are_read_as_people_write_them_and_closed_once() -> None:
    told = corners_of("113.7，22.9\n113.8 22.9;\n\n113.8,23.0\n113.7, 22.9")

    assert told == [(113.7, 22.9), (113.8, 22.9), (113.8, 23.0)]
    assert corners_of(text_of(area_of(told)) or "") == told
    assert next_number("441900005001", ["441900005001007"], 3) == "441900005001008"


def test_rings_are_holes_inside_and_islands_beside_and_are_written_as_they_were_read() -> None:
    square = "0, 0\n10, 0\n10, 10\n0, 10"
    hole, islet = "2, 2\n4, 2\n4, 4\n2, 4", "2.5, 2.5\n3, 2.5\n3, 3"
    island = "20, 0\n30, 0\n30, 10"

    read = rings_of(f"{hole}\n---\n{square}\n ——— \n{islet}\n==\n{island}\n---\n")
    made = ground_of(read)

    assert [len(ring) for ring in read] == [4, 4, 3, 3]
    assert made["type"] == "MultiPolygon"
    assert [len(rings) for rings in made["coordinates"]] == [2, 1, 1]
    assert shape_fault(made) == ""
    again = ground_of(rings_of(text_of(made)))
    assert again == made and "\n---\n" in text_of(made)
    assert ground_of(rings_of(square)) == area_of(corners_of(square))


def test_a_wrong_line_is_counted_over_all_rings_and_too_many_are_refused() -> None:
    ring = "1, 1\n2, 1\n2, 2"

    for text, line in ((f"{ring}\n---\n1, 1\nnorth", 6), (f"{ring}\n---\n1, 1", 0),
                       ("\n---\n".join([ring] * 21), 0)):  # fmt: skip
        with pytest.raises(NoCorner) as fault:
            rings_of(text)
        assert fault.value.line == line


@pytest.mark.parametrize(
    ("corners", "overlaps", "has_slivers", "is_clean"),
    [(EAST, [], False, True), (SHORT, [], True, False), (OVER, ["W"], False, False)],
)
def test_a_cell_is_checked_against_its_neighbours(
    corners: str, overlaps: list[str], has_slivers: bool, is_clean: bool
) -> None:
    place, layer = ground()

    found = drawn_faults(
        place,
        layer,
        CellShape("E", "East", area_of(corners_of(corners)), 400),
        on=date(2026, 8, 10),
    )

    assert found.overlaps == overlaps and bool(found.slivers) is has_slivers
    assert found.is_clean is is_clean


def test_ground_that_is_not_drawn_yet_is_no_fault_and_sizes_are() -> None:
    place, layer = ground()
    half = area_of(corners_of("113.75 22.9\n113.8 22.9\n113.8 22.95\n113.75 22.95"))

    found = drawn_faults(place, layer, CellShape("E", "East", half, 700), on=date(2026, 8, 10))

    assert not found.slivers and round(found.gap, 2) == 0.25
    assert found.is_big and not found.is_small and not found.is_clean


def test_a_cell_is_saved_once_it_is_clean_and_dated() -> None:
    place, _layer = ground()
    client = client_of(LEAD)

    checked = client.post(url(place), typed(step="check")).content.decode()
    assert "It fits its neighbours" in checked and Cell.objects.count() == 1
    saved = client.post(url(place), typed())

    cell = Cell.objects.get(code="E")
    assert saved.status_code == 303 and saved["Location"].endswith("?layer=social")
    assert (cell.valid_from, cell.valid_to, cell.households) == (localdate(), None, 350)


def test_what_is_wrong_is_shown_first_and_saved_only_once_it_was_seen() -> None:
    place, _layer = ground()
    client = client_of(LEAD)

    shown = client.post(url(place), typed(OVER))
    page = shown.content.decode()
    assert shown.status_code == 422 and "It covers ground of W" in page and 'name="is_seen"' in page
    assert not Cell.objects.filter(code="E").exists()
    client.post(url(place), typed(OVER, is_seen="on"))

    assert Cell.objects.filter(code="E").exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [({"corners": BOW}, "The border crosses itself near 113.75"), ({"corners": "1,2"}, "corners"),
     ({"corners": "1,1\n2,2\n3,3"}, "no ground"), ({"valid_from": "2099-01-01"}, "up to today"),
     ({"code": "W"}, "drawn already"), ({"name": ""}, "cell called"),
     ({"households": "-1"}, "households")],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_told_and_what_was_typed_stays(
    given: dict[str, Any], words: str
) -> None:
    place, _layer = ground()

    answer = client_of(LEAD).post(url(place), typed(is_seen="on", **given))

    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert 'value="East"' in page or given.get("name") == ""
    assert Cell.objects.count() == 1


def test_a_code_of_another_village_is_told_beside_the_code() -> None:
    _place, _layer = ground()
    other = Place.objects.get(code=make_town(villages=2).code + "002")

    answer = client_of(LEAD).post(url(other), typed(code="W", is_seen="on"))

    page = answer.content.decode()
    assert answer.status_code == 422 and "belongs to a cell of another village" in page
    assert "drawn already" not in page and Cell.objects.count() == 1


def test_an_official_outline_is_not_left() -> None:
    place, _layer = ground(is_schematic=False)
    away = EAST.replace("113.80", "113.90")

    answer = client_of(LEAD).post(url(place), typed(away, is_seen="on"))

    assert answer.status_code == 422 and "outside the village" in answer.content.decode()
    assert not Cell.objects.filter(code="E").exists()


def test_a_cell_drawn_anew_follows_the_one_before_and_the_second_editor_is_told() -> None:
    place, layer = ground()
    client, here = client_of(LEAD), url(place, "?cell=W")
    shown = client.get(here).content.decode()
    wider = WEST.replace("113.75", "113.76")

    client.post(here, typed(wider, code="W", name="West 2", version="1"))
    late = client.post(here, typed(wider, code="W", name="West 3", version="7"))

    assert "113.750000, 22.900000" in shown and 'value="West"' in shown
    rows = list(Cell.objects.order_by("pk").values_list("name", "valid_to"))
    assert rows == [("West", localdate()), ("West 2", None)]
    assert late.status_code in (409, 422)
    with pytest.raises(Stale):
        shape = CellShape("W", "x", area_of(corners_of(WEST)))
        services.draw_cell(
            layer, place, shape, valid_from=localdate(), version=9, actor=LEAD, now=NOON
        )


def test_a_cell_with_a_hole_and_an_island_is_drawn_on_the_page_and_opened_whole() -> None:
    place, _layer = ground()
    hole = "113.76, 22.92\n113.77, 22.92\n113.77, 22.93"
    parts = f"113.75, 22.90\n113.80, 22.90\n113.80, 22.94\n113.75, 22.94\n---\n{hole}\n---\n113.76, 22.96\n113.77, 22.96\n113.77, 22.97"
    client = client_of(LEAD)

    saved = client.post(url(place), typed(parts, is_seen="on"))

    cell = Cell.objects.get(code="E")
    assert saved.status_code == 303 and cell.geometry["type"] == "MultiPolygon"
    assert [len(rings) for rings in cell.geometry["coordinates"]] == [2, 1]
    shown = client.get(url(place, "?cell=E")).content.decode()
    assert shown.count("---") >= 2 and "113.760000, 22.960000" in shown


def test_drawn_twice_for_one_day_the_second_takes_the_place_of_the_first_and_says_why() -> None:
    place, layer = ground()
    client, here = client_of(LEAD), url(place, "?cell=E")
    client.post(url(place), typed())
    wider = EAST.replace("113.80", "113.79")

    asked = client.post(here, typed(wider, version="1", is_seen="on", name="East 2"))
    told = client.post(
        here, typed(wider, version="1", is_seen="on", name="East 2", why="画错了一角")
    )

    assert asked.status_code == 422 and "drawn again" in asked.content.decode()
    assert told.status_code == 303
    first, second = Cell.objects.filter(code="E").order_by("pk")
    assert (first.valid_from, first.valid_to) == (localdate(), localdate()) and first.why == ""
    assert (second.name, second.valid_to, second.why) == ("East 2", None, "画错了一角")
    assert [one.name for one in queries.cells_of(place, layer).filter(code="E")] == ["East 2"]
    with pytest.raises(Invalid):
        services.draw_cell(
            layer, place, CellShape("E", "x", area_of(corners_of(EAST)), None, "早一天"),
            valid_from=date(2026, 1, 5), actor=LEAD, now=NOON,
        )  # fmt: skip


def test_only_who_draws_there_finds_the_page_and_draws() -> None:
    place, layer = ground()
    for who, status in ((make_actor("clerk", permits.TEND), 403),
                        (make_actor("away", permits.DRAW, at="441900/441900006/"), 403)):  # fmt: skip
        assert client_of(who).get(url(place)).status_code == status
        assert client_of(who).post(url(place), typed()).status_code == status
    assert Client().get(url(place)).status_code in (302, 401, 403)
    with pytest.raises(NotAllowed):
        services.draw_cell(
            layer, place, CellShape("E", "E", area_of(corners_of(EAST))),
            valid_from=date(2026, 1, 5), actor=make_actor("clerk", permits.TEND), now=NOON,
        )  # fmt: skip

    assert Cell.objects.count() == 1
    assert client_of(LEAD).get(url(place, "?cell=X")).status_code == 404


def test_the_api_checks_and_draws_with_the_same_walls() -> None:
    place, _layer = ground()
    where = f"/api/v1/places/{place.code}/cells/social/"
    given = {
        "code": "E", "name": "East", "corners": [[113.7495, 22.9], [113.8, 22.9], [113.8, 23], [113.7495, 23]],
        "valid_from": localdate().isoformat(),
    }  # fmt: skip
    client = client_of(LEAD)

    checked = post_json(client, f"{where}check", given).json()
    refused = post_json(client, f"{where}draw", given)
    other = post_json(client_of(make_actor("clerk", permits.TEND)), f"{where}draw", given)

    assert (checked["is_clean"], checked["overlaps"]) == (False, ["W"])
    assert refused.status_code == 422 and list(refused.json()["fields"]) == ["is_seen"]
    assert other.status_code == 403 and Cell.objects.count() == 1
    made = post_json(client, f"{where}draw", {**given, "is_seen": True})
    assert made.status_code == 201 and made.json()["code"] == "E"
    hole = {
        "more": [[[113.76, 22.92], [113.77, 22.92], [113.77, 22.93]]],
        "version": 1,
        "is_seen": True,
    }
    assert post_json(client, f"{where}draw", {**given, **hole}).status_code == 422
    again = post_json(client, f"{where}draw", {**given, **hole, "why": "有个鱼塘"}).json()
    assert len(again["geometry"]["coordinates"]) == 2 and again["why"] == "有个鱼塘"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_draw_one_code_at_once_one_is_told() -> None:
    place, layer = ground()
    shape = CellShape("E", "East", area_of(corners_of(EAST)))

    def act() -> None:
        services.draw_cell(
            layer, place, shape, valid_from=date(2026, 1, 5), version=0, actor=LEAD, now=NOON
        )

    assert sorted(at_once(act, act)) == ["", Invalid.code]
    assert Cell.objects.filter(code="E").count() == 1


def feature(code: str, west: float, east: float, **more: object) -> dict[str, object]:
    ring = [[west, 22.9], [east, 22.9], [east, 23], [west, 23], [west, 22.9]]
    return {
        "type": "Feature", "properties": {"code": code, "name": code, **more},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip


def test_the_api_loads_all_cells_or_none_and_closes_one_once() -> None:
    place, _layer = ground()
    where, client = f"/api/v1/places/{place.code}/cells/social/", client_of(LEAD)
    given = {
        "type": "FeatureCollection", "valid_from": localdate().isoformat(),
        "features": [feature("N1", 113.76, 113.77, households=320), feature("N2", 113.77, 113.78)],
    }  # fmt: skip
    broken = {**given, "features": [given["features"][0], {"type": "Feature"}]}

    refused = post_json(client, f"{where}load", broken)
    stranger = post_json(client_of(make_actor("clerk", permits.TEND)), f"{where}load", given)

    assert refused.status_code == 422 and "features" in refused.json()["fields"]
    assert stranger.status_code == 403 and Cell.objects.count() == 1
    assert post_json(client, f"{where}load", given).json() == {"count": 2}
    assert Cell.objects.get(code="N1").households == 320

    stale = post_json(client, f"{where}N1/close", {"version": 9})
    unknown = post_json(client, f"{where}X/close", {"version": 1})
    closed = post_json(client, f"{where}N1/close", {"version": 1})
    again = post_json(client, f"{where}N1/close", {"version": 1})

    assert (stale.status_code, unknown.status_code, again.status_code) == (409, 404, 404)
    assert closed.json()["valid_to"] == localdate().isoformat()
