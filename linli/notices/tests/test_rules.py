"""Periods, phases, what is pointed out in a text, and the little that a text may do."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.clock import Unit, WorkCalendar
from linli.kernel.errors import WrongState
from linli.notices.rules import periods
from linli.notices.rules.guard import Sign, look
from linli.notices.rules.markup import blocks, plain, shortened
from linli.notices.rules.periods import Length, Phase
from linli.notices.states import POSTING, VERSION, PostingState, VersionState

# Spring Festival 2026: off from 15 to 23 February, work on Saturdays 14 and 28
FESTIVAL = WorkCalendar.of(
    [
        *((date(2026, 2, day), False) for day in (16, 17, 18, 19, 20, 23)),
        (date(2026, 2, 14), True),
        (date(2026, 2, 28), True),
    ],
    [2026],
)


@pytest.mark.parametrize(
    ("first", "length", "last", "provisional"),
    [
        # five working days over the festival: 12, 13, 14 (made up), 24, 25
        (date(2026, 2, 11), Length(5, Unit.WORKING_DAYS), date(2026, 2, 25), False),
        # seven days end inside the festival: the last day is the first working day after it
        (date(2026, 2, 11), Length(7, Unit.DAYS), date(2026, 2, 24), False),
        (date(2026, 11, 24), Length(5, Unit.WORKING_DAYS), date(2026, 12, 1), False),
        (date(2026, 11, 24), Length(15, Unit.DAYS), date(2026, 12, 9), False),
        # the next year's calendar is not published yet
        (date(2026, 12, 28), Length(5, Unit.WORKING_DAYS), date(2027, 1, 4), True),
        (date(2026, 12, 28), Length(3, Unit.DAYS), date(2026, 12, 31), False),
    ],
)
def test_a_period_is_counted_by_the_calendar(
    first: date, length: Length, last: date, provisional: bool
) -> None:
    due = periods.last_day(first, length, calendar=FESTIVAL, rolls=True)

    assert (due.day, due.provisional) == (last, provisional)


@pytest.mark.parametrize(
    ("chosen", "least", "fits"),
    [
        (Length(5, Unit.WORKING_DAYS), Length(5, Unit.WORKING_DAYS), True),
        (Length(4, Unit.WORKING_DAYS), Length(5, Unit.WORKING_DAYS), False),
        # seven calendar days reach as far as five working days on an ordinary Tuesday
        (Length(7, Unit.DAYS), Length(5, Unit.WORKING_DAYS), True),
        (Length(6, Unit.DAYS), Length(5, Unit.WORKING_DAYS), False),
        (Length(14, Unit.DAYS), Length(15, Unit.DAYS), False),
        (Length(11, Unit.WORKING_DAYS), Length(15, Unit.DAYS), True),
        (Length(1, Unit.DAYS), None, True),
    ],
)
def test_longer_is_allowed_and_shorter_is_not(
    chosen: Length, least: Length | None, fits: bool
) -> None:
    first = date(2026, 11, 24)

    assert periods.is_long_enough(first, chosen, least, calendar=FESTIVAL, rolls=True) is fits


def test_six_calendar_days_reach_less_than_five_working_days_over_the_festival() -> None:
    first, least = date(2026, 2, 11), Length(5, Unit.WORKING_DAYS)

    for days, fits in ((7, False), (13, False), (14, True)):
        chosen = Length(days, Unit.DAYS)
        assert (
            periods.is_long_enough(first, chosen, least, calendar=FESTIVAL, rolls=True) is fits
        ), days


@pytest.mark.parametrize(
    ("on", "phase"),
    [
        (date(2026, 11, 23), Phase.PLANNED),
        (date(2026, 11, 24), Phase.SHOWN),
        (date(2026, 12, 1), Phase.SHOWN),
        (date(2026, 12, 2), Phase.ENDED),
        # a clock that went back by a day shows it again: nothing was kept that would forbid it
        (date(2026, 12, 1), Phase.SHOWN),
    ],
)
def test_where_a_notice_stands_is_read_off_its_days(on: date, phase: Phase) -> None:
    days = (date(2026, 11, 24), date(2026, 12, 1))

    assert periods.phase_of("published", "", *days, on) is phase
    assert periods.phase_of("withdrawn", "", *days, on) is Phase.WITHDRAWN


def test_an_announced_day_is_never_brought_forward() -> None:
    assert periods.later(date(2027, 1, 5), date(2027, 1, 4)) == date(2027, 1, 5)
    assert periods.later(date(2027, 1, 5), date(2027, 1, 6)) == date(2027, 1, 6)
    assert periods.later(None, date(2027, 1, 4)) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("text", "sign", "is_grave"),
    [
        ("身份证 11010519491231002X 的住户", Sign.IDENTITY, True),
        ("１１０１０５１９４９１２３１００２Ｘ", Sign.IDENTITY, True),
        ("1101 0519 4912 3100 2x", Sign.IDENTITY, True),
        ("联系 138 0013 8000", Sign.MOBILE, False),
        ("+86-13800138000 找他", Sign.MOBILE, False),
        ("住3栋2单元502室", Sign.HOME, False),
        ("确定为入党积极分子", Sign.PARTY, False),
        ("肢体残疾二级", Sign.PROTECTED, False),
        ("办公室 0769-5550 0123", None, False),
        ("收入 598,234.37 元，支出 627,038.25 元", None, False),
        ("2026-11-24 至 2026-12-08", None, False),
        ("文号 441900199001011234567890", None, False),
    ],
)
def test_what_may_be_about_a_person_is_pointed_out(
    text: str, sign: Sign | None, is_grave: bool
) -> None:
    found = look({"body": text})

    assert [one.sign for one in found] == ([sign] if sign else [])
    assert any(one.is_grave for one in found) is is_grave


def test_a_whole_bank_card_number_is_grave_and_one_with_a_wrong_check_digit_is_none() -> None:
    assert look({"body": "卡号 4111 1111 1111 1111"})[0].sign is Sign.BANK_CARD
    assert look({"body": "卡号 4111 1111 1111 1112"}) == []


def test_the_telephone_of_the_office_is_meant_to_stand_there() -> None:
    texts = {"contact": "13800138000", "body": "13800138000"}

    assert [one.field for one in look(texts, phones_fit=frozenset({"contact"}))] == ["body"]


def test_lines_become_paragraphs_and_lists_and_nothing_else() -> None:
    found = blocks("第一段\n\n<b>不是标签</b>\n- 甲\n\n- 乙\n末段")

    assert [(one.is_list, one.lines) for one in found] == [
        (False, ("第一段",)),
        (False, ("<b>不是标签</b>",)),
        (True, ("甲", "乙")),
        (False, ("末段",)),
    ]
    assert plain("甲\n- 乙") == "甲 乙"
    assert shortened("一二三四五", 4) == "一二三…"


POSSIBLE = {
    ("prepared", "publish"): "published", ("prepared", "drop"): "dropped",
    ("published", "correct"): "published", ("published", "withdraw"): "withdrawn",
}  # fmt: skip


@pytest.mark.parametrize("state", list(PostingState))
@pytest.mark.parametrize("move", list(POSTING.moves))
def test_every_state_and_move_of_a_notice(state: PostingState, move: str) -> None:
    if (state, move) in POSSIBLE:
        assert POSTING.after(state, move) == POSSIBLE[state, move]
    else:
        with pytest.raises(WrongState):
            POSTING.after(state, move)


@pytest.mark.parametrize("state", [VersionState.PUBLISHED, VersionState.DROPPED])
@pytest.mark.parametrize("move", list(VERSION.moves))
def test_what_was_published_or_given_up_never_moves_again(state: VersionState, move: str) -> None:
    with pytest.raises(WrongState):
        VERSION.after(state, move)
