"""What is wrong with a number of a person is told in words, never by its code."""

from __future__ import annotations

import phonenumbers
import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from linli.kernel.dates import MESSAGES, NotADate
from linli.kernel.identity import (
    PHONE_FAULTS,
    NotAPhone,
    fault_of_id,
    read_phone,
    told_of_id,
)


@pytest.mark.parametrize(
    ("number", "fault", "told"),
    [
        ("110105194912310021", "check", "最后一位"),
        ("1101051949", "length", "10"),
        ("11010519491231002Y", "unreadable", "17"),
        ("110105194913310021", "birth", "7"),
    ],
)
def test_each_fault_of_an_id_number_is_told_in_words(number: str, fault: str, told: str) -> None:
    with translation.override("zh-hans"):
        words = told_of_id(number)

    assert fault_of_id(number) == fault
    assert told in words and fault not in words


def test_a_number_in_order_is_told_nothing() -> None:
    assert told_of_id("11010519491231002X") == ""


@pytest.mark.parametrize(("text", "code"), [("138000012", "length"), ("abc", "unreadable")])
def test_a_text_that_is_no_telephone_says_so_in_words(text: str, code: str) -> None:
    with pytest.raises(NotAPhone) as refused:
        read_phone(text)

    assert refused.value.code == code
    assert str(refused.value) == str(PHONE_FAULTS[code]) % {"count": refused.value.count}


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "\u3000"]))
@example("17951138000", "")
@example("19999999999", "")
def test_a_plain_mobile_number_is_read_as_the_library_reads_it(number: str, blank: str) -> None:
    """17951 was a prefix of a carrier, which the library takes off where the rest is a number."""
    parsed = phonenumbers.parse(number, "CN")

    assert phonenumbers.is_possible_number(parsed)
    expected = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    assert read_phone(f"{blank}{number}{blank}") == expected == f"+86{number}"


def test_eleven_digits_of_another_country_are_not_taken_for_a_mobile_number_of_ours() -> None:
    assert read_phone("13800001234", "US") != "+8613800001234"


@pytest.mark.parametrize("code", MESSAGES)
def test_a_text_that_is_no_day_says_so_in_words(code: str) -> None:
    assert str(NotADate(code)) == str(MESSAGES[code]) != code
