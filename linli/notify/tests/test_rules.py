"""Rules of messages."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from linli.notify import rules

HERE = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HERE)


def is_work(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(24, 8), None),
        (at(24, 17, 59), None),
        (at(24, 18), at(25, 8)),
        (at(24, 7, 59), at(24, 8)),
        (at(27, 18), at(30, 8)),
        (at(28, 10), at(30, 8)),
        (at(30, 0), at(30, 8)),
    ],
)
def test_staff_are_written_to_in_working_hours_only(
    moment: datetime, expected: datetime | None
) -> None:
    """Basis: BU-25."""
    assert rules.hold_until(moment, (8, 18), is_work) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(at(28, 20, 59), None), (at(28, 21), at(29, 8)), (at(28, 7), at(28, 8))],
)
def test_residents_are_not_woken_up(moment: datetime, expected: datetime | None) -> None:
    assert rules.hold_until(moment, (8, 21)) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [("字" * 70, 1), ("字" * 71, 2), ("字" * 134, 2), ("字" * 135, 3), ("a" * 160, 1), ("a" * 161, 2), ("𠮷" * 35, 1), ("𠮷" * 36, 2)],
)  # fmt: skip
def test_pieces_are_counted_as_operators_do(text: str, count: int) -> None:
    assert rules.pieces(text) == count


def test_pauses_grow_and_end() -> None:
    pauses = [rules.pause_after(n) for n in range(1, 7)]
    assert pauses[:2] == [timedelta(minutes=1), timedelta(minutes=5)]
    assert pauses[4:] == [timedelta(hours=6), None]


def test_a_text_takes_its_values_and_nothing_of_them_is_a_pattern() -> None:
    assert rules.filled("%(name)s: 100%%", {"name": "%(x)s"}) == "%(x)s: 100%"
    with pytest.raises(AssertionError, match="name"):
        rules.filled("%(name)s", {})


def test_months_and_days_of_money() -> None:
    assert rules.next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert rules.day_cap(300_000) == 60_000


@pytest.mark.parametrize(
    ("code", "expected"),
    [("123456", True), ("", False), ("验证码", False), ("1 2", False), ("1" * 13, False)],
)
def test_what_is_a_code(code: str, expected: bool) -> None:
    assert rules.is_code(code) is expected
