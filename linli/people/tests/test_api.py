"""The API on people: for permitted tokens, numbers never in clear."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from linli.kernel.permits import VAULT
from linli.kernel.testing import client_of, make_actor
from linli.people import permits
from linli.people.models import Household, Person
from linli.people.services import rolls
from linli.people.testing import FAR, NOON, TODAY, VILLAGE, make_number, make_person, make_villages
from linli.people.types import RollKind

PATH = "441900/441900005/441900005001/"
ALL = (
    permits.VIEW, permits.EDIT, permits.LOOK_UP, permits.VIEW_ROLLS, permits.EDIT_ROLLS, permits.REVEAL,
)  # fmt: skip
TOKEN = make_actor("token", *ALL, at=PATH, ceiling=VAULT)
NUMBER = "44190019900101001X"
ROOT = "/api/v1/people/"


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


@pytest.fixture
def token() -> Client:
    return client_of(TOKEN)


def post(client: Client, to: str, data: dict[str, str]) -> object:
    return client.post(
        to, data, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )


def test_a_list_has_the_fixed_form_and_masks_nothing_because_it_holds_no_number(
    token: Client,
) -> None:
    person = make_person("陈晓明", number=NUMBER, phone="13812345678")
    make_person("李丽", FAR)

    body = token.get(ROOT).json()

    assert set(body) == {"count", "items", "next"}
    assert [item["id"] for item in body["items"]] == [person.pk]
    assert NUMBER not in str(body) and "13812345678" not in str(body)


@pytest.mark.parametrize("q", ["cxm", "CHAN", "晓明", NUMBER])
def test_a_search_finds_as_the_page_does(token: Client, q: str) -> None:
    person = make_person("陈晓明", number=NUMBER)

    assert [item["id"] for item in token.get(ROOT, {"q": q}).json()["items"]] == [person.pk]


def test_one_entry_shows_masks(token: Client) -> None:
    person = make_person(
        "陈晓明", number=NUMBER, phone="13812345678", household="H1", relation="head"
    )

    body = token.get(f"{ROOT}{person.pk}/").json()

    assert body["documents"][0]["masked"] == "4419*************X"
    assert [(one["kind"], one["masked"]) for one in body["contacts"]] == [("phone", "138****5678")]
    assert body["households"][0]["relation"] == "head"
    assert NUMBER not in str(body)


def test_pages_of_a_list_follow_each_other(token: Client) -> None:
    made = {make_person(f"陈{sign}").pk for sign in "一二三四五"}

    first = token.get(ROOT, {"limit": 3}).json()
    second = token.get(ROOT, {"limit": 3, "cursor": first["next"]}).json()

    assert {item["id"] for item in [*first["items"], *second["items"]]} == made
    assert second["next"] is None


@pytest.mark.parametrize(
    "address",
    ["", "households/", "dwellings/", "months/2026/11/", "1/", "households/1/", "rolls/1/entries/"],
)
def test_nobody_gets_anything(address: str) -> None:
    assert Client().get(ROOT + address).status_code in (401, 403, 404)


def test_what_lies_elsewhere_is_not_found(token: Client) -> None:
    person = make_person("陈晓明", FAR, household="H1", relation="head")

    assert token.get(f"{ROOT}{person.pk}/").status_code == 404
    assert token.get(f"{ROOT}households/{Household.objects.get().pk}/").status_code == 404
    assert token.get(ROOT, {"place": FAR}).status_code == 404


def test_somebody_is_entered_by_the_rules_of_a_list(token: Client) -> None:
    given = {
        "place": VILLAGE,
        "name": "李丽",
        "document_number": make_number(sex="female"),
        "sex": "女",
    }

    made = post(token, ROOT, given)
    again = post(token, ROOT, given)
    wrong = post(token, ROOT, {**given, "name": "<script>", "document_number": "1"})

    assert (made.status_code, made.json()["id"]) == (201, Person.objects.get().pk)
    assert (again.status_code, again.json()["code"]) == (409, "number_taken")
    assert wrong.status_code == 422
    assert set(wrong.json()["fields"]) >= {"name", "document_number"}


def test_nobody_is_entered_elsewhere(token: Client) -> None:
    given = {"place": FAR, "name": "李丽", "document_number": make_number()}

    assert post(token, ROOT, given).status_code == 404
    assert Person.objects.count() == 0


def test_a_number_is_answered_by_one_word(token: Client) -> None:
    make_person("陈晓明", FAR, number=NUMBER)

    answer = post(token, f"{ROOT}look-up", {"kind": "resident_id", "number": NUMBER})

    assert answer.json() == {"answer": "elsewhere"}


def test_a_search_keeps_to_the_limit_and_says_how_many_there_are(token: Client) -> None:
    for name in ("陈晓明", "陈小云", "陈大文"):
        make_person(name)

    first = token.get(ROOT, {"q": "陈", "limit": 2}).json()
    second = token.get(ROOT, {"q": "陈", "limit": 2, "cursor": first["next"]}).json()

    assert [len(page["items"]) for page in (first, second)] == [2, 1]
    assert (first["count"], second["count"], second["next"]) == (3, 3, None)


def test_households_dwellings_rolls_and_the_month(token: Client) -> None:
    person = make_person(
        "陈晓明", born_on=date(2008, 11, 5), household="H1", relation="head", address="江南路1号"
    )
    roll = rolls.open_roll(VILLAGE, RollKind.VOTER, "选民", "换届", on=TODAY, actor=TOKEN, now=NOON)
    rolls.enter_on_roll(roll, person, rolls.Entered(TODAY, "户口簿"), actor=TOKEN, now=NOON)

    household = token.get(f"{ROOT}households/").json()["items"][0]
    members = token.get(f"{ROOT}households/{household['id']}/").json()["members"]

    assert [(one["person"], one["name"], one["relation"]) for one in members] == [
        (person.pk, "陈晓明", "head")
    ]
    assert (
        token.get(f"{ROOT}dwellings/", {"q": "江南"}).json()["items"][0]["address"] == "江南路1号"
    )
    assert [item["name"] for item in token.get(f"{ROOT}rolls/").json()["items"]] == ["选民"]
    entries = token.get(f"{ROOT}rolls/{roll.pk}/entries/").json()
    assert [item["name"] for item in entries["items"]] == ["陈晓明"]
    month = token.get(f"{ROOT}months/2026/11/").json()
    assert [(item["age"], item["on"]) for item in month["turning"]] == [(18, "2026-11-05")]
    assert (month["declarations"], month["next"]) == ([], None)


@pytest.mark.parametrize(
    "address",
    [
        "?sort=luck",
        "?cursor=zzz",
        "?limit=0",
        "?youngest=x",
        "months/2026/13/",
        "months/2026/11/?cursor=zzz",
    ],
)
def test_a_wrong_question_is_told(token: Client, address: str) -> None:
    assert token.get(ROOT + address).status_code == 422


def test_the_description_says_where_the_count_ends(token: Client) -> None:
    described = token.get("/api/v1/openapi.json").json()["components"]["schemas"]

    assert "1,000" in described["PeopleResidentsOut"]["properties"]["count"]["description"]
