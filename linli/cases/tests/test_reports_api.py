"""Reports over the API: the same rules as on the page."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.cases.models import Case, CaseFile, Category
from linli.cases.testing import VILLAGE, clerk_of, faults, make_report, move
from linli.cases.tests.offices import post_at
from linli.cases.types.filing import ACTS, TRIES
from linli.files.models import StoredFile
from linli.files.testing import photo
from linli.kernel.testing import client_of, make_actor, post_json
from linli.runtime.models import RateLimit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
AT = "/api/v1/reports/"
GIVEN = {"text": "路灯不亮", "place": "441900005001"}


def test_a_report_with_a_photo_is_filed_and_followed() -> None:
    client = Client()
    files = {
        "photos": [
            SimpleUploadedFile("a.jpg", photo()),
            SimpleUploadedFile("b.jpg", b"\xff\xd8\xff"),
        ]
    }
    kept = client.post(AT + "photos", files, headers={"Idempotency-Key": str(uuid4())})
    codes = [one["code"] for one in kept.json()["kept"]]

    filed = post_json(client, AT, {**GIVEN, "photos": codes})

    assert (kept.status_code, filed.status_code, len(codes)) == (201, 201, 1)
    assert kept.json()["refused"][0]["code"] != ""
    told = filed.json()
    assert told["accept_by"] < told["settle_by"]
    assert CaseFile.objects.count() == 1
    opened = client.get(f"{AT}{told['number']}/", headers={"Follow-Code": told["code"]})
    assert opened.json()["story"][0]["text"] == "路灯不亮"
    assert opened.json()["moves"] == ["add_words", "withdraw"]


@pytest.mark.parametrize("is_held", [True, False])
def test_the_answer_says_whether_anybody_promises_the_day(is_held: bool) -> None:
    client = Client()
    if is_held:
        post_at(VILLAGE, kind="committee_chair")

    told = post_json(client, AT, GIVEN).json()

    opened = client.get(f"{AT}{told['number']}/", headers={"Follow-Code": told["code"]}).json()
    assert (told["is_promised"], opened["is_promised"]) == (is_held, is_held)
    assert told["settle_on"] == opened["settle_on"]


@pytest.mark.parametrize("phone", ["", "  "])
def test_a_text_message_wants_a_number_as_on_the_page(phone: str) -> None:
    told = post_json(Client(), AT, {**GIVEN, "by_sms": True, "contact": {"phone": phone}})

    assert told.status_code == 422
    assert list(told.json()["fields"]) == ["contact.phone"]
    assert Case.objects.count() == 0
    filed = post_json(Client(), AT, {**GIVEN, "by_sms": True, "contact": {"phone": "13800138000"}})
    assert filed.status_code == 201


def test_the_same_key_files_once() -> None:
    client, key = Client(), str(uuid4())

    first, again = post_json(client, AT, GIVEN, key=key), post_json(client, AT, GIVEN, key=key)

    assert first.json() == again.json()
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"place": ""}, "place"),
        ({"text": ""}, "text"),
        ({"text": "😡"}, "text"),
        ({"text": "他 13900001234"}, "text"),
        ({"lon": 0.0, "lat": 0.0, "place": ""}, "point"),
        ({"matter": "murder"}, "matter"),
        ({"photos": ["NOPE"]}, "photos"),
        ({"contact": {"phone": "12"}}, "contact.phone"),
    ],
)
def test_what_is_wrong_is_named(more, field) -> None:  # type: ignore[no-untyped-def]
    answer = post_json(Client(), AT, {**GIVEN, **more})

    assert answer.status_code == 422
    assert field.split(".")[-1] in str(answer.json()["fields"])
    assert not Case.objects.exists()


def test_reports_on_behalf_are_for_the_office() -> None:
    answer = post_json(client_of(make_actor("x")), AT, {**GIVEN, "channel": "counter"})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_none_and_a_wrong_code_are_answered_alike_and_guesses_meet_a_wall() -> None:
    filed, client = make_report(), Client()

    wrong = client.get(f"{AT}{filed.number}/", headers={"Follow-Code": "WRONG"})
    none = client.get(f"{AT}JB-2026-9999/", headers={"Follow-Code": "WRONG"})
    bare = client_of(clerk_of()).get(f"{AT}{filed.number}/")
    last = [
        client.get(f"{AT}{filed.number}/", headers={"Follow-Code": f"W{n}"}).status_code
        for n in range(12)
    ][-1]

    assert wrong.status_code == none.status_code == bare.status_code == 404
    assert wrong.json() == none.json()
    assert last == 429


def post_with(code: str, at: str, body: object = None) -> Any:
    """Do something as whoever has the code of a report."""
    headers = {"Follow-Code": code, "Idempotency-Key": str(uuid4())}
    return Client().post(at, body or {}, content_type="application/json", headers=headers)


def test_she_adds_and_says_that_it_is_not_solved() -> None:
    filed = make_report()
    at = f"{AT}{filed.number}/"

    def post(what: str, body: object = None) -> Any:
        return post_with(filed.code, at + what, body)

    assert post("add", {"text": "第二盏"}).json()["story"][-1]["move"] == "add_words"
    assert post("agree").status_code == 409
    move(filed.case_id, "accept", clerk_of())
    move(filed.case_id, "answer", clerk_of(), public={"text": "Mended."})
    assert post("ask-reopen", {"text": "没有修好"}).json()["state"] == "reopen_asked"
    assert post("withdraw").status_code == 409
    assert faults() == []


def test_photos_of_which_none_can_be_kept_are_refused_and_named() -> None:
    torn, at = SimpleUploadedFile("torn.jpg", b"\xff\xd8torn"), f"{AT}photos"
    headers = {"Idempotency-Key": str(uuid4())}

    refused = Client().post(at, {"photos": [torn]}, headers=headers)

    assert refused.status_code == 422 and "torn.jpg" in str(refused.json()["fields"]["photos"])
    assert not StoredFile.objects.exists()


def test_faulty_calls_meet_a_wall_and_use_up_nothing_that_may_be_reported() -> None:
    client, faulty = Client(), {**GIVEN, "text": ""}
    statuses = [post_json(client, AT, faulty).status_code for _ in range(TRIES.burst or 0)]
    assert set(statuses) == {422}
    assert RateLimit.objects.count() == 2

    assert post_json(client, AT, GIVEN).status_code == 429
    assert Case.objects.count() == 0


def test_a_machine_that_tries_codes_by_its_acts_meets_a_wall() -> None:
    filed = make_report()
    at = f"{AT}{filed.number}/withdraw"

    tried = [post_with("WRONG", at).status_code for _ in range((ACTS.burst or 0) + 1)]

    assert tried == [404] * (len(tried) - 1) + [429]
    assert Case.objects.get().state != "withdrawn"


def test_a_category_is_named_as_public_cases_name_it_or_by_its_number() -> None:
    assert Category.objects.filter(code="telecom").update(until=date(2026, 1, 1))
    lamp = Category.objects.get(code="street_lamp")

    for named in ("street_lamp", lamp.pk, str(lamp.pk)):
        assert post_json(Client(), AT, {**GIVEN, "category": named}).status_code == 201, named
    known = Case.objects.count()
    for wrong in ("no_such", "telecom", "街灯", "x" * 41, "9" * 40, "0", 0):
        refused = post_json(Client(), AT, {**GIVEN, "category": wrong})
        assert refused.status_code == 422 and "category" in refused.content.decode(), wrong

    assert list(Case.objects.values_list("category_id", flat=True)) == [lamp.pk] * 3
    assert Case.objects.count() == known
