"""Open311: what a service asks by its form, and what the poster of a request adds later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from linli.cases.models import Case, CaseEvent, CaseFile, PublicWords
from linli.cases.testing import NOON, faults
from linli.exchange import permits
from linli.exchange.models import PostedRequest
from linli.exchange.tests.client import Open311
from linli.files.testing import photo
from linli.formkit import permits as form_permits
from linli.formkit.testing import field, make_published, make_spec, options
from linli.kernel.permits import Actor
from linli.kernel.testing import make_actor

pytestmark = pytest.mark.django_db
CODE, SERVICE = "441900005001", "street_lamp"
POSTER = make_actor("lamp company", permits.REPORT, at="441900/", account_id=7)
OTHER = make_actor("another company", permits.REPORT, at="441900/", account_id=8)
KEYS: dict[str, Actor] = {"ll_lamp": POSTER, "ll_other": OTHER}
FIELDS: dict[str, Any] = {
    "pole": field("text", "灯杆编号", required=True),
    "state": field("choice", "怎么坏的", options=options("dark", "flickers"), required=True),
    "seen": field("several", "看到什么", options=options("wire", "broken_glass")),
    "since": field("date", "从哪天起"),
    "count": field("whole", "几盏", least=1, most=50),
    "who": field("phone", "谁报的", sealed=True),
    "told": field("yesno", "打过电话吗"),
    "poles": field("table", "哪几盏", columns={"pole": field("text")}),
    "town": field("place", "灯归哪里", root="441900/"),
    "at": field("point", "灯在哪里"),
    "photo": field("photos", "灯的照片", required=True),
    "paper": field("files", "通知单", required=True),
    "twice": field("computed", "两倍", result="whole"),
}


@pytest.fixture(autouse=True)
def city(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "linli.exchange.views.open311.actor_of_key", lambda secret, now: KEYS.get(secret)
    )


@pytest.fixture(params=["xml", "json"])
def client(request: pytest.FixtureRequest) -> Open311:
    return Open311("/open311/v2", request.param, api_key="ll_lamp")


def with_form(place: str = "441900/") -> None:
    designer = make_actor("designer", form_permits.DESIGN, at="441900/", account_id=11)
    hangs = {"op": "filled", "field": "who"}
    spec = make_spec(
        FIELDS, show={"count": {"op": "is", "field": "state", "value": "dark"}, "told": hangs},
        compute={"twice": {"op": "sum", "of": [{"field": "count"}, {"field": "count"}]}},
    )  # fmt: skip
    make_published(spec, now=NOON, actor=designer, key="report-street-lamp", place=place)


def sent(**more: Any) -> dict[str, Any]:
    return {"service_code": SERVICE, "address_id": CODE, "description": "路灯坏了", **more}


ANSWERS = {"attribute[pole]": "A-12", "attribute[state]": "dark"}


def attributes(client: Open311, code: str = SERVICE) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in client.definition(code).content["attributes"]}


def test_a_definition_holds_the_questions_of_the_services_form(client: Open311) -> None:
    assert "pole" not in attributes(client)
    with_form()

    found = attributes(client)

    wanted = {
        "variable",
        "code",
        "datatype",
        "required",
        "datatype_description",
        "order",
        "description",
    }
    assert all(wanted <= set(one) <= {*wanted, "values"} for one in found.values())
    types = {code: one["datatype"] for code, one in found.items()}
    assert (types["pole"], types["state"], types["seen"], types["since"], types["count"]) == (
        "string", "singlevaluelist", "multivaluelist", "datetime", "number",
    )  # fmt: skip
    needed = {code for code, one in found.items() if str(one["required"]).lower() == "true"}
    # what is asked only sometimes is not needed; what is sealed or hangs on it, tables, and what comes as a
    # file or by computing are not asked
    assert needed == {"pole", "state"}
    assert not {"who", "told", "poles", "paper", "twice"} & set(found)
    assert (types["town"], types["at"]) == ("singlevaluelist", "string")
    assert "441900005" in {v["key"] for v in found["town"]["values"]}
    # of photos it is told how they come
    assert (
        str(found["photo"]["variable"]).lower() == "false"
        and "media" in found["photo"]["datatype_description"]
    )
    assert {v["key"] for v in found["state"]["values"]} == {"dark", "flickers"}
    orders = [int(one["order"]) for one in found.values()]
    assert orders == list(range(1, len(orders) + 1))
    assert "pole" not in attributes(client, "other")


def test_a_form_of_one_village_asks_nobody_elsewhere(client: Open311) -> None:
    with_form(place=f"441900/441900005/{CODE}/")

    assert "pole" not in attributes(client)


def test_answers_come_along_in_words_and_as_codes_for_the_rules(client: Open311) -> None:
    with_form()
    given = {
        **ANSWERS,
        "attribute[seen][]": ["wire", "broken_glass"],
        "attribute[since]": "2026-08-01",
        "attribute[town]": "441900005",
        "attribute[at]": "113.75,23.04",
        "attribute[count]": "2",
    }

    answer = client.post(sent(**given))

    assert answer.status == 201
    said = PublicWords.objects.get().said["text"]
    assert "灯杆编号：A-12" in said and "wire" in said and "2026" in said
    assert "灯归哪里：" in said and "灯在哪里：113.750000, 23.040000" in said
    assert "两倍" not in said, "what is computed stands only where all was asked"
    assert faults() == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"attribute[pole]": ""}, "attribute[pole]"),
        ({"attribute[state]": "gone"}, "attribute[state]"),
        ({"attribute[state][]": ["dark", "flickers"]}, "attribute[state]"),
        ({"attribute[seen][]": ["wire", "nosuch"]}, "attribute[seen]"),
        ({"attribute[since]": "someday"}, "attribute[since]"),
        ({"attribute[count]": "51"}, "attribute[count]"),
        ({"attribute[town]": "441900999"}, "attribute[town]"),
        ({"attribute[at]": "here"}, "attribute[at]"),
        ({"attribute[photo]": "x"}, "attribute[photo]"),
        ({"attribute[who]": "13800001234"}, "attribute[who]"),
    ],
)
def test_what_is_needed_or_wrong_is_told_in_the_standards_form_and_nothing_is_kept(
    client: Open311, change: dict[str, Any], word: str
) -> None:
    with_form()

    refused = client.post(sent(**{**ANSWERS, **change}))

    assert refused.status == 400 and refused.root in ("errors", "")
    (told,) = refused.content
    assert str(told["code"]) == "400" and word in told["description"]
    assert not Case.objects.exists() and not PostedRequest.objects.exists()


def posted(client: Open311) -> str:
    (row,) = client.post(sent(service_code="other")).content
    return str(row["service_request_id"])


def test_who_posted_a_request_adds_to_it_and_nothing_unread_leaves(client: Open311) -> None:
    number = posted(client)
    image = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")

    answer = client.post_update(
        {"service_request_id": number, "description": "今晚又坏了一盏", "media": image}
    )

    assert answer.status == 201 and answer.root in ("service_requests_updates", "")
    (row,) = answer.content
    assert row["service_request_id"] == number and row["update_id"].startswith(number)
    event = CaseEvent.objects.get(move="add_words")
    assert event.by == "reporter" and CaseFile.objects.get().event_id == event.pk
    for found in (client.get("servicerequestupdates"), client.request(number)):
        assert "今晚又坏了一盏" not in str(found.content)
    assert faults() == []


def test_the_same_sending_is_one_update(client: Open311) -> None:
    number = posted(client)
    given = {"service_request_id": number, "description": "又坏了"}

    first, again = (client.post_update(given, once="u-1").content[0] for _ in range(2))

    assert first == again and CaseEvent.objects.filter(move="add_words").count() == 1


@pytest.mark.parametrize(
    ("fields", "key", "status"),
    [
        ({}, "", 403), ({}, "ll_wrong", 403), ({}, "ll_other", 404),
        ({"service_request_id": "JB-2026-9999"}, "ll_lamp", 404),
        ({"service_request_id": ""}, "ll_lamp", 400), ({"description": ""}, "ll_lamp", 400),
        ({"description": "x" * 4001}, "ll_lamp", 400),
        ({"description": "找张三 13800138000"}, "ll_lamp", 400),
    ],
)  # fmt: skip
def test_others_and_bad_words_add_nothing(
    client: Open311, fields: dict[str, str], key: str, status: int
) -> None:
    number = posted(client)
    client.api_key = key

    refused = client.post_update({"service_request_id": number, "description": "又坏了", **fields})

    assert refused.status == status
    assert {"code", "description"} <= set(refused.content[0])
    assert not CaseEvent.objects.filter(move="add_words").exists()


def test_a_broken_photo_stops_the_update(client: Open311) -> None:
    number = posted(client)
    bad = SimpleUploadedFile("b.jpg", b"\xff\xd8\xff broken", "image/jpeg")

    refused = client.post_update(
        {"service_request_id": number, "description": "又坏了", "media": bad}
    )

    assert refused.status == 400 and "media" in refused.content[0]["description"]
    assert not CaseEvent.objects.filter(move="add_words").exists()


def test_a_request_that_is_over_takes_no_more(client: Open311) -> None:
    number = posted(client)
    Case.objects.update(is_open=False, state="closed", closed_at=timezone.now())

    refused = client.post_update({"service_request_id": number, "description": "又坏了"})

    assert refused.status == 400
    assert not CaseEvent.objects.filter(move="add_words").exists()
