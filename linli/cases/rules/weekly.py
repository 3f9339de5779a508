"""What of a week's numbers may be published: no small cell, and none that a subtraction would give.

Small cells go into one unnamed rest until the rest tells nothing of any of them. Shares are told in
steps, so that no count can be worked out from a share and a total that stands elsewhere. `least` is
the smallest count that may be told (rulebook, pi.small_cell).
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


def step_of(numerator: int, denominator: int, least: int) -> int | None:
    """Return the percent that a share is at least, as a step; 0 below all, None if too few."""
    if denominator < 2 * least:
        return None
    return next((step for step in STEPS if numerator * 100 >= step * denominator), 0)


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
