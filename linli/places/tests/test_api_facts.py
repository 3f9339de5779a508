"""The API on changes, decisions, cells, outlines and what followed a place."""

from datetime import date

import pytest
from django.test import Client

from linli.kernel.permits import system_actor
from linli.places import services
from linli.places.models import Cell, Layer, Outline, Place
from linli.places.services.changes import Decree, NewPlace
from linli.places.services.decisions import Ruling
from linli.places.testing import NOON, make_town, seed
from linli.places.types import Settlement

pytestmark = pytest.mark.django_db
ROBOT = system_actor("test")
DECREE = Decree("示民〔2026〕1号", date(2026, 11, 1), "合并理由")
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[113, 22], [113.1, 22], [113.1, 22.1], [113, 22.1], [113, 22]]],
}


def get(path: str) -> dict:
    answer = Client().get(f"/api/v1/places/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def place(code: str) -> Place:
    return Place.objects.get(code=code)


def split() -> None:
    make_town(villages=3)
    services.split_place(
        place("441900005001"), decree=DECREE, actor=ROBOT, now=NOON,
        parts=[
            NewPlace("441900005901", "东村", "East", "东村", weight=2),
            NewPlace("441900005902", "西村", "West", "西村", weight=1),
        ],
    )  # fmt: skip


def test_changes_are_dated_and_their_parts_have_weights_and_shares() -> None:
    split()
    services.rename_place(
        place("441900005002"), to=NewPlace("", "新名村", "New", "新名"), version=1, actor=ROBOT,
        now=NOON, decree=Decree("示民〔2026〕2号", date(2026, 11, 5)),
    )  # fmt: skip

    found = get("changes/")
    first = get("changes/?limit=1")
    second = get(f"changes/?limit=1&cursor={first['next']}")

    assert [one["kind"] for one in found["items"]] == ["rename", "split"]
    assert [first["items"][0]["id"], second["items"][0]["id"]] == [
        one["id"] for one in found["items"]
    ]
    assert found["items"][1]["parts"] == [
        {"old": "441900005001", "new": "441900005901", "weight": 2, "numerator": 2, "denominator": 3},
        {"old": "441900005001", "new": "441900005902", "weight": 1, "numerator": 1, "denominator": 3},
    ]  # fmt: skip
    assert get("changes/?place=441900005901")["count"] == 1
    assert get("changes/?place=441900005003")["items"] == []
    assert get("changes/?kind=merge")["items"] == []
    assert get("changes/?on=20261103")["count"] == 1


def test_what_followed_a_place_and_what_it_came_from() -> None:
    split()

    after = get("441900005001/successors/")
    before = get("441900005902/predecessors/")

    assert [(one["new"], one["numerator"], one["denominator"]) for one in after["items"]] == [
        ("441900005901", 2, 3), ("441900005902", 1, 3)
    ]  # fmt: skip
    assert (before["items"][0]["old"], before["items"][0]["kind"]) == ("441900005001", "split")
    assert get("441900005002/successors/") == {"count": 0, "items": [], "next": None}
    assert Client().get("/api/v1/places/441900005777/successors/").status_code == 404


def test_decisions_of_all_time_or_of_a_day() -> None:
    make_town()
    for value, day in ((Settlement.RURAL, 1), (Settlement.URBAN, 15)):
        services.decide_settlement(
            place("441900005001"), value, actor=ROBOT, now=NOON,
            ruling=Ruling(f"示民〔2026〕{day}号", date(2026, 10, day), date(2026, 10, day)),
        )  # fmt: skip

    every = get("decisions/?topic=settlement")
    then = get("decisions/?on=2026-10-10")

    assert [one["value"] for one in every["items"]] == ["urban", "rural"]
    assert [(one["value"], one["valid_to"]) for one in then["items"]] == [("rural", "2026-10-15")]
    assert "made_by" not in then["items"][0]
    assert get("decisions/?topic=category")["items"] == []


def test_cells_by_layer_and_day_never_make_an_unknown_number_a_zero() -> None:
    make_town()
    layer = Layer.objects.create(key="unit", name="单元网格", name_en="Unit cells")
    for code, ends in (("a", date(2026, 10, 1)), ("b", None)):
        Cell.objects.create(
            layer=layer, place=place("441900005001"), code=code, name=code, geometry=SQUARE,
            valid_from=date(2026, 1, 1), valid_to=ends,
        )  # fmt: skip

    assert [one["code"] for one in get("cells/")["items"]] == ["b"]
    then = get("cells/?on=20260601&layer=unit&place=441900005001")
    assert [(one["code"], one["households"]) for one in then["items"]] == [("a", None), ("b", None)]
    assert then["items"][0]["geometry"] == SQUARE
    assert get("cells/?town=441900006")["items"] == []
    assert Client().get("/api/v1/places/cells/?layer=none").status_code == 404
    assert get("layers/")["items"][0]["key"] == "unit"


def test_a_schematic_outline_says_so_and_the_citys_own_does_not() -> None:
    make_town()
    sketched = Outline.objects.create(place=place("441900005001"), geometry=SQUARE, source="x")
    services.import_outlines(
        {"441900005002": SQUARE}, source="市自然资源局", valid_from=date(2026, 11, 1), actor=ROBOT,
        now=NOON,
    )  # fmt: skip

    first, second = get("outlines/?level=village")["items"]

    assert (first["type"], first["properties"]["label"]) == ("Feature", "示意图，不作划界依据")
    assert first["geometry"] == sketched.geometry
    assert (second["properties"]["is_schematic"], second["properties"]["label"]) == (False, None)
    assert get("outlines/?level=village&on=20261031")["count"] == 1


def test_invented_places_come_on_demand_alone() -> None:
    seed(invented=True)

    assert get("outlines/?level=town&limit=100")["count"] == 36
    assert get("outlines/?level=town&limit=100&demo=include")["count"] == 37
    assert get("outlines/?place=441900990")["count"] == 1


@pytest.mark.parametrize(
    "query",
    ["changes/?kind=x", "changes/?on=x", "decisions/?topic=x", "outlines/?level=x",
     "cells/?on=20991231", "changes/?cursor=!!", "layers/?limit=0"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(query: str) -> None:
    answer = Client().get(f"/api/v1/places/{query}")

    assert answer.status_code == 422
    assert answer.json()["fields"]
