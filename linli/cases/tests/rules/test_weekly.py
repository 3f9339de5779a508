"""Small cells of a weekly report: none is told, and none can be worked out."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.cases.rules.weekly import Grouped, grouped, share_of, step_of, week_of

NAMES = ("a", "b", "c", "d")
FIVE = 5


def told(table: Grouped) -> tuple[object, ...]:
    """What a reader sees."""
    return table.total, tuple(sorted(table.rows.items())), table.rest


@pytest.mark.parametrize(("names", "least", "most"), [(2, 3, 14), (3, 3, 11), (4, 3, 7), (3, 2, 9)])
def test_no_small_cell_can_be_worked_out_by_who_knows_the_rule(
    names: int, least: int, most: int
) -> None:
    """Every table that there could be: what looks the same differs in each of its small cells."""
    behind: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    # one more than is judged, so that a table at the edge has its neighbours
    for cells in product(range(2 * most), repeat=names):
        if sum(cells) <= most * 2:
            table = grouped(dict(zip(NAMES, cells, strict=False)), names, least)
            behind[told(table)].append(cells)

    worked_out = [
        (seen, at, tables[0][at])
        for seen, tables in behind.items()
        if sum(tables[0]) <= most
        for at in range(names)
        if len({table[at] for table in tables}) == 1 and 0 < tables[0][at] < least
    ]

    assert worked_out == []


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60)))
def test_what_is_told_is_true_and_large(cells: dict[str, int]) -> None:
    table = grouped(cells, 8, FIVE)

    assert all(count >= 5 and cells[name] == count for name, count in table.rows.items())
    if table.total is None:
        assert 0 < sum(cells.values()) < 5
        assert (dict(table.rows), table.rest) == ({}, 0)
    else:
        assert table.total == sum(cells.values()) == sum(table.rows.values()) + table.rest
        assert table.rest == 0 or table.rest >= 5


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 60), min_size=1))
def test_a_small_cell_is_never_alone_in_the_rest(cells: dict[str, int]) -> None:
    table = grouped(cells, 8, FIVE)
    hidden = [name for name in cells if name not in table.rows]

    if table.total is not None and any(cells[name] < 5 for name in hidden):
        assert len(hidden) > 1 or not table.rows


def test_nothing_is_a_number_that_is_told() -> None:
    assert grouped({"a": 0}, 3, FIVE) == Grouped(0)


@pytest.mark.parametrize(
    ("numerator", "denominator", "step"),
    [(10, 10, 95), (9, 10, 60), (96, 100, 95), (99, 100, 95), (4, 10, 0), (0, 10, 0), (8, 14, None),
     (9, 9, None), (0, 0, None)],
)  # fmt: skip
def test_shares_are_told_in_steps(numerator: int, denominator: int, step: int | None) -> None:
    assert share_of(numerator, denominator, FIVE).step == step


COUNTS = st.integers(0, 200)


@given(COUNTS, COUNTS, COUNTS)
def test_what_a_share_says_is_true_and_its_marks_prove_it(yes: int, no: int, beside: int) -> None:
    share = share_of(yes, yes + no, FIVE, beside=yes + no + beside)

    if share.step is None:
        assert (share.of, share.marked) == (0, 0)
    elif share.step == 0:
        assert yes < no
        assert share.marked * 2 > share.of
        assert share.marked <= no
    else:
        assert yes * 100 >= share.step * (yes + no)
        assert step_of(share.marked, share.of) == share.step
        assert share.marked <= yes
    assert share.of <= yes + no and share.of % FIVE == 0


@given(COUNTS, st.sets(st.integers(1, 4), min_size=2), st.booleans())
def test_a_share_is_the_same_for_every_small_number(
    whole: int, few: set[int], missing: bool
) -> None:
    whole += 4
    shares = {share_of(whole - n if missing else n, whole, FIVE) for n in few}

    assert len(shares) == 1


def test_no_small_number_follows_from_a_share_and_the_table_beside_it() -> None:
    """Answered, solved in time, solved late, solved with a clock that does not count: all there are."""
    least, behind = 3, defaultdict(list)
    for numbers in product(range(14), repeat=4):
        answered, in_time, late, void = numbers
        solved = in_time + late + void
        table = grouped({"answered": answered, "solved": solved}, 7, least)
        share = share_of(in_time, in_time + late, least, beside=answered + solved)
        behind[told(table), share].append(numbers)

    worked_out = [
        (seen, at, all_of[0])
        for seen, all_of in behind.items()
        # the edge of what was tried has no neighbours
        if sum(all_of[0]) <= 11
        for at in range(4)
        if len({numbers[at] for numbers in all_of}) == 1 and 0 < all_of[0][at] < least
    ]

    assert worked_out == []


def test_a_week_begins_on_monday() -> None:
    assert {week_of(date(2026, 11, day)) for day in range(23, 30)} == {date(2026, 11, 23)}
