"""Whole numbers out of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.wholes import whole_number


@pytest.mark.parametrize("text", ["", None, " ", "²", "①", "1²", "١٢", "-1", "+1", "1.0", "1_0"])
def test_what_is_no_plain_number_is_none(text: str | None) -> None:
    assert whole_number(text) is None


def test_thousands_of_digits_are_not_converted() -> None:
    assert whole_number("9" * 5000) is None
    assert whole_number("0" * 5000) is None


@given(st.text())
def test_no_text_raises_and_what_is_taken_is_what_was_written(text: str) -> None:
    number = whole_number(text)

    assert number is None or str(number) == (text.strip().lstrip("0") or "0")


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**18), st.integers(0, 10**18))
def test_only_numbers_between_the_bounds_are_taken(number: int, least: int, most: int) -> None:
    taken = whole_number(f" {number} ", least=least, most=most)

    assert taken == (number if least <= number <= most else None)
