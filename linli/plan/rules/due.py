"""What is due of the plan at a place: what comes next, and what passed its date unreached.

Force rule as on the board: 要求 past its date is late, 力争 is short, 鼓励, 探索 and 可以 stay grey.
Where nobody knows, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from linli.plan.rules.progress import REQUIRE, STRIVE, Count, Goal, Standing, standing_of


class Due(StrEnum):
    """How something is due, the gravest first."""

    LATE = "late"
    SHORT = "short"
    NEXT = "next"
    FREE = "free"


_GRAVITY = list(Due)


@dataclass(frozen=True, slots=True)
class DueLine:
    """A dated target, the end of a stage, or a town's own plan that is missing."""

    kind: str
    due: Due
    on: date | None
    number: int | None = None
    code: str = ""
    name: str = ""
    name_en: str = ""
    force: str = ""


def due_of(goal: Goal, count: Count, on: date) -> Due | None:
    """How a dated target is due on a day, or nothing to say of it."""
    if goal.deadline is None:
        return None
    standing = standing_of(goal, count, on)
    if standing in (Standing.REACHED, Standing.NOT_APPLICABLE):
        return None
    is_judged = goal.force in (REQUIRE, STRIVE)
    if goal.deadline >= on:
        return Due.NEXT if is_judged else Due.FREE
    if standing == Standing.UNKNOWN:
        return None
    if not is_judged:
        return Due.FREE
    return Due.LATE if goal.force == REQUIRE else Due.SHORT


def in_order(lines: Iterable[DueLine]) -> list[DueLine]:
    """Late first, then what comes next by its day, what is only wished for last."""
    return sorted(lines, key=lambda one: (_GRAVITY.index(one.due), one.on or date.max, one.code))
