"""What people type is found, also with a wrong sign, by sound, by initials, in dialect, in English."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from linli.kernel.permits import NOBODY
from linli.offerings.queries.item_search import search_items
from linli.offerings.rules import searching
from linli.offerings.rules.enough import with_enough
from linli.offerings.rules.wordings import core_of, wordings_of
from linli.offerings.search import find_items
from linli.offerings.services.item_terms import index_items
from linli.offerings.testing import (
    NOON,
    SYSTEM,
    TODAY,
    item_data,
    make_item,
    refused_data,
)
from linli.people.queries.readings import readings_of_sign
from linli.places.testing import make_village
from tests.furnishing import made_once

ITEMS = (
    item_data("residence-permit"),
    item_data("dog", name={"zh": "养犬登记", "en": "Registering a dog"}, synonyms=["狗证", "狗牌"]),
    item_data("school", name={"zh": "新莞人子女积分入学", "en": "School place by points"}, synonyms=["积分入学", "外地小孩上学"]),
    item_data("lease", name={"zh": "出租屋备案", "en": "Filing a lease"}, synonyms=["租赁备案", "租房登记"]),
    item_data("allowance", name={"zh": "高龄老人津贴", "en": "Allowance for the very old"}, synonyms=["老人钱", "高龄补贴"]),
    refused_data(),
)  # fmt: skip


def test_what_is_asked_with_every_matter_tells_none_from_another() -> None:
    assert core_of("请问我想办居住证要带什么材料？") == "办居住证"
    assert core_of("How do I get a residence permit?") == "residence permit"
    assert core_of("怎么办") == "怎么办"
    assert wordings_of("细蚊仔返学点办") == ["细蚊仔返学", "小孩返学", "细蚊仔上学"]


def test_a_rarer_piece_weighs_more() -> None:
    weights = searching.weigh({"证": 10, "居住": 10}, {"证": 90, "居住": 1}, 100)

    assert weights["居住"] > 3 * weights["证"] > 0
    assert searching.weigh({"证": 10}, {"证": 100}, 100) == {"证": 20}


def test_texts_are_alike_by_what_they_share() -> None:
    assert searching.likeness("居住证", "居住证") == 1
    assert (
        searching.likeness("居住证", "居住证申领") > searching.likeness("居住证", "暂住证申领") > 0
    )
    assert searching.likeness("狗", "居住证") == 0


def test_every_piece_fits_its_column() -> None:
    long = "a" * 80 + "居住证" * 30

    assert max(map(len, searching.pieces_of(long, readings_of_sign))) <= searching.MOST_TERM
    assert len(searching.asked_of(long, readings_of_sign)) <= searching.MOST_ASKED


@pytest.mark.parametrize(
    ("text", "phrase", "is_found"),
    [
        ("路灯", "道路运输经营许可", False), ("区块链", "社区法律顾问", False), ("你好", "高龄补贴", False),
        ("飞机票", "技能培训", False), ("下水道堵了", "农业保险到期", False), ("weather", "health check", False),
        ("hello", "help in need", False), ("street lamp", "cancer screening", False), ("pothole", "other", False),
        ("xyz", "香烟零售", False), ("", "居住证", False), ("？", "居住证", False),
        ("居主证", "居住证", True), ("居证", "居住证", True), ("户照", "护照", True), ("狗", "养狗", True),
        ("jzz", "补领居住证", True), ("juzuzheng", "居住证", True), ("ju zhu zheng", "居住证", True),
        ("marrige registration", "getting a marriage certificate", True), ("pasport", "passport", True),
        ("垃圾没人收", "大件垃圾预约", True), ("细蚊仔返学", "小孩上学", True), ("my boss did not pay wages", "unpaid wages", True),
    ],
)  # fmt: skip
def test_what_has_less_than_a_word_in_common_is_not_shown(
    text: str, phrase: str, is_found: bool
) -> None:
    card = searching.Card(1, ("别的事项", phrase), 1.0)

    assert with_enough(text, [card], readings_of_sign) == ([card] if is_found else [])


def _offer() -> None:
    place = make_village()
    for data in ITEMS:
        make_item(place, **data)
    index_items(actor=SYSTEM, now=NOON)


offered = made_once(_offer)


@pytest.mark.django_db
@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("居住证", "residence-permit"), ("暂住证怎么办", "residence-permit"), ("居主证", "residence-permit"),
        ("居证", "residence-permit"), ("juzhuzheng", "residence-permit"), ("ju zhu zheng", "residence-permit"),
        ("jzz", "residence-permit"), ("juzuzheng", "residence-permit"), ("residense permit", "residence-permit"),
        ("狗证", "dog"), ("养狗", "dog"), ("register dog", "dog"), ("细蚊仔返学", "school"), ("积分入学需要什么材料", "school"),
        ("租屋登记", "lease"), ("czwba", "lease"), ("老人钱", "allowance"), ("高岭津贴", "allowance"),
        ("亲属关系证明", "proof-of-kinship"), ("亲属证明", "proof-of-kinship"), ("ＪＺＺ", "residence-permit"),
    ],
)  # fmt: skip
def test_the_right_item_comes_first(text: str, key: str) -> None:
    assert search_items(text, TODAY)[0].key == key


@pytest.mark.django_db
@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize("text", ["", "   ", "？！", "%_'\"\\", "𠮷", "q" * 500, "\t"])
def test_odd_questions_break_nothing(text: str) -> None:
    assert isinstance(search_items(text, TODAY), list)


@pytest.mark.django_db
@pytest.mark.usefixtures("offered")
def test_what_nobody_offers_finds_nothing() -> None:
    assert [search_items(text, TODAY) for text in ("路灯", "street lamp", "weather")] == [
        [],
        [],
        [],
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("offered")
def test_the_search_across_everything_finds_items_in_the_readers_language() -> None:
    with override("en"):
        hit = find_items(NOBODY, "暂住证", 5)[0]

    assert (hit.title, hit.url) == ("Residence permit", "/en/items/residence-permit/")


@pytest.mark.django_db
@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize("number", ["BJ-2026-0001", "bj 2026 0001", "K7QM3XRW"])
def test_a_number_or_a_code_brings_no_services_to_anybody(number: str) -> None:
    assert search_items(number, TODAY) == list(find_items(NOBODY, number, 5)) == []
