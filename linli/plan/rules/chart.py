"""Where the columns of a comparison stand: towns in a fixed order, the goal as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, TOP, BASE, HEIGHT = 44, 0, 20, 210, 290
LETTERS = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column; without a value it draws nothing but its name."""

    key: str
    name: str
    letters: tuple[str, ...]
    x: float
    middle: float
    y: float
    height: float
    width: float
    percent: int | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """A whole comparison."""

    width: int
    height: int
    columns: tuple[Column, ...]
    goal_y: float | None


def columns(
    rows: Sequence[tuple[str, str, int | None]], *, goal: float | None, own: str = ""
) -> Columns:
    """Place (key, name, percent) rows from the left in the order given."""
    width = max(480, 36 * len(rows) + LEFT)
    step = (width - LEFT - RIGHT) / max(len(rows), 1)
    bar = round(step * 0.68, 1)
    drawn = []
    for index, (key, name, percent) in enumerate(rows):
        x = round(LEFT + index * step + (step - bar) / 2, 1)
        high = round((BASE - TOP) * min(percent or 0, 100) / 100, 1)
        drawn.append(
            Column(
                key, name, tuple(name[:LETTERS]), x, round(x + bar / 2, 1), round(BASE - high, 1),
                high, bar, percent, key == own,
            )
        )  # fmt: skip
    return Columns(width, HEIGHT, tuple(drawn), goal_line(goal))


def goal_line(goal: float | None) -> float | None:
    """Where the line of the goal runs; None without a goal in percent."""
    return None if goal is None else round(BASE - (BASE - TOP) * min(goal, 100) / 100, 1)
