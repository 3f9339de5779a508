"""Pages and addresses of groups and buildings: forms, lists, the desk, outside programs."""

import json
import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor
from linli.places import permits, services
from linli.places.models import Place
from linli.places.testing import NOON, make_town, make_village
from linli.places.tests.village_parts import (
    CLERK,
    DECREE,
    FORM,
    LEAD,
    LIST,
    NEIGHBOUR,
    TOWN,
    VILLAGE,
    add,
    building,
    group,
    send,
)


@pytest.mark.django_db
def test_the_form_enters_a_group_and_keeps_what_was_typed_when_it_is_refused() -> None:
    make_village(VILLAGE)
    client = client_of(CLERK)

    done = send(client, f"{LIST}new/", **FORM)
    again = send(client, f"{LIST}new/", **{**FORM, "name": "另一组"})
    empty = send(client, f"{LIST}new/", level="group")
    stranger = send(client_of(NEIGHBOUR), f"{LIST}new/", **FORM)

    assert (done.status_code, again.status_code, empty.status_code) == (303, 422, 422)
    assert "另一组" in again.content.decode()
    assert stranger.status_code == 403
    assert Place.objects.filter(level="group").count() == 1


@pytest.mark.django_db
def test_the_list_shows_filters_exports_and_says_when_it_is_empty() -> None:
    village = make_village(VILLAGE)
    empty = Client().get(LIST).content.decode()
    first = add(village, group())
    add(village, building(of="1"))
    gone = add(village, group(2, "旧组"))
    services.end_part(gone, decree=DECREE, version=1, actor=CLERK, now=NOON)

    shown = Client().get(LIST, {"level": "group"}).content.decode()
    ended = Client().get(LIST, {"ended": "1"}).content.decode()
    file = Client().get(LIST, {"format": "csv", "word": "1栋"}).content.decode("utf-8-sig")

    assert "还没有录入" in empty
    assert first.code in shown
    assert f"{VILLAGE}b001" not in shown
    assert gone.code not in shown
    assert gone.code in ended
    assert file.count("\r\n") == 2
    assert "第一小组" in file
    assert f"{LIST}new/" not in shown
    assert f"{LIST}new/" in client_of(CLERK).get(LIST).content.decode()


@pytest.mark.django_db
def test_the_desk_leads_a_clerk_straight_to_her_village_and_a_town_to_its_list() -> None:
    make_town()
    address = "/zh-hans/register/parts/"

    assert client_of(CLERK).get(address)["Location"] == LIST
    assert "441900005002" in client_of(TOWN).get(address).content.decode()
    assert client_of(make_actor("x", permits.DRAW, at="441900/")).get(address).status_code == 403


@pytest.mark.django_db
def test_who_keeps_more_villages_than_a_page_holds_reaches_every_one() -> None:
    made = {make_village(f"441900005{number:03}").code for number in range(1, 62)}
    address, seen, cursor = "/zh-hans/register/parts/", [], ""
    Place.objects.filter(code="441900005061").update(is_invented=True)

    while cursor is not None:
        shown = client_of(TOWN).get(address, {"cursor": cursor} if cursor else {}).content.decode()
        codes = re.findall(r"/register/places/(441900005\d{3})/parts/\"", shown)
        seen += codes
        after = re.search(r'rel="next" href="[^"]*cursor=([^"&]+)"', shown)
        cursor = after and after[1]

    assert sorted(seen) == sorted(made)
    real = Place.objects.filter(level="village").order_by("-is_invented", "code")
    assert seen == list(real.values_list("code", flat=True))
    assert client_of(TOWN).get(address, {"cursor": "!!"}).status_code == 422


@pytest.mark.django_db
def test_a_group_is_ended_and_renamed_from_its_page() -> None:
    first = add(make_village(VILLAGE), group())
    client, base = client_of(CLERK), f"/zh-hans/register/places/{VILLAGE}g001/"
    said = {"document": "决议", "effective_on": "20261101", "reason": ""}

    page = client.get(base).content.decode()
    shown = client.get(f"{base}end/")
    done = send(client, f"{base}end/", version=1, **said)
    village = client_of(LEAD).get(f"/zh-hans/register/places/{VILLAGE}/end/")

    assert f"{base}end/" in page
    assert (shown.status_code, done.status_code, village.status_code) == (200, 303, 404)
    first.refresh_from_db()
    assert first.valid_to == date(2026, 11, 1)


@pytest.mark.django_db
def test_the_api_lists_and_enters_once() -> None:
    make_village(VILLAGE)
    address, key = f"/api/v1/places/{VILLAGE}/parts/", str(uuid4())
    given = {**FORM, "number": 1}

    def post(actor: Actor, body: object, key: str):
        return client_of(actor).post(
            address, json.dumps(body), content_type="application/json",
            headers={"Idempotency-Key": key},
        )  # fmt: skip

    made = post(CLERK, given, key)
    again = post(CLERK, given, key)
    taken = post(CLERK, given, str(uuid4()))
    bad = post(CLERK, {**given, "level": "village", "since": "x"}, str(uuid4()))
    stranger = post(NEIGHBOUR, given, str(uuid4()))
    listed = Client().get(f"{address}?level=group").json()

    assert (made.status_code, again.status_code) == (201, 201)
    assert made.json()["code"] == f"{VILLAGE}g001"
    assert (taken.status_code, taken.json()["code"]) == (422, "code_taken")
    assert set(bad.json()["fields"]) == {"level", "since"}
    assert stranger.status_code == 403
    assert (listed["count"], listed["items"][0]["parent"]) == (1, VILLAGE)
    assert Client().get(f"{address}?level=village").status_code == 422
