"""Words point to categories and places; what points nowhere gives nothing."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.clients import shipped
from linli.cases.rules.suggesting import Lexicon, Named, Topic, bare_name

HUMEN, LONGYAN, NANCHENG = (
    "441900/441900121/",
    "441900/441900121/441900121001/",
    "441900/441900004/",
)
SHIGU, SHIGU_ELSEWHERE = NANCHENG + "441900004010/", HUMEN + "441900121009/"
PLACES = [
    Named(HUMEN, "441900121", "town", ("虎门镇", "Humen Town", "Humen"), ("虎门",)),
    Named(NANCHENG, "441900004", "town", ("南城街道",), ("南城",)),
    Named(LONGYAN, "441900121001", "village", ("龙眼社区",), ("龙眼",)),
    Named(SHIGU, "441900004010", "village", ("石鼓社区",), ("石鼓",)),
    Named(SHIGU_ELSEWHERE, "441900121009", "village", ("石鼓社区",), ("石鼓",)),
    Named(HUMEN + "1/", "1", "village", ("虎门社区",), ("虎门",)),
    Named(HUMEN + "2/", "2", "village", ("黄家山村",), ("黄家山",)),
]
LEXICON = Lexicon(
    [
        Topic(n, one.code, (one.title, one.title_en, *one.words.split("\n")), not one.parent)
        for n, one in enumerate(shipped.categories())
    ],
    PLACES,
)


def topics(text: str) -> list[str]:
    return [one.code for one in LEXICON.suggest(text).categories]


def places(text: str, path: str = "") -> list[str]:
    return [one.path for one in LEXICON.suggest(text, path).places]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("路口的路灯坏了一个星期，晚上黑漆漆的", "street_lamp"),
        ("楼下烧烤店油烟很大", "fumes"),
        ("老板拖欠工资三个月，一直不发工资", "wages"),
        ("夜间施工噪音太大", "site_noise"),
        ("健身房跑路，预付卡不退钱", "consumer_dispute"),
        ("工厂半夜偷排废气，味道刺鼻", "industry_pollution"),
        ("我要咨询积分入学", "school"),
        ("井盖松动异响", "manhole"),
        ("有人遛狗不牵绳", "stray_dogs"),
        ("村务公开栏很久没有更新", "disclosure"),
        ("下水道堵塞，污水横流", "drains"),
        ("The street lamp near my house is broken", "street_lamp"),
        ("电动车上楼充电，消防通道堵塞", "fire_hazard"),
        ("广场舞音响太吵，睡不着", "noise"),
        ("路面坑洼，车都过不去", "road_damage"),
    ],
)
def test_the_words_of_a_report_point_to_its_category(text: str, code: str) -> None:
    assert topics(text)[0] == code


@pytest.mark.parametrize("text", ["", "   ", "😀😀😀", "你好", "<b></b>", "1234567", "。。。"])
def test_what_points_nowhere_suggests_nothing(text: str) -> None:
    found = LEXICON.suggest(text)

    assert (found.categories, found.places) == ((), ())


def test_a_longer_word_hides_the_shorter_in_it_and_says_why() -> None:
    best = LEXICON.suggest("施工噪音").categories[0]

    assert (best.code, best.words, best.share) == ("site_noise", ("施工噪音",), 1.0)


def test_shares_are_of_all_that_was_found() -> None:
    found = LEXICON.suggest("小区物业不作为，电梯坏了，楼下油烟，深夜很吵").categories

    assert len(found) == 3
    assert all(0 < one.share < 1 for one in found)
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("虎门镇龙眼社区路口", "", [LONGYAN]),
        ("龙眼社区路口", "", [LONGYAN]),
        ("买了龙眼和荔枝", "", []),
        ("虎门龙眼的路灯", "", [LONGYAN]),
        ("龙眼的路灯", HUMEN, [LONGYAN]),
        ("龙眼的路灯", NANCHENG, []),
        ("虎门很堵", "", [HUMEN]),
        ("虎门社区很堵", "", [HUMEN + "1/"]),
        ("Street lamps in Humen", "", [HUMEN]),
        ("黄家山那边", "", [HUMEN + "2/"]),
    ],
)
def test_places_are_found_by_their_names(text: str, path: str, expected: list[str]) -> None:
    assert places(text, path) == expected


def test_of_two_places_of_one_name_that_in_the_named_town_comes_first() -> None:
    assert places("南城石鼓社区") == [SHIGU, SHIGU_ELSEWHERE]
    assert places("虎门石鼓社区")[0] == SHIGU_ELSEWHERE
    assert places("石鼓社区", NANCHENG)[0] == SHIGU
    scores: list[Any] = [one.score for one in LEXICON.suggest("石鼓社区").places]
    assert len(set(scores)) == 1


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("龙眼社区", "龙眼"),
        ("上元村", "上元"),
        ("村", ""),
        ("樟村社区", "樟村"),
        ("黄旗生活区", "黄旗"),
        ("镇", ""),
    ],
)
def test_names_without_their_ending(name: str, bare: str) -> None:
    assert bare_name(name) == bare


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_at_most_three_of_each_with_words_that_stand_in_it(text: str) -> None:
    found = LEXICON.suggest(text)

    assert len(found.categories) <= 3 >= len(found.places)
    assert all(0 <= one.share <= 1 for one in found.categories)
    assert all(0 < one.score <= 1 for one in found.places)


def test_a_report_takes_less_than_a_few_milliseconds() -> None:
    text = "虎门镇龙眼社区路口的路灯坏了，晚上很黑，希望尽快处理。" * 40
    begun = time.perf_counter()

    for _ in range(20):
        LEXICON.suggest(text)

    assert (time.perf_counter() - begun) / 20 < 0.05
