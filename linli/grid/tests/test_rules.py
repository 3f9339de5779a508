"""Rules of the grid, without a database."""

from __future__ import annotations

from datetime import date

import pytest

from linli.grid.rules import checklists
from linli.grid.rules.cells import Span, is_looked_after, overlap, size_fault
from linli.grid.rules.rounds import believed, due_after

MONDAY = date(2026, 8, 10)


@pytest.mark.parametrize(
    ("households", "fault"), [(299, "small"), (300, ""), (500, ""), (501, "big"), (None, "unknown")]
)
def test_the_size_of_a_cell_is_judged_and_what_nobody_counted_is_unknown(households, fault) -> None:  # type: ignore[no-untyped-def]
    assert size_fault(households, least=300, most=500) == fault


@pytest.mark.parametrize(
    ("one", "other", "is_shared"),
    [
        (Span(date(2026, 1, 1)), Span(date(2026, 5, 1)), True),
        (Span(date(2026, 1, 1), date(2026, 5, 1)), Span(date(2026, 5, 1)), False),
        (Span(date(2026, 5, 1)), Span(date(2026, 1, 1), date(2026, 5, 1)), False),
        (Span(date(2026, 1, 1), date(2026, 5, 2)), Span(date(2026, 5, 1)), True),
    ],
)
def test_the_last_day_of_a_stretch_is_the_one_before_until(one, other, is_shared) -> None:  # type: ignore[no-untyped-def]
    assert overlap(one, other) is is_shared


def test_a_head_alone_looks_after_no_cell() -> None:
    assert not is_looked_after(["head"])
    assert is_looked_after(["head", "deputy"])


def test_a_photo_is_asked_for_only_where_a_grave_line_failed() -> None:
    """BU-15."""
    good = {line.key: "good" for line in checklists.LISTS["fire"]}

    assert not checklists.needs_photo("fire", good)
    assert not checklists.needs_photo("fire", {**good, "wiring": "bad"})
    assert checklists.needs_photo("fire", {**good, "gas": "bad"})


def test_a_recheck_asks_only_what_had_failed() -> None:
    assert checklists.missing("fire", {"gas": "good"}, frozenset({"gas"})) == []
    assert "wiring" in checklists.missing("fire", {"gas": "good"}, None)
    assert checklists.missing("fire", {"gas": "perhaps"}, frozenset({"gas"})) == ["gas"]
    assert checklists.unknown("fire", {"gas": "good", "roof": "bad"}) == ["roof"]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (date(2026, 8, 9), date(2026, 8, 9)),
        (date(2026, 8, 11), MONDAY),
        (date(2026, 8, 12), None),
        (date(2026, 7, 1), None),
    ],
)
def test_a_phone_whose_clock_is_a_day_wrong_is_believed_and_set_back(told, day) -> None:  # type: ignore[no-untyped-def]
    assert believed(told, MONDAY) == day


def test_a_place_is_due_again_in_its_rhythm() -> None:
    assert due_after(MONDAY, 30) == date(2026, 9, 9)
