"""The home of a place over the API says what its page shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from linli.kernel.contributions import HomeItem, HomeSlot
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_town, make_village, seed
from linli.portal import permits
from linli.portal.testing import VILLAGE

pytestmark = pytest.mark.django_db
CODE = "441900005001"


def home(code: str = CODE, asked: str = "", status: int = 200, client: Any = None) -> Any:
    response = (client or Client()).get(f"/api/v1/places/{code}/home/{asked}")
    assert response.status_code == status, response.content
    return response.json()


def test_a_village_tells_its_way_its_entrances_and_its_sections() -> None:
    make_village()

    told = home()

    assert (told["code"], told["level"], told["is_demo"]) == (CODE, "village", False)
    assert [step["code"] for step in told["way"]] == ["441900", "441900005"]
    assert [door["key"] for door in told["entrances"]] == [
        "services", "report", "participate", "open",
    ]  # fmt: skip
    assert {"due", "notices", "office", "who"} <= {part["slot"] for part in told["sections"]}
    assert told["parts"] == []


def test_a_town_names_its_parts_and_an_invented_place_says_so() -> None:
    make_town(villages=3)
    assert len(home("441900005")["parts"]) == 3

    seed(invented=True)
    town = home("441900990")
    assert town["is_demo"] and all(part["is_demo"] for part in town["parts"])


def test_what_stands_behind_a_door_is_told_when_it_is_asked_for() -> None:
    make_village()

    slots = {part["slot"] for part in home()["sections"]}
    asked = {part["slot"] for part in home(asked="?door=open")["sections"]}

    assert asked - slots == {"door:open"}
    home(asked="?door=attic", status=404)
    home("441900999", status=404)


def test_lines_are_those_that_the_caller_may_see(monkeypatch: pytest.MonkeyPatch) -> None:
    make_village()
    clerk = make_actor("clerk", permits.ANSWER, at=VILLAGE)

    def items(place: Any, actor: Actor, on: Any, limit: int) -> list[HomeItem]:
        return [HomeItem("值班", "tel:0769-55500123", "小区")] if actor.is_staff else []

    monkeypatch.setattr(
        HOME_SLOTS, "_items", {"test.slot": HomeSlot("test.slot", "office", "测试", items)}
    )
    seen = [home(client=client)["sections"][0]["lines"] for client in (client_of(clerk), Client())]

    assert seen[0] == [
        {"title": "值班", "text": "小区", "on": None, "state": "", "tone": "run",
         "url": "tel:0769-55500123"}
    ]  # fmt: skip
    assert seen[1] == []


def test_a_village_home_takes_at_most_eight_queries(django_assert_max_num_queries: Any) -> None:
    make_village()

    with django_assert_max_num_queries(8) as asked:
        home()

    assert 1 <= len(asked) <= 8
