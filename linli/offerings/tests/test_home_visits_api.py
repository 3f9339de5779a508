"""Visits at home over the API: asked for, read without a door, a day set in a half that has room."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from linli.kernel.testing import client_of, post_json, stop_clock
from linli.offerings.models import HomeVisit
from linli.offerings.tests.test_home_visits import (
    THEN,
    TOMORROW,
    asked,
    clerk,
    item,
    planned,
)
from linli.people.testing import FAR, VILLAGE

__all__ = ["item"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "noon")]
VISITS = "/api/v1/home-visits/"
DAY = {"on": TOMORROW.isoformat(), "half": "am"}


def test_programs_ask_and_read_no_door() -> None:
    given = {"item": "residence-permit", "place": VILLAGE, "name": "莫", "phone": "13800000914", "address": "二巷7号"}  # fmt: skip
    made = post_json(Client(), VISITS, given)
    assert made.status_code == 201 and "二巷" not in made.content.decode()

    assert Client().get(VISITS).json()["items"] == []
    seen = client_of(clerk()).get(VISITS).json()["items"]
    assert [one["code"] for one in seen] == [made.json()["code"]]
    bad = post_json(Client(), VISITS, given | {"phone": "1"})
    assert bad.status_code == 422 and HomeVisit.objects.count() == 1


def test_a_day_is_set_in_a_half_that_has_room_and_a_full_one_is_refused() -> None:
    for _n in range(3):
        planned(account=8)
    row, client = asked(), client_of(clerk())
    told = client.get(f"{VISITS}{row.code}/").json()
    assert told["per_half"] == 4
    assert {"on": DAY["on"], "half": "am", "left": 1} in told["halves"]

    made = post_json(client, f"{VISITS}{row.code}/plan", {**DAY, "edition": told["edition"]}).json()
    late = post_json(client_of(clerk(account=8)), f"{VISITS}{asked().code}/plan", DAY)

    assert (made["state"], made["visit_on"], made["half"], made["is_mine"]) == (
        "planned", DAY["on"], "am", True,
    )  # fmt: skip
    assert (late.status_code, set(late.json()["fields"])) == (422, {"on"})
    old = post_json(client, f"{VISITS}{row.code}/plan", {**DAY, "edition": told["edition"]})
    assert old.status_code == 409
    assert "二巷" not in client.get(f"{VISITS}{row.code}/").content.decode()


def test_nobody_opened_or_the_office_calls_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    row, client = planned(), client_of(clerk())
    one = f"{VISITS}{row.code}/"
    assert post_json(client, f"{one}away").status_code == 422
    stop_clock(monkeypatch, THEN)

    away = post_json(client, f"{one}away").json()
    unsaid = post_json(client, f"{one}cancel", {"reason": ""})
    off = post_json(client, f"{one}cancel", {"reason": "台风停办"}).json()

    assert away["state"] == "away"
    assert (unsaid.status_code, set(unsaid.json()["fields"])) == (422, {"reason"})
    assert (off["state"], off["reason"], off["halves"]) == ("cancelled", "台风停办", [])


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "on"), ({**DAY, "half": "noon"}, "half"), ({**DAY, "on": "2026-11-01"}, "on")],
)
def test_who_does_not_serve_there_and_no_day_at_all_change_nothing(
    given: dict[str, Any], field: str
) -> None:
    row = asked()
    where = f"{VISITS}{row.code}/"

    refused = post_json(client_of(clerk()), f"{where}plan", given)
    assert (refused.status_code, field in refused.json()["fields"]) == (422, True)
    for client in (Client(), client_of(clerk(FAR))):
        assert client.get(where).status_code == 404
        assert post_json(client, f"{where}plan", DAY).status_code == 404
    assert post_json(client_of(clerk()), f"{where}open", {}).status_code == 422

    row.refresh_from_db()
    assert (row.state, row.visit_on) == ("asked", None)
