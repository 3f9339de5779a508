"""Everybody finds what can be done and what it needs, without an account and without a script."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from linli.offerings.services import item_moves
from linli.offerings.testing import NOON, item_data, make_item, make_publisher, refused_data
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_entrance_shows_life_events_and_leads_to_their_services(
    client: Client, language: str
) -> None:
    place = make_village()
    make_item(place, events=["moving-in"])

    start = text_of(client, f"/{language}/items/?place={place.code}")
    listed = text_of(client, f"/{language}/items/?event=moving-in&place={place.code}")

    assert "event=moving-in" in start
    assert f"/{language}/items/residence-permit/?place={place.code}" in listed


def test_a_life_event_of_two_words_wraps_between_them(client: Client) -> None:
    assert "找工作<wbr>和失业" in text_of(client, "/zh-hans/items/")


def test_somebody_finds_it_by_her_own_words(client: Client) -> None:
    make_item(make_village())

    assert "居住证申领" in text_of(client, "/zh-hans/items/?q=暂住证")
    assert "Nothing fits these words" in text_of(client, "/en/items/?q=xyzxyz")


def test_questions_shorten_the_list_by_the_address_alone(client: Client) -> None:
    make_item(make_village())

    at_first = text_of(client, "/en/items/residence-permit/")
    own = text_of(client, "/en/items/residence-permit/?home=own")
    rented = text_of(client, "/en/items/residence-permit/?home=rented&register=no")

    assert "Lease" in at_first and "Only for: Rented; No" in at_first
    assert "Lease" not in own and "Is the lease filed?" not in own
    assert "Lease" in rented and "Only for:" not in rented
    assert "Identity data" in own and "You need not bring" in own
    assert "to be confirmed" in own and "10 working days" in own


def test_a_refused_proof_leads_elsewhere_and_asks_for_nothing(client: Client) -> None:
    """CE-01: household register, else the police station."""
    make_item(make_village(), **refused_data())

    page = text_of(client, "/en/items/proof-of-kinship/")

    assert "Where to go instead" in page and "the police station" in page
    assert "What to bring" not in page


def test_a_suspended_item_says_why(client: Client) -> None:
    place = make_village()
    item = make_item(place).item
    item.refresh_from_db()
    item_moves.suspend_item(
        item, "系统升级", edition=item.edition, actor=make_publisher(place), now=NOON
    )

    assert "系统升级" in text_of(client, "/zh-hans/items/residence-permit/")


@pytest.mark.parametrize("key", ["residence-permit", "proof-of-kinship"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_guide_is_printed_with_its_answers(client: Client, key: str, language: str) -> None:
    place = make_village()
    make_item(place)
    make_item(place, **refused_data())

    answer = client.get(f"/{language}/items/{key}/print.pdf?home=own&place={place.code}")

    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_what_is_not_there_is_not_found(client: Client) -> None:
    make_item(make_village())

    for address in (
        "items/nothing/",
        "items/nothing/print.pdf",
        "items/?place=999",
        "items/residence-permit/?place=x",
    ):
        assert client.get(f"/en/{address}").status_code == 404, address


def test_the_api_lists_finds_and_tells_an_item(client: Client) -> None:
    place = make_village()
    make_item(place, events=["moving-in"])
    make_item(place, **refused_data())

    listed = client.get("/api/v1/items/?event=moving-in").json()
    found = client.get("/api/v1/items/?q=暂住证&kind=public_service").json()
    one = client.get("/api/v1/items/residence-permit/?home=own").json()

    assert [row["key"] for row in listed["items"]] == ["residence-permit"] and listed["count"] == 1
    assert found["items"][0]["key"] == "residence-permit"
    assert one["materials"] == ["photo", "identity"] and one["questions"] == ["home"]
    assert one["content"]["promised"]["days"] == 10 and one["place"] == place.code
    assert client.get("/api/v1/items/?kind=odd").status_code == 422
    assert client.get("/api/v1/items/nothing/").status_code == 404


def test_an_item_without_english_is_shown_in_chinese_and_says_so(client: Client) -> None:
    make_item(make_village(), **item_data(name={"zh": "居住证"}, says={"zh": "领取居住证。"}))

    page = text_of(client, "/en/items/residence-permit/")

    assert "This page was written in Chinese only" in page and "居住证" in page


def test_a_matter_of_the_window_leads_to_a_time_there_and_a_refused_proof_to_neither(
    client: Client,
) -> None:
    place = make_village()
    key = make_item(place).item.key
    proof = make_item(place, **refused_data()).item.key

    guide = text_of(client, f"/zh-hans/items/{key}/?place={place.code}")
    refused = text_of(client, f"/zh-hans/items/{proof}/?place={place.code}")

    assert f"/zh-hans/items/{key}/visit/?place={place.code}" in guide
    assert "/visit/" not in refused
    assert "/apply/" not in refused


def test_the_touch_screen_asks_one_question_after_the_other_then_gives_the_list_to_take_along(
    client: Client,
) -> None:
    """Without a script too it goes home by itself; what is printed there leads back."""
    place = make_village()
    make_item(place, events=["moving-in"])
    to, home = (
        f"/en/items/residence-permit/?place={place.code}&face=touch",
        f"/en/places/{place.code}/touch/",
    )

    start = text_of(client, f"/en/items/?place={place.code}&face=touch")
    listed = text_of(client, f"/en/items/?place={place.code}&face=touch&event=moving-in")
    asked, then = text_of(client, to), text_of(client, f"{to}&home=rented")
    known, whole = text_of(client, f"{to}&home=own"), text_of(client, f"{to}&all=1")
    paper = text_of(client, to.replace("touch", "a5") + "&home=own")

    for page in (start, listed, asked, then, known, whole):
        assert f'http-equiv="refresh" content="60;url={home}"' in page
    assert "face=touch" in start and "residence-permit/" in listed
    assert "home=own" in asked and "Lease" not in asked and "What to bring" not in asked
    assert "Is the lease filed?" in then and "home=rented" in then
    assert "Lease" not in known and "face=a5" in known and "What to bring" in known
    assert "Lease" in whole and "Only for: Rented; No" in whole
    assert 'content="60;url=' in paper and "ll-a5" in paper and "Lease" not in paper
    # without a place there is no start to go back to
    assert "face=a5" not in text_of(client, "/en/items/residence-permit/?face=touch")
    assert "face=touch" in text_of(client, f"/en/places/{place.code}/touch/services/")
