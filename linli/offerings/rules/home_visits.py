"""On which half-days an office can still come to somebody's home. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date

from linli.offerings.types.home_visits import Half, HalfLeft

Of = tuple[date, Half]


def is_shut(changes: Set[bool], is_work: bool) -> bool:
    """Say whether nobody comes in a half: a closing lies in it, or it is no working day and nothing opens it.

    `changes` are those that touch the half, True for one that opens.
    """
    return False in changes or (True not in changes and not is_work)


def halves_left(
    halves: Iterable[Of], taken: Mapping[Of, int], shut: Set[Of], most: int
) -> list[HalfLeft]:
    """Return the halves in which somebody can come, in order; full and shut ones are left out."""
    return [
        HalfLeft(on, half, most - taken.get((on, half), 0))
        for on, half in halves
        if (on, half) not in shut and taken.get((on, half), 0) < most
    ]
