"""Money in fen and 大写金额, with the canonical table of the payment rules."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.money import (
    LARGEST,
    ZERO,
    Money,
    NotMoney,
    capital_date,
    capital_number,
    parse,
    total,
)

amounts = st.integers(-LARGEST, LARGEST).map(Money)
small = st.integers(-(10**12), 10**12).map(Money)


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1680.32", "人民币壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "人民币壹拾万柒仟元零伍角叁分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("0.08", "人民币捌分"),
        ("0.50", "人民币伍角整"),
        ("20050.00", "人民币贰万零伍拾元整"),
        ("10000001.00", "人民币壹仟万零壹元整"),
        ("100000000.00", "人民币壹亿元整"),
        ("123456789.01", "人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"),
        ("100001089.24", "人民币壹亿零壹仟零捌拾玖元贰角肆分"),
        ("10.00", "人民币壹拾元整"),
        ("0.00", "人民币零元整"),
        ("1000000000000.00", "人民币壹万亿元整"),
        ("-100.00", "人民币负壹佰元整"),
    ],
)
def test_capitals_of_the_canonical_table(text: str, capitals: str) -> None:
    assert parse(text).capitals == capitals


def spelled(yuan: int) -> str:
    """Spell a number another way: every digit with its unit, then the zeros are taken out."""
    units = ["", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿"]
    if yuan >= 10**8:
        head, tail = divmod(yuan, 10**8)
        zero = "零" if 0 < tail < 10**7 else ""
        return spelled(head) + "亿" + zero + (spelled(tail) if tail else "")
    text = ""
    for place, sign in enumerate(reversed(str(yuan))):
        text = "零壹贰叁肆伍陆柒捌玖"[int(sign)] + units[place] + text
    text = re.sub("零[拾佰仟]", "零", text)
    text = re.sub("零+", "零", text)
    return text.replace("零万", "万").rstrip("零")


@given(st.integers(1, 10**12))
def test_capitals_agree_with_another_spelling(yuan: int) -> None:
    assert capital_number(yuan) == spelled(yuan)


@given(amounts)
def test_what_is_written_is_read_back(money: Money) -> None:
    assert parse(str(money)) == money
    assert parse(money.plain) == money
    assert parse(money.grouped + "元") == money


@given(amounts)
def test_capitals_never_hold_two_zeros_and_end_as_the_rule_says(money: Money) -> None:
    capitals = money.capitals

    assert "零零" not in capitals
    assert capitals.endswith("分") == bool(money.fen % 10)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1234.5", 123450),
        ("¥1,234.56", 123456),
        ("￥1，234.56", 123456),
        ("１２３４．５６元", 123456),
        ("-12", -1200),
        ("¥-12.00", -1200),
        ("1.2万", 1_200_000),
        ("0.000001万元", 1),
        ("人民币 88 元", 8800),
        ("12.3000", 1230),
        ("007", 700),
    ],
)
def test_amounts_that_people_type(text: str, fen: int) -> None:
    assert parse(text) == Money(fen)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("十二", "unclear"),
        ("1,23", "unclear"),
        ("1.234,56", "unclear"),
        ("--1", "unclear"),
        ("-¥-1", "unclear"),
        ("1e5", "unclear"),
        ("nan", "unclear"),
        ("12.345", "smaller_than_fen"),
        ("9" * 30, "too_large"),
    ],
)
def test_what_is_not_an_amount_is_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(NotMoney) as refused:
        parse(text)

    assert refused.value.code == code


@pytest.mark.parametrize("value", [1.5, "100", True, LARGEST + 1])
def test_money_is_made_of_whole_fen_only(value: object) -> None:
    with pytest.raises(ValueError, match="fen"):
        Money(value)  # type: ignore[arg-type]


def test_arithmetic() -> None:
    assert Money(150) + Money(50) - Money(20) == Money(180)
    assert 3 * Money(50) == Money(50) * 3 == Money(150)
    assert -Money(5) == Money(-5)
    assert abs(Money(-5)) == Money(5)
    assert total([Money(1), Money(2)]) == Money(3)
    assert total([]) == ZERO
    assert not ZERO
    assert Money(1) > ZERO


@pytest.mark.parametrize(
    ("fen", "num", "den", "result"),
    [(101, 1, 2, 51), (-101, 1, 2, -51), (100, 1, 3, 33), (200, 1, 3, 67), (100, -1, 3, -33)],
)
def test_a_part_is_rounded_half_away_from_zero(fen: int, num: int, den: int, result: int) -> None:
    assert Money(fen).times(num, den) == Money(result)


@given(small, st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any))
def test_sharing_loses_no_fen(money: Money, weights: list[int]) -> None:
    shares = money.shared(weights)

    assert total(shares) == money
    assert all(
        abs(share.fen * sum(weights) - money.fen * weight) < sum(weights)
        for share, weight in zip(shares, weights, strict=True)
    )


def test_equal_shares_are_served_in_order() -> None:
    assert Money(100).shared([1, 1, 1]) == [Money(34), Money(33), Money(33)]


@pytest.mark.parametrize("weights", [[0, 0], [1, -1, 3]])
def test_impossible_weights_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Money(100).shared(weights)


@pytest.mark.parametrize(
    ("fen", "text", "wan"),
    [
        (123456, "¥1,234.56", "0.12"),
        (-123456, "-¥1,234.56", "-0.12"),
        (5, "¥0.05", "0.00"),
        (-5, "-¥0.05", "0.00"),
        (123_456_789_050, "¥1,234,567,890.50", "123,456.79"),
    ],
)
def test_how_money_is_written(fen: int, text: str, wan: str) -> None:
    assert str(Money(fen)) == text
    assert Money(fen).in_wan == wan


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 10), "贰零贰陆年零贰月零壹拾日"),
        (date(2026, 10, 20), "贰零贰陆年零壹拾月零贰拾日"),
        (date(2026, 11, 30), "贰零贰陆年壹拾壹月零叁拾日"),
        (date(2026, 12, 15), "贰零贰陆年壹拾贰月壹拾伍日"),
        (date(2000, 1, 1), "贰零零零年零壹月零壹日"),
        (date(2026, 3, 31), "贰零贰陆年叁月叁拾壹日"),
    ],
)
def test_dates_in_capitals(day: date, text: str) -> None:
    assert capital_date(day) == text
