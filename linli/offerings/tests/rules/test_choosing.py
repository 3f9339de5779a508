"""What somebody comes for decides whose times she sees; days that follow one another are told together."""

from __future__ import annotations

from datetime import date

from linli.offerings.rules.day_runs import runs_of
from linli.offerings.rules.window_groups import group_of, grouped

WINDOWS = [
    (3, "综合受理", "All matters", []),
    (4, "社保", "Insurance", ["pension", "wages"]),
    (5, "综合受理", "All matters", []),
    (6, "社保", "Insurance", ["wages", "pension"]),
    (7, "社保", "Insurance", ["pension"]),
]


def test_windows_of_one_name_that_do_the_same_are_one_group_in_the_order_of_the_first() -> None:
    found = grouped(WINDOWS)

    assert [one.windows for one in found] == [(3, 5), (4, 6), (7,)]
    assert [one.serves("wages") for one in found] == [True, True, False]
    assert group_of(found, 6) is found[1]
    assert group_of(found, 99) is None and group_of(found, None) is None


def test_runs_of_days_part_where_a_day_is_closed() -> None:
    on = [date(2026, 12, day) for day in (14, 10, 11)]

    assert runs_of(on) == [(on[1], on[2]), (on[0], on[0])]
    assert runs_of([]) == []
