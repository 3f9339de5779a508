"""Dates as people type them: taken when certain, refused with a clear word when not."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from linli.kernel.api import Moment
from linli.kernel.dates import MESSAGES, Lean, NotADate, echo, parse, read_moment
from linli.kernel.given import words_of

TODAY = date(2026, 11, 24)
DAY = date(2026, 11, 24)
days = st.dates(date(1900, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "20261124",
        "11.24",
        "11-24",
        "2026-11-24",
        "2026年11月24日",
        "11月24日",
        "11月24号",
        "24/11",
        "11/24",
        "24.11",
        "2026/11/24",
        "2026.11.24",
        "24/11/2026",
        "24.11.2026",
        "２０２６１１２４",
        "２０２６年１１月２４日",
        "１１．２４",
        "2026。11。24",
        "2026年 11月 24日",
        " 2026 - 11 - 24 ",
        "2026—11—24",
        "二〇二六年十一月二十四日",
        "二零二六年十一月二十四日",
        "十一月二十四日",
        "2026年11月24日 (周二)",
        "2026年11月24日（星期二）",
        "11月24日周二",
        "24 November 2026",
        "24 Nov",
        "24 November 2026 (Tue)",
    ],
)
def test_what_people_type(text: str) -> None:
    assert parse(text, today=TODAY) == DAY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("5/6", "ambiguous"),
        ("5/6/2026", "ambiguous"),
        ("261124", "short_year"),
        ("26.11.24", "short_year"),
        ("26年11月24日", "short_year"),
        ("20261324", "no_such_day"),
        ("2026-02-29", "no_such_day"),
        ("2.30", "no_such_day"),
        ("13月1日", "no_such_day"),
        ("31/11", "no_such_day"),
        ("30.13", "no_such_day"),
        ("10000101", "no_such_day"),
        ("tomorrow", "unclear"),
        ("1124", "unclear"),
        ("24 Ju 2026", "unclear"),
        ("24 Jun 26", "unclear"),
        ("2026-11-24-1", "unclear"),
        ("<script>", "unclear"),
        ("2026年11月24日 (周三)", "weekday"),
        ("24 November 2026 (Wed)", "weekday"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, code: str) -> None:
    with pytest.raises(NotADate) as refused:
        parse(text, today=TODAY)

    assert refused.value.code == code
    assert refused.value.message is MESSAGES[code]


def test_the_same_number_twice_reads_the_same_either_way() -> None:
    assert parse("5/5", today=TODAY) == date(2027, 5, 5)


@pytest.mark.parametrize(
    ("lean", "expected"),
    [
        (Lean.NEAREST, date(2027, 1, 5)),
        (Lean.PAST, date(2026, 1, 5)),
        (Lean.FUTURE, date(2027, 1, 5)),
    ],
)
def test_without_a_year_the_field_says_which_way_to_lean(lean: Lean, expected: date) -> None:
    assert parse("1.5", today=TODAY, lean=lean) == expected


@pytest.mark.parametrize(
    ("lean", "expected"),
    [(Lean.PAST, date(2024, 2, 29)), (Lean.FUTURE, date(2028, 2, 29))],
)
def test_a_leap_day_finds_its_year(lean: Lean, expected: date) -> None:
    assert parse("2.29", today=TODAY, lean=lean) == expected


def test_today_itself_is_neither_past_nor_future() -> None:
    assert parse("11.24", today=TODAY, lean=Lean.PAST) == TODAY
    assert parse("11.24", today=TODAY, lean=Lean.FUTURE) == TODAY


def test_the_echo_names_the_weekday() -> None:
    assert echo(DAY) == "2026年11月24日 (周二)"
    assert echo(DAY, "en") == "24 November 2026 (Tue)"


@given(days)
def test_the_echo_is_read_back(day: date) -> None:
    assert parse(echo(day), today=TODAY) == day
    assert parse(echo(day, "en"), today=TODAY) == day


@given(days)
def test_every_form_with_a_year_means_the_same_day(day: date) -> None:
    forms = [
        f"{day:%Y%m%d}",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    ]
    assert {parse(form, today=TODAY) for form in forms} == {day}


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    try:
        assert isinstance(parse(text, today=TODAY), date)
    except NotADate as refused:
        assert refused.code in MESSAGES


def test_a_moment_without_a_zone_is_the_citys_and_one_with_a_zone_keeps_it() -> None:
    nine = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    sent = TypeAdapter(Moment)

    for text in ("2026-12-01T09:00:00", "2026-12-01T09:00:00+08:00", "2026-12-01T01:00:00Z"):
        assert read_moment(text) == sent.validate_python(text) == nine


@pytest.mark.parametrize("text", ["9999-12-31T23:00:00-10:00", "0001-01-01T00:00:00", "soon", ""])
def test_a_moment_of_another_time_than_ours_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Moment).validate_python(text)

    (fault,) = refused.value.errors()
    assert read_moment(text) is None
    assert "2026-11-24T09:30:00+08:00" in words_of(fault)
