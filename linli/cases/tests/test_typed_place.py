"""A place typed into the filter of the list: by a part of its name, its pinyin or its code."""

from __future__ import annotations

from typing import Any

import pytest

from linli.cases.errors import UnclearPlace
from linli.cases.queries.filters import place_of, places_to_choose
from linli.cases.testing import clerk_of, make_case
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of
from linli.places.models import Place

pytestmark = pytest.mark.django_db
CITY, TOWN = clerk_of("441900/"), clerk_of("441900/441900005/", "town")
LIST = "/en/desk/cases/"
NAMES = {
    "441900005": ("石龙镇", "石龙", "Shilong Town"),
    "441900005001": ("新城社区居民委员会", "新城社区", "Xincheng Community"),
    "441900005002": ("桥头村村民委员会", "桥头村", "Qiaotou Village"),
    "441900006": ("石排镇", "石排", "Shipai Town"),
    "441900006001": ("桥头村村民委员会", "桥头村", "Qiaotou Village"),
}


@pytest.fixture(autouse=True)
def places() -> None:
    for code in ("441900005001", "441900005002", "441900006001"):
        make_case(code)
    for code, (name, short, english) in NAMES.items():
        Place.objects.filter(code=code).update(name=name, short_name=short, name_en=english)


def get(actor: Actor = CITY, **query: str) -> Any:
    return client_of(actor).get(LIST, query)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", ""),
        ("441900006001", "441900006001"),
        ("新城", "441900005001"),
        ("  石龙镇 ", "441900005"),
        ("xincheng", "441900005001"),
        ("Xin Cheng", "441900005001"),
        ("shilong", "441900005"),
        ("桥头村村民委员会 441900006001", "441900006001"),
        ("44190000600", "441900006001"),
    ],
)
def test_what_is_typed_means_the_place_that_alone_fits(typed: str, code: str) -> None:
    assert place_of(CITY, typed) == code


@pytest.mark.parametrize(
    ("actor", "typed", "fits"),
    [
        (CITY, "桥头", ["441900005002", "441900006001"]),
        (CITY, "qiaotou", ["441900005002", "441900006001"]),
        (CITY, "shi", ["441900005", "441900006"]),
        (CITY, "不存在", []),
        (CITY, "<b>", []),
        (CITY, "1", []),
        (CITY, "5001", []),
        (TOWN, "shipai", []),
    ],
)
def test_what_fits_several_or_none_is_told_with_the_town_before_the_name(
    actor: Actor, typed: str, fits: list[str]
) -> None:
    with pytest.raises(UnclearPlace) as told:
        place_of(actor, typed)

    assert sorted(code for code, _name in told.value.fits) == fits
    assert all("·" in name for code, name in told.value.fits if len(code) == 12)


def test_of_several_of_a_name_each_sees_those_of_her_own() -> None:
    assert place_of(TOWN, "桥头") == "441900005002"


def test_the_page_goes_on_to_the_place_that_is_meant_and_keeps_the_other_filters() -> None:
    answer = get(place="xincheng", view="open", q="lamp", cursor="x")

    assert answer.status_code == 302
    assert answer["Location"] == f"{LIST}?view=open&q=lamp&place=441900005001"
    page = client_of(CITY).get(answer["Location"]).content.decode()
    assert page.count("JB-2026-") >= 1
    assert 'name="query" value="view=open&amp;q=lamp&amp;place=441900005001"' in page
    assert "place=441900005001" in page.partition("Calendar")[0]


def test_the_page_asks_which_place_is_meant_and_shows_no_case_meanwhile() -> None:
    answer = get(place="桥头", q="lamp")

    html = answer.content.decode()
    assert answer.status_code == 422
    assert f"{LIST}?q=lamp&amp;place=441900006001" in html
    assert "JB-2026-" not in html
    nothing = get(place="不存在<b>").content.decode()
    assert "No place is called" in nothing and "不存在<b>" not in nothing


def test_print_and_api_take_the_same_words_and_refuse_what_is_unclear() -> None:
    client = client_of(CITY)

    # the list asks which place is meant; nothing is printed before
    asked = client.get(f"{LIST}print/", {"place": "桥头"}, follow=True)
    assert (asked.status_code, asked.request["PATH_INFO"]) == (422, LIST)
    assert "JB-2026-" not in asked.content.decode() and len(asked.redirect_chain) == 1
    assert client.get(f"{LIST}print/", {"place": "xincheng"}).status_code == 200
    found = client.get("/api/v1/cases/", {"place": "xincheng"}).json()
    assert [one["place"] for one in found["items"]] == ["441900005001"]
    refused = client.get("/api/v1/cases/", {"place": "qiaotou"})
    assert refused.status_code == 422
    assert "441900006001" in str(refused.json())


def test_where_there_are_many_places_only_towns_and_villages_are_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("linli.cases.queries.filters.MANY", 2)

    offered = [code for code, _name in places_to_choose(CITY)]

    assert set(NAMES) <= set(offered)
    assert all(len(code) <= 12 for code in offered)


@pytest.mark.parametrize("place", ["", "桥头"])
def test_a_mistyped_day_stays_in_its_field_with_what_is_wrong_beside_it(place: str) -> None:
    answer = get(since="31.13", place=place)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="since" value="31.13"' in html and 'id="f-since-err"' in html
    assert "left out" not in html
    # the list is as without it, and so are the links to the calendar and the map
    assert ("JB-2026-" in html) is (not place)
    assert "calendar/?since" not in html


def test_beside_a_mistyped_day_an_old_links_filter_is_still_left_out() -> None:
    answer = get(since="31.13", kind="no_such_kind")

    assert answer.status_code == 302
    assert (answer["Location"].count("since=31.13"), "no_such_kind" in answer["Location"]) == (1, 0)
    # where no field holds it, it is left out as well
    printed = client_of(CITY).get(f"{LIST}print/", {"since": "31.13"})
    assert (printed.status_code, "since" in printed["Location"]) == (302, False)
