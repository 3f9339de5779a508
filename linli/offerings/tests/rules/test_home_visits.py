"""Half-days of visits at home: full and shut ones are left out."""

from __future__ import annotations

from datetime import date

import pytest

from linli.offerings.rules.home_visits import halves_left, is_shut
from linli.offerings.types.home_visits import Half

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
AM, PM = Half.MORNING, Half.AFTERNOON


@pytest.mark.parametrize(
    ("changes", "is_work", "shut"),
    [(set(), True, False), (set(), False, True), ({False}, True, True), ({True}, False, False),
     ({True, False}, False, True), ({True}, True, False)],
)  # fmt: skip
def test_a_closing_shuts_a_half_and_an_opening_opens_a_day_off(
    changes: set[bool], is_work: bool, shut: bool
) -> None:
    assert is_shut(changes, is_work) is shut


def test_full_and_shut_halves_are_not_offered_and_the_others_say_how_many_are_left() -> None:
    halves = [(MONDAY, AM), (MONDAY, PM), (TUESDAY, AM), (TUESDAY, PM)]
    taken = {(MONDAY, AM): 4, (MONDAY, PM): 3, (TUESDAY, PM): 9}

    left = halves_left(halves, taken, {(TUESDAY, AM)}, 4)

    assert [(one.value, one.left) for one in left] == [("2026-11-23 pm", 1)]
    assert halves_left(halves, {}, set(), 0) == []
