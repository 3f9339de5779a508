"""Changes of places and decisions on villages over the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places import permits, queries
from linli.places.models import Place, PlaceChange, PlaceDecision
from linli.places.testing import make_group, make_town
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
LEAD = make_actor("city lead", permits.CHANGE, at="441900/")
TOWN = make_actor("town", permits.DECIDE, permits.TEND, at="441900/441900005/")
VILLAGE = make_actor("clerk", permits.DECIDE, permits.TEND, at="441900/441900005/441900005001/")
HERE = "/api/v1/places/441900005001/"
DECREE = {"document": "示民发〔2026〕1号", "effective_on": "2026-11-01", "version": 1}
NEW = {"name": "新村村民委员会", "short_name": "新村", "name_en": "New Village"}
EAST = {"code": "441900005901", "name": "东村", "short_name": "东", "name_en": "East", "weight": 2}
WEST = {"code": "441900005902", "name": "西村", "short_name": "西", "name_en": "West"}
RULING = {"value": "rural", "document": "示府〔2026〕3号", "decided_on": "2026-10-20",
          "valid_from": "2026-11-01"}  # fmt: skip


def send(move: str, body: object, *, actor: Actor = LEAD, status: int = 200) -> Any:
    answer = post_json(client_of(actor), f"{HERE}{move}", body)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_preview_says_what_a_merge_touches_and_which_version_it_saw() -> None:
    make_town(villages=3)
    make_group(Place.objects.get(code="441900005001"))

    seen = client_of(LEAD).get(f"{HERE}preview/?kind=merge").json()

    assert (seen["version"], seen["below"], seen["cells"]) == (1, 1, 0)
    assert [one["code"] for one in seen["neighbours"]] == ["441900005002", "441900005003"]
    assert all(set(one) == {"title", "count", "moves"} for one in seen["hanging"])


def test_a_preview_of_a_split_names_what_is_below() -> None:
    make_town()
    group = make_group(Place.objects.get(code="441900005001"))

    seen = client_of(LEAD).get(f"{HERE}preview/?kind=split").json()

    assert seen["children"] == [{"code": group.code, "name": group.name}]
    assert seen["neighbours"] == []


@pytest.mark.parametrize("actor", [VILLAGE, TOWN])
@pytest.mark.parametrize("move", ["rename", "move", "merge", "split"])
def test_who_may_not_change_places_neither_sees_nor_does_it(actor: Actor, move: str) -> None:
    make_town(villages=3)
    bodies: dict[str, dict[str, object]] = {
        "rename": NEW, "move": {"under": "441900"}, "split": {"parts": [EAST, WEST]},
        "merge": {**NEW, "code": "441900005900", "others": ["441900005002"]},
    }  # fmt: skip

    seen = client_of(actor).get(f"{HERE}preview/?kind={move}")
    send(move, {**DECREE, **bodies[move]}, actor=actor, status=403)

    assert seen.status_code == 403
    assert not PlaceChange.objects.exists()


def test_a_rename_holds_from_its_day_and_the_second_from_the_same_page_is_told() -> None:
    make_town()

    named = send("rename", {**DECREE, **NEW})
    late = send("rename", {**DECREE, **NEW, "name": "他名"}, status=409)

    assert (named["name"], late["code"]) == ("新村村民委员会", "stale")
    assert Place.objects.get(code="441900005001").name == "新村村民委员会"
    assert PlaceChange.objects.get().document == "示民发〔2026〕1号"


def test_the_same_key_changes_once() -> None:
    make_town()
    client = client_of(LEAD)

    first, again = (
        post_json(client, f"{HERE}rename", {**DECREE, **NEW}, key="k" * 36) for _ in range(2)
    )

    assert first.json() == again.json()
    assert PlaceChange.objects.count() == 1


def test_a_village_moves_with_what_is_below_it_and_never_below_itself() -> None:
    make_town("441900006")
    make_town()
    group = make_group(Place.objects.get(code="441900005001"))

    nowhere = send("move", {**DECREE, "under": group.code}, status=409)
    unknown = send("move", {**DECREE, "under": "441900999"}, status=404)
    moved = send("move", {**DECREE, "under": "441900006"})

    group.refresh_from_db()
    assert (nowhere["code"], unknown["code"]) == ("under_itself", "not_found")
    assert moved["path"] == "441900/441900006/441900005001/"
    assert group.path.startswith(moved["path"])


def test_villages_merge_into_one_that_follows_them() -> None:
    make_town(villages=3)
    body = {**DECREE, **NEW, "code": "441900005900", "others": ["441900005002"]}

    made = send("merge", body, status=201)

    assert (made["code"], made["valid_from"]) == ("441900005900", "2026-11-01")
    for old in ("441900005001", "441900005002"):
        gone = Client().get(f"/api/v1/places/{old}/").json()
        assert (gone["valid_to"], gone["successors"]) == ("2026-11-01", ["441900005900"])


@pytest.mark.parametrize(
    ("change", "field"),
    [({"others": []}, "others"), ({"others": ["441900006001"]}, "others"), ({"code": "a/b"}, "code"),
     ({"code": "441900005002"}, "code"), ({"effective_on": "2099-01-01"}, "effective_on"),
     ({"effective_on": "上周"}, "effective_on"), ({"document": ""}, "document"),
     ({"name": "村" * 61}, "name")],
)  # fmt: skip
def test_a_merge_says_which_field_is_wrong_and_changes_nothing(change: Any, field: str) -> None:
    make_town("441900006")
    make_town(villages=3)
    body = {**DECREE, **NEW, "code": "441900005900", "others": ["441900005002"], **change}

    told = send("merge", body, status=422)

    assert list(told["fields"]) == [field]
    assert not PlaceChange.objects.exists()


def test_a_split_gives_out_what_is_below_by_the_parts() -> None:
    make_town()
    village = Place.objects.get(code="441900005001")
    one, two = make_group(village, "g1"), make_group(village, "g2")
    parts = [{**EAST, "takes": [one.code]}, {**WEST, "takes": [two.code]}]

    made = send("split", {**DECREE, "parts": parts}, status=201)

    assert made["place"]["successors"] == ["441900005901", "441900005902"]
    assert [part["short_name"] for part in made["parts"]] == ["东", "西"]
    assert [p.name for p in queries.children_of(Place.objects.get(code="441900005902"))] == [
        two.name
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"parts": [EAST, WEST]}, "parts"), ({"parts": [EAST]}, "parts"), ({"parts": []}, "parts"),
     ({"heirs": {"nothing": 1}}, "heirs"), ({"parts": [{**EAST, "name": "a|b"}, WEST]}, "parts"),
     ({"parts": [{**EAST, "weight": 0}, WEST]}, "parts.0.weight"),
     ({"parts": [{**EAST, "name": "x\n441900005903|a|b|c|1"}, WEST]}, "parts")],
)  # fmt: skip
def test_a_split_that_leaves_something_open_changes_nothing(change: Any, field: str) -> None:
    make_town()
    make_group(Place.objects.get(code="441900005001"))

    told = send("split", {**DECREE, "parts": [EAST, WEST], **change}, status=422)

    assert list(told["fields"]) == [field]
    assert Place.objects.filter(valid_to__isnull=False).count() == 0


def test_a_clerk_ends_a_building_over_the_api_but_no_village() -> None:
    make_town()
    group = make_group(Place.objects.get(code="441900005001"))
    client = client_of(VILLAGE)

    ended = post_json(client, f"/api/v1/places/{group.code}/end", DECREE)

    assert (ended.status_code, ended.json()["valid_to"]) == (200, "2026-11-01")
    assert post_json(client_of(LEAD), f"{HERE}end", DECREE).status_code == 404
    assert (
        post_json(client_of(LEAD), "/api/v1/places/441900/rename", {**DECREE, **NEW}).status_code
        == 404
    )


def test_the_town_decides_what_a_village_counts_as_and_the_village_itself_does_not() -> None:
    make_town()

    send("decide/settlement", RULING, actor=VILLAGE, status=403)
    made = send("decide/settlement", RULING, actor=TOWN, status=201)
    send("decide/category", {**RULING, "value": "strong"}, actor=TOWN, status=201)

    assert (made["value"], made["valid_from"], made["valid_to"]) == ("rural", "2026-11-01", None)
    listed = Client().get("/api/v1/places/decisions/?place=441900005001").json()
    assert {one["value"] for one in listed["items"]} == {"rural", "strong"}
    assert Entry.objects.filter(verb="places.settlement").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"value": "strong"}, "value"), ({"decided_on": "2099-01-01"}, "decided_on"),
     ({"valid_from": "x"}, "valid_from"), ({"document": " "}, "document")],
)  # fmt: skip
def test_a_decision_says_which_field_is_wrong(change: Any, field: str) -> None:
    make_town()

    told = send("decide/settlement", {**RULING, **change}, actor=TOWN, status=422)

    assert list(told["fields"]) == [field]
    assert not PlaceDecision.objects.exists()


def test_an_unknown_topic_is_not_found_and_an_unknown_kind_of_change_is_named() -> None:
    make_town()

    send("decide/beauty", RULING, actor=TOWN, status=404)
    told = client_of(LEAD).get(f"{HERE}preview/?kind=paint")

    assert (told.status_code, list(told.json()["fields"])) == (422, ["kind"])
