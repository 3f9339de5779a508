"""A test of many cases tries them all and names those that fail."""

from __future__ import annotations

import pytest

from tests.each import each


def test_every_case_is_tried_and_each_that_fails_is_named() -> None:
    tried: list[int] = []

    def check(number: int, word: str) -> None:
        tried.append(number)
        assert number != 2
        if number == 4:
            with pytest.raises(ValueError, match="never"):
                int(word)

    whole = each([(n, "7") for n in (1, 2, 3, 4, 5)], lambda number, word: f"number {number}")(
        check
    )

    with pytest.raises(BaseExceptionGroup, match="2 of 5 cases fail") as told:
        whole()

    assert tried == [1, 2, 3, 4, 5]
    assert [one.__notes__ for one in told.value.exceptions] == [
        ["case: number 2"],
        ["case: number 4"],
    ]


def test_a_test_without_cases_proves_nothing_and_fails() -> None:
    whole = each([], str)(lambda: None)

    with pytest.raises(AssertionError):
        whole()
