"""A function with room does what it does without."""

from __future__ import annotations

import sys

import pytest

from linli.config.room import CLAIMED, with_room


def _sum(first: int, *more: int, by: int = 1) -> int:
    if by == 0:
        raise ZeroDivisionError("by nothing")
    return (first + sum(more)) // by


def _deep(left: int) -> int:
    return 0 if left == 0 else 1 + _deep(left - 1)


def test_it_is_given_and_returns_the_same() -> None:
    assert with_room(_sum)(1, 2, 3, by=2) == _sum(1, 2, 3, by=2) == 3


def test_it_raises_the_same_and_the_next_call_goes_on() -> None:
    roomy = with_room(_sum)

    with pytest.raises(ZeroDivisionError, match="by nothing"):
        roomy(1, by=0)
    assert roomy(4) == 4


def test_it_claims_its_room_and_pythons_own_limit_of_depth_holds_below() -> None:
    roomy = with_room(_deep)

    assert roomy.__code__.co_stacksize == CLAIMED
    assert roomy(100) == 100
    with pytest.raises(RecursionError):
        roomy(sys.getrecursionlimit() + 10)
    assert roomy(100) == 100
