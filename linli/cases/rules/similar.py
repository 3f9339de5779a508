"""How alike two matters are: pairs of neighbouring signs, which need no list of words."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from linli.cases.rules.shown import CELL

SIGNS = re.compile(r"[^\w]+|_+")
MOST_SIGNS = 600
# below this share two texts have no more in common than any two
LEAST = 0.12
SAME_CATEGORY, NEAR = 0.25, 0.35


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring signs of a text, without blanks and stops."""
    plain = SIGNS.sub(" ", text[:MOST_SIGNS].lower())
    return frozenset(
        part[i : i + 2] for part in plain.split() for i in range(max(1, len(part) - 1))
    )


def alike(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Return how much of the smaller text stands in the other, from 0 to 1."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def is_near(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    """Say whether two rough places are the same cell or neighbours."""
    if one is None or other is None:
        return False
    return abs(one[0] - other[0]) <= CELL and abs(one[1] - other[1]) <= CELL


def score(words: float, *, same_category: bool, is_near: bool) -> float:
    """Return the rank of a matter among those that may be the same."""
    return words + SAME_CATEGORY * same_category + NEAR * is_near
