"""The pages about connections, by who oversees them and by who does not, as browsers without a script use them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from linli.cases.models import Case
from linli.cases.testing import NOON
from linli.exchange import permits as exchange
from linli.exchange.models import HallApplication, HallItem, Letter
from linli.exchange.services import comparing
from linli.kernel.testing import client_of, make_actor, post_json
from linli.offerings.testing import make_item
from linli.offerings.tests.hall_samples import (
    LINKS,
    VILLAGE,
    hall_has,
    hall_lists_item,
    listed,
    pulled,
    sent,
    step_there,
    stepped,
)
from linli.places.models import Place
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
TOWN = make_actor("town", exchange.CONNECT, at="441900/441900005/")
CITY = make_actor("city", exchange.CONNECT, at="441900/")
OTHER = make_actor("other", exchange.CONNECT, at="441900/441900006/")
ROOT = "/en/connections/"


@pytest.fixture(autouse=True)
def village(settings: Any) -> None:
    settings.LINLI_DEMO = True
    make_village(VILLAGE)
    make_item(Place.objects.get(code=VILLAGE))


def post(where: str, who: Any = TOWN, **said: str) -> Any:
    return client_of(who).post(f"{ROOT}{where}", {"key": str(uuid4()), **said})


def html(where: str, who: Any = TOWN) -> str:
    answer = client_of(who).get(f"{ROOT}{where}")
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_an_application_that_waits_is_seen_without_its_person_and_taken_in_with_its_answers() -> (
    None
):
    hall_has("YS1", answers={})
    row = pulled()[0]
    one = f"applications/{row.pk}/"

    assert "nobody has said which of our items this is" in html("applications/?view=waiting")
    assert html(one, OTHER) == "404" and post(one, OTHER, move="return", why="x").status_code == 404
    page = html(one)
    assert "13800001234" not in page and "陈大文" not in page
    asked = post(one, move="take", item="residence-permit", place=VILLAGE)
    assert (
        asked.status_code == 422
        and "q_home" in asked.content.decode()
        and not Case.objects.exists()
    )
    assert post(one, move="return", why="").status_code == 422
    assert (
        post(one, move="take", item="residence-permit", place=VILLAGE, q_home="own").status_code
        == 303
    )

    case = Case.objects.get()
    assert HallApplication.objects.get().case_id == case.pk and case.number in html(
        "applications/?view=taken"
    )
    assert (
        post(one, move="take", item="residence-permit", place=VILLAGE, q_home="own").status_code
        == 422
    )
    assert (
        Case.objects.count() == 1
        and Entry.objects.filter(verb="exchange.sent_in_taken").count() == 1
    )


def test_a_dead_letter_is_decided_on_its_page_and_listed_in_a_file() -> None:
    hall_has("YS0001")
    row = pulled()[0]
    post(
        f"applications/{row.pk}/",
        move="take",
        item="residence-permit",
        place=VILLAGE,
        q_home="own",
    )
    sent(timezone.now())
    letter = Letter.objects.get()
    one = f"letters/{letter.pk}/"

    assert "the other side will not take it: the matter is closed there already" in html(
        "letters/?state=dead"
    )
    assert "1 letter could not be sent" in html("") and html(one, OTHER) == "404"
    assert client_of(TOWN).get(f"{ROOT}letters/?state=nosuch").status_code == 422
    assert "YS0001" in client_of(TOWN).get(f"{ROOT}letters/?format=csv").content.decode("utf-8-sig")
    assert post(one, move="drop").status_code == 422
    assert post(one, move="again").status_code == 303
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == ("waiting", 0)
    sent(timezone.now())
    assert post(one, move="drop", why="大厅已人工登记").status_code == 303
    assert "大厅已人工登记" in html(one)


def test_the_list_and_the_days_are_of_the_city_and_a_decision_changes_nothing_of_ours() -> None:
    hall_lists_item(listed())
    hall_has("YS8888")
    pulled()
    item = HallItem.objects.get()
    comparing.compare_hall(actor=LINKS, now=NOON)

    assert html("items/") == html("days/") == html(f"items/{item.pk}/") == "404"
    assert "居住证申领" in html("items/", CITY)
    page = html(f"items/{item.pk}/", CITY)
    assert item.code in page and item.digest in page
    said = {"move": "link", "item": "", "why": "我们没有这个事项"}
    assert post(f"items/{item.pk}/", CITY, digest="0" * 64, **said).status_code == 422
    assert post(f"items/{item.pk}/", CITY, digest=item.digest, **said).status_code == 303
    assert "None of ours" in html("items/?view=", CITY) and "Nothing to decide" in html(
        "items/", CITY
    )
    assert html("days/hall/1999-13-01/", CITY) == "404"
    assert "2026" in html("days/", CITY)


def test_whoever_oversees_nothing_finds_none_of_it() -> None:
    nobody = make_actor("nobody", at="441900/")

    for where in ("", "letters/", "applications/", "items/", "days/"):
        assert html(where, nobody) == "404"


def test_programs_decide_on_what_came_from_the_hall_and_read_nothing_of_its_person() -> None:
    hall_has("YS1", answers={})
    row = pulled()[0]
    where = f"/api/v1/connections/applications/{row.pk}/"
    chosen = {"item": "residence-permit", "place": VILLAGE}

    told = client_of(TOWN).get("/api/v1/connections/applications/?view=waiting")
    assert [one["number"] for one in told.json()["items"]] == ["YS1"]
    assert "陈大文" not in told.content.decode() and told.json()["items"][0]["can_be_taken"]
    assert client_of(OTHER).get(where).status_code == 404
    assert post_json(client_of(OTHER), f"{where}take", chosen).status_code == 404
    assert post_json(client_of(TOWN), f"{where}take", chosen).status_code == 422
    assert post_json(client_of(TOWN), f"{where}return", {"why": ""}).status_code == 422
    assert not Case.objects.exists()
    taken = post_json(client_of(TOWN), f"{where}take", {**chosen, "answers": {"home": "own"}})

    assert taken.status_code == 200, taken.content
    assert (taken.json()["state"], taken.json()["case"]) == ("taken", Case.objects.get().number)
    assert post_json(client_of(TOWN), f"{where}look").status_code == 409


def test_programs_decide_on_the_halls_list_and_on_steps_of_applicants() -> None:
    hall_lists_item(listed(2))
    pulled()
    item = HallItem.objects.get()
    where = f"/api/v1/connections/items/{item.pk}/"
    said = {"why": "名称一致", "digest": item.digest, "item": "residence-permit"}

    assert client_of(TOWN).get(where).status_code == 404
    seen = client_of(CITY).get(where).json()
    assert seen["digest"] == item.digest and seen["likely"] == "residence-permit"
    assert post_json(client_of(CITY), f"{where}link", {**said, "digest": "x"}).status_code == 409
    assert post_json(client_of(CITY), f"{where}link", {**said, "item": "nosuch"}).status_code == 422
    assert post_json(client_of(CITY), f"{where}draft", said).status_code == 404
    assert HallItem.objects.get().decided_at is None
    made = post_json(client_of(CITY), f"{where}link", said).json()
    assert (made["item"], made["difference"], made["draft"]) == ("residence-permit", "same", "")

    step_there("BZ1", "NOSUCH")
    change = stepped()[0]
    one = f"/api/v1/connections/changes/{change.pk}/"
    assert client_of(OTHER).get(one).status_code == 404
    assert post_json(client_of(CITY), f"{one}return", {"why": ""}).status_code == 422
    back = post_json(client_of(CITY), f"{one}return", {"why": "没有这件申请"})
    assert back.status_code == 200 and back.json()["state"] == "returned", back.content
    assert [
        row["number"]
        for row in client_of(CITY).get("/api/v1/connections/changes/?view=returned").json()["items"]
    ] == ["BZ1"]
