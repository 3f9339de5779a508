"""Care of public space over the API: a group shows its work by its code, the office releases it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.activities.models import CareWork
from linli.activities.services import groups
from linli.activities.testing import NOON
from linli.activities.tests.test_culture import OFFICE, STRANGER
from linli.activities.types.rounds import GroupFacts
from linli.files.testing import photo
from linli.kernel.testing import client_of, post_json
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
WORK = {"title": "种三角梅", "where": "水边街", "on": "2026-08-09"}


@pytest.fixture
def care() -> tuple[str, str]:
    """Return the address and the code of a group."""
    place = make_village()
    who = GroupFacts("dance", "榕树舞队", 18, "黄姨", "+8613800138010")
    group = groups.add_group(place, who, actor=OFFICE, now=NOON)
    return f"/api/v1/places/{place.code}/care/", group.code


def send(where: str, code: str, photos: int = 1, **more: Any) -> Any:
    files = [SimpleUploadedFile(f"{n}.jpg", photo()) for n in range(photos)]
    given = {**WORK, "code": code, **more, **({"after": files} if files else {})}
    return Client().post(where, given, headers={"Idempotency-Key": str(uuid4())})


def test_the_work_of_a_group_waits_is_released_and_then_stands_for_everybody(
    care: tuple[str, str],
) -> None:
    where, code = care
    made = send(where, code, photos=2, before=SimpleUploadedFile("b.jpg", photo()))
    assert (made.status_code, made.json()["state"]) == (201, "waits")
    assert Client().get(where).json()["items"] == []

    (waits,) = client_of(OFFICE).get(where, {"state": "waits"}).json()["items"]
    picture = waits["after"][0]["content"]
    assert (len(waits["before"]), len(waits["after"])) == (1, 2)
    assert Client().get(picture).status_code == 404
    told = post_json(client_of(OFFICE), f"{where}{waits['id']}/release").json()
    again = post_json(client_of(OFFICE), f"{where}{waits['id']}/withhold")

    assert (told["state"], again.status_code) == ("shown", 409)
    assert [one["title"] for one in Client().get(where).json()["items"]] == ["种三角梅"]
    assert Client().get(picture).status_code == 200


def test_what_is_withheld_loses_its_photos(care: tuple[str, str]) -> None:
    where, code = care
    work_id = send(where, code).json()["id"]

    told = post_json(client_of(OFFICE), f"{where}{work_id}/withhold").json()

    assert (told["state"], told["after"]) == ("unseen", [])


def test_a_wrong_code_no_photo_a_coming_day_and_strangers_are_refused(
    care: tuple[str, str],
) -> None:
    where, code = care

    assert send(where, "NOSUCH").status_code == 404
    assert send(where, code, photos=0).status_code == 422
    assert send(where, code, on="2099-01-01").json()["fields"].keys() == {"on"}
    work_id = send(where, code).json()["id"]
    for client in (Client(), client_of(STRANGER)):
        assert client.get(where, {"state": "waits"}).status_code in (401, 403)
        assert post_json(client, f"{where}{work_id}/release").status_code in (401, 404)
    assert Client().get(where, {"state": "x"}).status_code == 422

    assert list(CareWork.objects.values_list("state", flat=True)) == ["waits"]
