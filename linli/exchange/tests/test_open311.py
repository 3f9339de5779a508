"""Open311 GeoReport v2 as an outside client meets it, in both forms."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from linli.access.models import ApiToken
from linli.cases.models import Case, CaseClock, Category, PublicWords
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, move
from linli.cases.tests.offices import post_at
from linli.exchange import permits, services
from linli.exchange.models import PostedRequest
from linli.exchange.tests.client import Open311
from linli.exchange.types import Posted
from linli.files.testing import photo
from linli.kernel.errors import NotAllowed
from linli.kernel.testing import make_actor
from linli.orgs.models import OrganisationVersion, Post

pytestmark = pytest.mark.django_db
CODE = "441900005001"
KEY = "ll_test"
POSTER = make_actor("other system", permits.REPORT, at="441900/", account_id=7)
NEEDED = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime",
    "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url",
}  # fmt: skip


@pytest.fixture(autouse=True)
def city(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A village, categories, and a key that opens."""
    monkeypatch.setattr(
        "linli.exchange.views.open311.actor_of_key",
        lambda secret, now: POSTER if secret == KEY else None,
    )


@pytest.fixture(params=["xml", "json"])
def client(request: pytest.FixtureRequest) -> Open311:
    return Open311("/open311/v2", request.param, api_key=KEY)


def sent(**more: Any) -> dict[str, Any]:
    return {"service_code": "other", "address_id": CODE, "description": "路灯不亮", **more}


def only(content: Any) -> dict[str, Any]:
    assert len(content) == 1
    return dict(content[0])


def test_discovery_leads_to_the_endpoint(client: Open311) -> None:
    for address in ("/open311/discovery", "/open311/v2/discovery"):
        found = client.discovery(address)

        assert found.status == 200
        endpoint = only(found.content["endpoints"])
        assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
        assert endpoint["url"].endswith("/open311/v2")
        assert endpoint["formats"] == ["text/xml", "application/json"]
        assert {"changeset", "contact", "key_service"} <= set(found.content)


def test_the_answer_has_the_type_of_its_form(client: Open311) -> None:
    wanted = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}

    assert client.services().content_type == wanted[client.form]


def test_services_and_their_definitions(client: Open311) -> None:
    found = client.services(jurisdiction_id="441900")

    assert found.status == 200 and found.root in ("services", "")
    assert len(found.content) > 10
    for row in found.content:
        assert set(row) == {
            "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
        }  # fmt: skip
        assert row["type"] == "realtime" and str(row["metadata"]).lower() == "true"
    definition = client.definition(found.content[0]["service_code"]).content
    assert definition["service_code"] == found.content[0]["service_code"]
    orders = [int(one["order"]) for one in definition["attributes"]]
    assert orders == list(range(1, len(orders) + 1))
    lists = [one for one in definition["attributes"] if one["datatype"] == "singlevaluelist"]
    assert lists and all({"key", "name"} == set(v) for one in lists for v in one["values"])


def test_a_request_is_posted_read_and_found(client: Open311) -> None:
    answer = client.post(sent(**{"attribute[matter]": "complaint"}))

    assert answer.status == 201
    row = only(answer.content)
    assert set(row) == {"service_request_id", "service_notice", "account_id"}
    number = row["service_request_id"]
    case = Case.objects.get(number=number)
    assert (case.channel, case.matter, case.path.split("/")[2]) == ("open311", "complaint", CODE)
    one = only(client.request(number).content)
    assert set(one) == NEEDED
    assert (one["status"], one["service_code"], one["address_id"]) == ("open", "other", CODE)
    listed = client.requests(service_request_id=f"{number},NOSUCH")
    assert [found["service_request_id"] for found in listed.content] == [number]
    assert [found["service_request_id"] for found in client.requests().content] == [number]
    assert faults() == []


def test_who_is_responsible_by_when_and_what_is_promised_is_told(client: Open311) -> None:
    post = post_at(VILLAGE, kind="committee_chair")
    promise = "三个工作日内修好"
    lamps = Category.objects.create(
        code="t-lamps", title="路灯测试", title_en="Lamps tested", promise=promise
    )
    number = only(client.post(sent()).content)["service_request_id"]
    Case.objects.filter(number=number).update(category=lamps)
    case = Case.objects.get(number=number)
    assert case.offered_post_id == post
    owner = Post.objects.get(pk=post).organisation_id
    body = OrganisationVersion.objects.get(organisation_id=owner).name
    first, last = (timezone.localdate() + timedelta(days=days) for days in (-9, 30))
    OrganisationVersion.objects.filter(name=body).update(since=first, until=last)
    for name, span in (("旧名", {"until": first}), ("将来的名", {"since": last})):
        OrganisationVersion.objects.create(organisation_id=owner, name=name, **span)
    move(case.pk, "accept", clerk_of(), now=timezone.now())

    told = only(client.request(number).content)

    due = CaseClock.objects.get(case=case, key="solve").last_day
    assert told["agency_responsible"] == body
    assert told["expected_datetime"] == f"{due}T00:00:00+08:00"
    assert told["service_notice"] == promise


def test_what_accuses_an_official_is_refused_until_it_is_meant_for_here(client: Open311) -> None:
    accusing = {"description": "书记收了包工头的钱"}

    refused = client.post(sent(**accusing))
    meant = client.post(sent(**accusing, **{"attribute[meant_for_here]": "yes"}))

    assert (refused.status, meant.status) == (400, 201)
    assert Case.objects.count() == 1


def test_what_was_not_released_never_leaves(client: Open311) -> None:
    text = "楼下沙井盖松动"
    number = only(client.post(sent(description=text)).content)["service_request_id"]

    for found in (client.request(number), client.requests(), client.get("servicerequestupdates")):
        assert text not in str(found.content)
    assert only(client.request(number).content)["description"] is None
    PublicWords.objects.update(shown=text, released_at=timezone.now())
    assert text in only(client.request(number).content)["description"]


def test_the_hour_of_a_report_is_nowhere_told(client: Open311) -> None:
    number = only(client.post(sent()).content)["service_request_id"]

    told = only(client.request(number).content)
    row = Client().get(f"/api/v1/places/{CODE}/cases/{number}/").json()
    feed = Client().get(f"/feeds/places/{CODE}.atom").content.decode()

    day = f"{timezone.localdate()}T00:00:00+08:00"
    assert (told["requested_datetime"], told["updated_datetime"]) == (day, day)
    assert row["reported_on"] == row["updated_on"] == str(timezone.localdate())
    assert re.findall(r"<entry>.*?<updated>([^<]+)", feed, re.DOTALL) == [day]


def test_without_a_key_nothing_is_taken(client: Open311) -> None:
    for key in ("", "ll_other"):
        client.api_key = key
        refused = client.post(sent())

        assert refused.status == 403 and refused.root in ("errors", "")
        assert set(only(refused.content)) == {"code", "description"}
        assert str(only(refused.content)["code"]) == "403"
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("fields", "status", "word"),
    [
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "nosuch"}, 404, "service_code"),
        ({"address_id": ""}, 400, "address_string"),
        ({"address_id": "", "lat": "23.0"}, 400, "long"),
        ({"address_id": "", "lat": "x", "long": "113"}, 400, "lat"),
        ({"address_id": "", "lat": "0", "long": "0"}, 400, "lat, long"),
        ({"address_id": "", "address_string": "没有这个地方"}, 400, "address_string"),
        ({"address_id": "999999999999"}, 400, "address_id"),
        ({"description": ""}, 400, "description: "),
        ({"description": "x" * 4001}, 400, "description"),
        ({"description": "找张三，13800138000"}, 400, "description: "),
        ({"phone": "12"}, 400, "phone"),
        ({"jurisdiction_id": "sfgov.org"}, 404, "jurisdiction_id"),
        ({"attribute[nosuch]": "1"}, 400, "attribute"),
        ({"attribute[matter]": "tip"}, 400, "attribute"),
        ({"attribute[matter][]": ["help", "praise"]}, 400, "attribute"),
    ],
)
def test_bad_input_is_told_in_the_form_of_the_standard(
    client: Open311, fields: dict[str, Any], status: int, word: str
) -> None:
    refused = client.post(sent(**fields))

    assert refused.status == status and refused.root in ("errors", "")
    told = only(refused.content)
    assert str(told["code"]) == str(status) and word in told["description"]
    assert not Case.objects.exists() and not PostedRequest.objects.exists()


def test_the_same_sending_is_one_request(client: Open311) -> None:
    first, again = (only(client.post(sent(), once="a-1").content) for _ in range(2))
    other = only(client.post(sent(), once="a-2").content)

    assert first["service_request_id"] == again["service_request_id"]
    assert other["service_request_id"] != first["service_request_id"]
    assert Case.objects.count() == 2


def test_a_token_leads_to_the_number(client: Open311) -> None:
    row = only(client.post(sent(token_only="true")).content)
    assert "service_request_id" not in row

    found = only(client.get(f"tokens/{row['token']}").content)
    assert found == {"service_request_id": Case.objects.get().number, "token": row["token"]}
    for token in ("nosuch", "6f0e7a56-5f0c-4b52-9d0e-6d6f6e6c6c69"):
        assert client.get(f"tokens/{token}").status == 404


def test_requests_are_filtered_by_every_argument(client: Open311) -> None:
    code = next(
        s["service_code"] for s in client.services().content if s["service_code"] != "other"
    )
    first = only(client.post(sent(service_code=code)).content)["service_request_id"]
    second = only(client.post(sent()).content)["service_request_id"]
    now = timezone.now()

    def numbers(**given: str) -> list[str]:
        return [row["service_request_id"] for row in client.requests(**given).content]

    assert numbers() == [second, first]
    assert numbers(service_code=code) == [first]
    assert numbers(service_code=f"{code},other") == [second, first]
    assert numbers(service_code="nosuch") == []
    assert numbers(status="open") == [second, first]
    assert numbers(status="closed") == []
    assert numbers(status="open,closed", page_size="1") == [second]
    assert numbers(page_size="1", page="2") == [first]
    day = timedelta(days=1)
    assert numbers(start_date=(now - day).isoformat(), end_date=(now + day).isoformat()) == [
        second, first,
    ]  # fmt: skip
    assert numbers(end_date=(now - 2 * day).isoformat()) == []
    # the list of numbers overrides everything else
    assert numbers(service_request_id=first, status="closed") == [first]


@pytest.mark.parametrize(
    "given",
    [
        {"start_date": "2026-01-01T00:00:00"}, {"start_date": "x"}, {"status": "done"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
        {"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"},
        {"page_size": "1001"}, {"page_size": "0"}, {"page": "x"},
    ],
)  # fmt: skip
def test_arguments_that_cannot_be_read_are_told(client: Open311, given: dict[str, str]) -> None:
    refused = client.requests(**given)

    assert refused.status == 400 and str(only(refused.content)["code"]) == "400"


def test_an_empty_argument_is_as_none(client: Open311) -> None:
    client.post(sent())

    empty = client.requests(status="", service_code="", start_date="", jurisdiction_id="")
    assert empty.content == client.requests().content


def test_photos_come_along_and_a_broken_one_is_told(client: Open311) -> None:
    good = SimpleUploadedFile("a.jpg", photo(with_exif=True), "image/jpeg")
    assert client.post_with_media(sent(media=good)).status == 201
    bad = SimpleUploadedFile("b.jpg", b"\xff\xd8\xff broken", "image/jpeg")

    refused = client.post_with_media(sent(media=bad))

    assert refused.status == 400 and "media" in only(refused.content)["description"]
    assert Case.objects.count() == 1


def test_what_is_not_there_is_told_in_the_form(client: Open311) -> None:
    for resource in ("requests/NOSUCH", "services/nosuch", "nothing"):
        found = Open311("/open311/v2", "xml").get(resource)
        assert found.status == 404 and found.root == "errors", resource


def test_a_key_reaches_its_places_alone() -> None:
    elsewhere = make_actor("elsewhere", permits.REPORT, at="441900/441900006/", account_id=8)

    with pytest.raises(NotAllowed):
        services.post_request(
            Posted("other", address_id=CODE, description="灯"), actor=elsewhere, now=NOON
        )
    assert not Case.objects.exists()


def test_another_page_may_read_but_not_post() -> None:
    client = Open311("/open311/v2", "json", api_key=KEY)
    read = client.browser.get("/open311/v2/services.json")
    posted = client.browser.post("/open311/v2/requests.json", {"api_key": KEY, **sent()})

    assert read["Access-Control-Allow-Origin"] == "*"
    assert posted.status_code == 201 and "Access-Control-Allow-Origin" not in posted
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("error", "status"), [(ValueError("secret"), 500), (OperationalError("gone"), 503)]
)
def test_what_breaks_here_is_told_in_the_form_and_keeps_its_status(
    client: Open311, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def broken(*args: Any, **given: Any) -> None:
        raise error

    monkeypatch.setattr("linli.exchange.services.post_request", broken)
    client.browser.raise_request_exception = False

    answer = client.post(sent())

    assert answer.status == status
    assert str(only(answer.content)["code"]) == str(status)
    assert "secret" not in only(answer.content)["description"]
    assert not Case.objects.exists()
