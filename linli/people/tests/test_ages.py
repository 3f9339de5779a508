"""Who turns older in a month, who is within an age."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.clock import age_on
from linli.people.rules.ages import birthday_in, born_between, born_for_ages


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(0, 100))
def test_everybody_turns_an_age_in_exactly_one_month(born: date, age: int) -> None:
    year = born.year + age
    months = [
        m
        for m in range(1, 13)
        if born_between(year, m, age)[0] <= born <= born_between(year, m, age)[1]
    ]

    day = birthday_in(born, year)
    assert months == [day.month]
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("year", "month", "first", "last"),
    [
        (2026, 2, date(2008, 2, 1), date(2008, 2, 28)),
        (2026, 3, date(2008, 2, 29), date(2008, 3, 31)),
        (2028, 2, date(2010, 2, 1), date(2010, 2, 28)),
    ],
)
def test_the_leap_day_counts_for_march(year: int, month: int, first: date, last: date) -> None:
    assert born_between(year, month, 18) == (first, last)


@given(
    st.dates(date(1900, 1, 1), date(2026, 11, 24)), st.integers(0, 99), st.integers(0, 30),
    st.dates(date(2026, 11, 24), date(2032, 12, 31)),
)  # fmt: skip
def test_an_age_range_takes_just_those_within_it(born: date, low: int, span: int, on: date) -> None:
    earliest, latest = born_for_ages(on, low, low + span)

    assert earliest is not None and latest is not None
    assert (earliest <= born <= latest) == (low <= age_on(born, on) <= low + span)
