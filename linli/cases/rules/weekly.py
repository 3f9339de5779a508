"""What of a week's numbers may be published: no small cell, and none that a subtraction would give.

Small cells go into one unnamed rest until the rest tells nothing of any of them. A share is told as
a step, the same one for every number of misses below `least`, so that none is worked out from it and
a total that stands beside it. `least` is the smallest count that may be told (rulebook,
pi.small_cell).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

# percent from which a step begins, from the best down
STEPS = (95, 90, 80, 70, 60, 50)


@dataclass(frozen=True, slots=True)
class Grouped:
    """A table as published. `total` None is fewer than the least; `rest` is what no row names."""

    total: int | None
    rows: Mapping[str, int] = field(default_factory=dict)
    rest: int = 0


def grouped(cells: Mapping[str, int], names: int, least: int) -> Grouped:
    """Return a table of cells without small ones; `names` is how many rows it could have had.

    A rest is told only if it is large enough, of two rows at least, and not so full that every row
    in it must be as large as a small one can be.
    """
    total = sum(cells.values())
    if total == 0:
        return Grouped(0)
    if total < least:
        return Grouped(None)
    order = sorted((count, name) for name, count in cells.items() if count)
    hidden = [row for row in order if row[0] < least]
    shown = [row for row in order if row[0] >= least]
    while hidden and shown and _tells(hidden, names - len(shown), least):
        hidden.append(shown.pop(0))
    rest = sum(count for count, _name in hidden)
    rows = {name: count for count, name in sorted(shown, key=lambda row: (-row[0], row[1]))}
    return Grouped(total, rows, rest)


def _tells(hidden: list[tuple[int, str]], unnamed: int, least: int) -> bool:
    """Say whether the rest would let a small cell in it be worked out."""
    rest = sum(count for count, _name in hidden)
    return rest < least or len(hidden) < 2 or rest >= unnamed * (least - 1)


@dataclass(frozen=True, slots=True)
class Share:
    """A share as published: at least `step` percent, 0 for less than half, None for too few to tell.

    Its proof: of `of` rounds or ratings, a whole number of times the least, `marked` are in the
    share; of a share below half they are the ones that are not.
    """

    step: int | None = None
    of: int = 0
    marked: int = 0


def share_of(numerator: int, denominator: int, least: int, *, beside: int | None = None) -> Share:
    """Return what is told of a share; `beside` is a total on the same page that it is a part of.

    What it is out of is taken small and what is missing large, so that what is told is true, and
    the same whether 1 or `least` - 1 are missing, in the share or left out of it.
    """
    whole = denominator if beside is None else min(denominator, beside - (least - 1))
    of = whole - whole % least
    if of < 2 * least:
        return Share()
    missing = denominator - numerator
    proven = of - (max(missing, least - 1) if missing else 0)
    if step := step_of(proven, of):
        return Share(step, of, -(-step * of // 100))
    return Share(0, of, of // 2 + 1) if max(numerator, least - 1) * 2 < of else Share()


def step_of(numerator: int, denominator: int) -> int:
    """Return the step that a share reaches, in percent; 0 below all."""
    return next((step for step in STEPS if numerator * 100 >= step * denominator), 0)


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
