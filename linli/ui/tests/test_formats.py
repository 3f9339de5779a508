"""Dates, numbers and money as people here write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from linli.kernel.money import Money
from linli.ui import formats
from linli.ui.doers import doer

TUESDAY = date(2026, 11, 24)
LATE_EVENING_UTC = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)  # 00:05 on Tuesday in Dongguan


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hans", "2026年11月24日 (周二)"), ("en", "24 November 2026 (Tue)")],
)
def test_a_day_carries_its_weekday(language: str, expected: str) -> None:
    with translation.override(language):
        assert formats.day(TUESDAY) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hans", "2026年11月24日 (周二) 00:05"), ("en", "24 November 2026 (Tue) 00:05")],
)
def test_a_moment_is_told_in_local_time(language: str, expected: str) -> None:
    with translation.override(language):
        assert formats.moment(LATE_EVENING_UTC) == expected


def test_a_short_day_names_the_year_only_if_it_is_another_one() -> None:
    this_year = localdate().year

    with translation.override("zh-hans"):
        assert formats.day_short(date(this_year, 3, 1)).startswith("3月1日")
        assert formats.day_short(date(2019, 6, 30)) == "2019年6月30日 (周日)"
    with translation.override("en"):
        assert formats.day_short(date(2019, 6, 30)) == "30 Jun 2019 (Sun)"


@pytest.mark.parametrize(
    ("on", "zh", "en"),
    [
        (date(2026, 11, 24), "今天", "today"),
        (date(2026, 11, 25), "还有 1 天", "in 1 day"),
        (date(2026, 11, 27), "还有 3 天", "in 3 days"),
        (date(2026, 11, 22), "2 天前", "2 days ago"),
    ],
)
def test_the_distance_from_today_in_words(on: date, zh: str, en: str) -> None:
    with translation.override("zh-hans"):
        assert formats.from_today(on, TUESDAY) == zh
    with translation.override("en"):
        assert formats.from_today(on, TUESDAY) == en


def test_a_distance_stands_beside_its_date_and_not_at_all_when_far_off() -> None:
    with translation.override("zh-hans"):
        near = formats.day_with_distance(date(2026, 11, 27), TUESDAY)
        far = formats.day_with_distance(date(2029, 6, 30), TUESDAY)

    assert near.endswith("，还有 3 天")
    assert far == "2029年6月30日 (周六)"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (formats.money(123456), "¥1,234.56"),
        (formats.money(Money(-5)), "-¥0.05"),
        (formats.money(0), "¥0.00"),
        (formats.number(10000), "10,000"),
        (formats.number(18.6, 2), "18.60"),
        (formats.percent(16, 19), "84%"),
        (formats.percent(1, 3, 1), "33.3%"),
        (formats.file_size(512), "512 B"),
        (formats.file_size(245_760), "240 KB"),
        (formats.file_size(3_565_158), "3.4 MB"),
    ],
)
def test_numbers(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.parametrize(
    "shown",
    [
        formats.day(None), formats.moment(None), formats.money(None), formats.number(None),
        formats.percent(None, 3), formats.percent(3, 0), formats.file_size(None),
        formats.day_with_distance(None), formats.month(None), formats.weekday(None),
    ],
)  # fmt: skip
def test_what_is_unknown_is_a_dash_and_never_zero(shown: str) -> None:
    assert shown == "—"


def test_a_range_of_hours_stays_on_one_line() -> None:
    assert formats.unbroken("14:00–17:30") == "14:00\u2060–\u206017:30"
    assert formats.unbroken("示范大道1号") == "示范大道1号"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("周一至周五 08:30–12:00，14:00–17:30", "Mon–Fri 08:30–12:00, 14:00–17:30"),
        ("周一至五 09:00–12:00；周六、周日休息", "Mon–Fri 09:00–12:00; Sat, Sun closed"),
        ("每天 09:00–21:00，法定节假日除外", "daily 09:00–21:00, public holidays excepted"),
        ("正在装修", "正在装修"), ("周一 09:00，农忙时另行通知", "周一 09:00，农忙时另行通知"), ("", ""),
    ],
)  # fmt: skip
def test_opening_hours_are_told_in_english_where_every_sign_is_understood(
    written: str, told: str
) -> None:
    with translation.override("en"):
        assert formats.hours_told(written) == told
    with translation.override("zh-hans"):
        assert formats.hours_told(written) == written


@pytest.mark.parametrize("written", ["9:00-10:00", "9：00 至 10:00", "09:00—10:00", "9:00～10:00"])
def test_hours_are_shown_in_one_way_however_an_office_wrote_them(written: str) -> None:
    with translation.override("zh-hans"):
        assert (
            formats.hours_told(f"周一 {written}，16:00 后休息") == "周一 09:00–10:00，16:00 后休息"
        )


def test_whoever_did_something_has_her_usual_post_in_english() -> None:
    with translation.override("en"):
        assert doer("曾宪章 (镇长)") == "曾宪章 (Mayor of the town)"
        assert doer("叶少芬 (副主任)") == "叶少芬 (Vice chair)"
        assert doer("何伟明 (守夜人)") == "何伟明 (守夜人)"
    with translation.override("zh-hans"):
        assert doer("曾宪章 (镇长)") == "曾宪章 (镇长)"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-hans", ("甲、乙", "甲，乙", "甲；乙")),
        ("en", ("甲, 乙", "甲, 乙", "甲; 乙")),
    ],
)
def test_what_stands_together_is_parted_as_each_language_does(
    language: str, expected: tuple[str, ...]
) -> None:
    with translation.override(language):
        found = tuple(
            way(["甲", "乙"]) for way in (formats.listed, formats.clauses, formats.statements)
        )

    assert found == expected


@pytest.mark.parametrize(("language", "expected"), [("zh-hans", "日期：12"), ("en", "日期: 12")])
def test_what_follows_a_label_is_parted_as_each_language_does(language: str, expected: str) -> None:
    with translation.override(language):
        assert formats.label("日期") + "12" == expected


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (LATE_EVENING_UTC + timedelta(hours=2), "2026年11月24日 (周二) 00:05–02:05"),
        (
            LATE_EVENING_UTC + timedelta(days=1),
            "2026年11月24日 (周二) 00:05 – 2026年11月25日 (周三) 00:05",
        ),
    ],
)
def test_a_span_names_its_day_once_and_both_where_there_are_two(
    ends: datetime, expected: str
) -> None:
    with translation.override("zh-hans"):
        assert formats.span(LATE_EVENING_UTC, ends) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hans", "08:30–12:00、14:00–24:00"), ("en", "08:30–12:00, 14:00–24:00")],
)
def test_opening_hours_have_two_digits_and_a_dash(language: str, expected: str) -> None:
    with translation.override(language):
        assert formats.hours_of([(510, 720), (840, 1440)]) == expected
