"""Small cells of a weekly report: none is told, and none can be worked out."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.cases.rules.weekly import Grouped, grouped, step_of, week_of

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
    [(10, 10, 95), (9, 10, 90), (19, 20, 95), (4, 10, 0), (0, 10, 0), (9, 9, None), (0, 0, None)],
)
def test_shares_are_told_in_steps(numerator: int, denominator: int, step: int | None) -> None:
    assert step_of(numerator, denominator, FIVE) == step


def test_a_week_begins_on_monday() -> None:
    assert {week_of(date(2026, 11, day)) for day in range(23, 30)} == {date(2026, 11, 23)}
