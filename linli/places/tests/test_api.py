"""The JSON API on places."""

from datetime import date

import pytest
from django.test import Client

from linli.kernel.permits import system_actor
from linli.places import services
from linli.places.models import Place
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import NOON, make_town, make_village, seed

pytestmark = pytest.mark.django_db


def test_the_official_villages_are_609_and_the_invented_ones_come_on_demand() -> None:
    seed(invented=True)

    official = Client().get("/api/v1/places/?level=village&limit=1").json()
    both = Client().get("/api/v1/places/?level=village&limit=1&demo=include").json()

    assert (official["count"], both["count"]) == (609, 612)
    assert official["items"][0]["code"] == "441900003001"
    assert official["next"]


def test_the_cursor_walks_through_every_village_once() -> None:
    seed()
    codes, cursor = [], ""
    while cursor is not None:
        answer = Client().get(f"/api/v1/places/?level=village&limit=200&cursor={cursor}").json()
        codes += [item["code"] for item in answer["items"]]
        cursor = answer["next"]

    assert len(codes) == len(set(codes)) == 609
    assert codes == sorted(codes)


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "cursor=%21%21", "level=street"])
def test_a_list_refuses_what_it_cannot_read(query: str) -> None:
    answer = Client().get(f"/api/v1/places/?{query}")

    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
    assert answer.json()["fields"]


def test_a_point_finds_its_village() -> None:
    seed()

    inside = Client().get("/api/v1/places/locate/?lon=113.80309&lat=22.97386").json()
    outside = Client().get("/api/v1/places/locate/?lon=0&lat=0").json()

    assert inside["code"] == inside["place"]["code"] == "441900003001"
    assert outside == {"code": None, "place": None}


def test_an_unknown_code_is_not_found() -> None:
    answer = Client().get("/api/v1/places/441900999999/")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_an_ended_place_is_answered_with_its_last_day_and_what_followed() -> None:
    make_town()
    olds = list(Place.objects.filter(level="village"))
    services.merge_places(
        olds, into=NewPlace("441900005900", "新村", "New", "新村"),
        decree=Decree("示民〔2026〕1号", date(2026, 11, 1)), actor=system_actor("test"), now=NOON,
    )  # fmt: skip

    old = Client().get("/api/v1/places/441900005001/").json()
    new = Client().get("/api/v1/places/441900005900/").json()
    listed = Client().get("/api/v1/places/?level=village").json()

    assert (old["valid_to"], old["successors"]) == ("2026-11-01", ["441900005900"])
    assert (new["valid_from"], new["valid_to"], new["successors"]) == ("2026-11-01", None, [])
    assert [item["code"] for item in listed["items"]] == ["441900005900"]


@pytest.mark.parametrize("on", ["", "&on=2026-01-01"])
def test_places_are_narrowed_by_kind_and_by_a_part_of_the_name(on: str) -> None:
    make_village("441900005001")

    def codes(query: str) -> list[str]:
        answer = Client().get(f"/api/v1/places/?{query}{on}")
        return [item["code"] for item in answer.json()["items"]]

    village = make_village("441900005002")
    Place.objects.filter(pk=village.pk).update(name="鳌峙塘村", kind="urban_community")
    assert codes("q=鳌峙") == ["441900005002"]
    assert codes("q=441900005001") == ["441900005001"]
    assert codes("level=village&kind=urban_community") == ["441900005002"]
    assert Client().get(f"/api/v1/places/?kind=castle{on}").status_code == 422
