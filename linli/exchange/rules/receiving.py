"""What comes from another system comes late, twice and changed: each number is one thing here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

S = TypeVar("S")
R = TypeVar("R")


def keep_each(
    read: Sequence[tuple[str, S]], known: dict[str, R], *, kept: Callable[[S], R],
    again: Callable[[R, S], None],
) -> int:  # fmt: skip
    """Keep what was read, each under its number; return how much is new.

    A number that is `known` is one thing, whatever comes how often: then `again` looks at what it says now.
    """
    count = 0
    for number, one in read:
        row = known.get(number)
        if row is None:
            known[number] = kept(one)
            count += 1
        else:
            again(row, one)
    return count
