"""Addresses and shapes that others rely on: they stay, whatever is built beside them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from linli.demo.cast import VILLAGE_1
from tests.conftest import City

KINDS_OF_TOWNS = {"town", "subdistrict", "park"}
KINDS_OF_VILLAGES = {
    "village", "urban_community", "living_area", "statistical_community", "virtual_community",
}  # fmt: skip
LISTS = [
    "places/?level=village",
    "plan/tasks/",
    "plan/targets/",
    "plan/measures/",
    "rulebook/",
    "organisations/",
    "posts/",
    "log/heads/",
]


def get(path: str, **headers: str) -> Any:
    answer = Client().get(f"/api/v1/{path}", headers=headers)
    assert answer["Content-Type"].startswith("application/json"), answer.content
    return answer.json()


def walk(path: str) -> list[dict[str, Any]]:
    """Return what all pages of a list hold together."""
    page = get(path)
    found = list(page["items"])
    while page["next"]:
        page = get(f"{path}&cursor={page['next']}")
        found += page["items"]
    return found


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics", "/api/v1/openapi.json"])
def test_machines_find_how_the_service_is(city: City, address: str) -> None:
    assert Client().get(address).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_stand_under_their_language(city: City, language: str) -> None:
    answer = Client().get(f"/{language}/")

    assert answer.status_code == 200
    assert answer["Content-Language"] == language


@pytest.mark.parametrize(
    ("wanted", "to"), [("zh-CN,zh;q=0.9", "/zh-hans/"), ("en-GB", "/en/"), ("fr", "/zh-hans/")]
)
def test_the_bare_address_leads_to_the_readers_language(city: City, wanted: str, to: str) -> None:
    answer = Client().get("/", headers={"Accept-Language": wanted})

    assert (answer.status_code, answer["Location"]) == (302, to)
    assert "Accept-Language" in answer["Vary"]


def test_the_official_villages_are_609(city: City) -> None:
    found = get("places/?level=village")

    assert set(found) == {"count", "items", "next"}
    assert found["count"] == 609
    assert {"code", "name", "level", "kind", "parent"} <= set(found["items"][0])
    assert get("places/?level=village&demo=include")["count"] == 612


@pytest.mark.parametrize(
    ("level", "kinds"), [("town", KINDS_OF_TOWNS), ("village", KINDS_OF_VILLAGES)]
)
def test_places_are_of_the_kinds_that_were_agreed(city: City, level: str, kinds: set[str]) -> None:
    assert {place["kind"] for place in walk(f"places/?level={level}&limit=100")} == kinds


def test_one_place_and_the_place_of_a_point(city: City) -> None:
    assert get(f"places/{VILLAGE_1}/")["code"] == VILLAGE_1
    there = get("places/locate/?lon=113.75&lat=23.04")

    assert there["code"] == there["place"]["code"]
    assert there["place"]["level"] == "village"


def test_the_plan_has_20_tasks_34_targets_and_its_measures(city: City) -> None:
    tasks, targets = get("plan/tasks/?limit=100"), get("plan/targets/?limit=100")

    assert (tasks["count"], len(tasks["items"])) == (20, 20)
    shown = {"number", "group", "title", "lead", "participants", "targets"}
    assert [shown - set(task) for task in tasks["items"]] == [set()] * 20
    assert (targets["count"], len(targets["items"])) == (34, 34)
    assert get("plan/measures/")["count"] > 100


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("village.notice", None),
        ("election.turnout_min", {"op", "num", "den", "base"}),
        ("reps.households_per_rep", {"min", "max"}),
        ("village.call_demand", {"any"}),
    ],
)
def test_a_value_of_the_law_has_its_shape(city: City, key: str, form: set[str] | None) -> None:
    found = get(f"rulebook/{key}/?place={VILLAGE_1}&on=2026-11-24")

    assert {"value", "unit", "source", "certainty", "valid_from"} <= set(found)
    assert isinstance(found["value"], int) if form is None else set(found["value"]) == form


@pytest.mark.parametrize("path", LISTS)
def test_lists_have_one_shape_and_are_walked_by_their_cursor(city: City, path: str) -> None:
    mark = "&" if "?" in path else "?"
    first = get(f"{path}{mark}limit=1")

    assert set(first) == {"count", "items", "next"}
    assert len(first["items"]) == 1
    second = get(f"{path}{mark}limit=1&cursor={first['next']}") if first["next"] else None
    assert second is None or second["items"] != first["items"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("places/999/", 404, "not_found"),
        ("places/?level=planet", 422, "invalid"),
        ("rulebook/no.such.key/", 404, "unknown_parameter"),
        ("access/me/", 401, "sign_in_needed"),
        ("people/", 404, "not_found"),
        ("plan/tasks/?cursor=nonsense", 422, "invalid"),
    ],
)
def test_refusals_have_one_shape(city: City, path: str, status: int, code: str) -> None:
    answer = Client().get(f"/api/v1/{path}")

    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message", "fields"}
    assert answer.json()["code"] == code


def test_the_address_to_follow_by_knows_no_language(city: City) -> None:
    code = city.samples.by_route["follow/", "code"]

    answer = Client().get(f"/follow/{code}/", headers={"Accept-Language": "en"})

    assert answer["Location"] == f"/en/feedback/{code}/"


def test_a_printed_code_knows_no_language(city: City) -> None:
    code = city.samples.by_route["q/", "code"]

    answer = Client().get(f"/q/{code}", headers={"Accept-Language": "en"})

    assert answer["Location"] == f"/en/check/{code}/"
