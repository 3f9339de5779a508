"""What breaks of one thing stops none of the others; a database that is away stops all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import OperationalError

from linli.kernel.each import BROKEN, each, each_done, in_halves


def told(job: str) -> float:
    return BROKEN.labels(job)._value.get()  # type: ignore[no-any-return]


def test_all_but_the_broken_ones_are_done_and_these_are_counted() -> None:
    done: list[int] = []

    def do(number: int) -> None:
        if number % 3 == 0:
            raise ValueError(number)
        done.append(number)

    assert each("test.each", range(1, 8), do) == [3, 6]
    assert done == [1, 2, 4, 5, 7] and told("test.each") == 2


def test_what_came_of_those_that_went_well_is_told_beside_the_broken_ones() -> None:
    assert each_done("test.each_done", [1, 0, 2], lambda number: 4 // number) == ([4, 2], [0])


def test_a_batch_that_breaks_is_halved_down_to_what_broke() -> None:
    tried: list[int] = []

    def do(numbers: Sequence[int]) -> int:
        tried.append(len(numbers))
        if {13, 77} & {*numbers}:
            raise ValueError
        return len(numbers)

    results, broken = in_halves("test.halves", range(100), do)

    assert (sum(results), broken) == (98, [13, 77])
    assert tried[0] == 100 and len(tried) < 30
    assert told("test.halves") == 2
    assert in_halves("test.halves", [], do) == ([], [])


def test_a_database_that_is_away_is_no_fault_of_a_thing() -> None:
    done: list[int] = []

    def do(number: int) -> None:
        done.append(number)
        raise OperationalError("server closed the connection unexpectedly")

    with pytest.raises(OperationalError):
        each("test.away", [1, 2], do)
    with pytest.raises(OperationalError):
        in_halves("test.away", [1, 2], lambda numbers: do(numbers[0]))

    assert done == [1, 1] and told("test.away") == 0
