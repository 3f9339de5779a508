"""What a cell of the board shows: the number first, and a colour only where the plan allows one.

Force rule: only 要求 past its date is red, 力争 past its date amber; 鼓励, 探索 and 可以 stay grey.
Unknown is a dash, never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

REQUIRE, STRIVE = "require", "strive"


class Standing(StrEnum):
    """How a place stands on a task."""

    LATE = "late"
    SHORT = "short"
    REACHED = "reached"
    RUNNING = "running"
    SHOWN = "shown"
    UNPROVEN = "unproven"
    CHECKING = "checking"
    MISSING = "missing"
    ACTIVE = "active"
    INACTIVE = "inactive"
    PARTIAL = "partial"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


TONES = {
    Standing.LATE: "late",
    Standing.SHORT: "try",
    Standing.REACHED: "",
    Standing.RUNNING: "q",
    Standing.SHOWN: "q",
    Standing.UNPROVEN: "no",
    Standing.CHECKING: "q",
    Standing.MISSING: "no",
    Standing.ACTIVE: "q",
    Standing.INACTIVE: "no",
    Standing.PARTIAL: "none",
    Standing.NOT_APPLICABLE: "none",
    Standing.UNKNOWN: "none",
}
# of these nobody knows whether they are well
OPEN_STANDINGS = frozenset({Standing.PARTIAL, Standing.NOT_APPLICABLE, Standing.UNKNOWN})
# what matters most when a task has several targets
_GRAVITY = list(Standing)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target as far as it can be reached or missed."""

    code: str
    kind: str
    operator: str
    value: str | None
    unit: str
    force: str
    deadline: date | None


@dataclass(frozen=True, slots=True)
class Count:
    """What an indicator said: counts of a place, None where it is not known.

    `is_partial`: they were carried from several places, and of one of these nothing is known.
    `is_average`: so much for each of the denominator, such as seconds per village; never a share.
    """

    numerator: int | None
    denominator: int | None
    is_partial: bool = False
    is_average: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: how a place stands on a task, and the percentage if there is one."""

    standing: Standing
    percent: int | None = None
    goal: Goal | None = None

    @property
    def tone(self) -> str:
        """The class of its colour."""
        return TONES[self.standing]


UNKNOWN = Cell(Standing.UNKNOWN)


def percent_of(count: Count) -> int | None:
    """Return the whole percentage, rounded down, so that 99.6 % never shows as 100."""
    if count.numerator is None or not count.denominator or count.is_average:
        return None
    return count.numerator * 100 // count.denominator


def average_of(count: Count) -> float | None:
    """Return how much there is for each, to one place; None for what is no average or not known."""
    if count.numerator is None or not count.denominator or not count.is_average:
        return None
    return round(count.numerator / count.denominator, 1)


def is_reached(goal: Goal, count: Count) -> bool | None:
    """Whether a goal is reached; None where nobody knows or nothing is there to be counted.

    Compared by whole numbers, never by a rounded share (NUM-03): 1929 of 2000 is not 96.5 %.
    """
    if count.numerator is None or count.denominator == 0:
        return None
    if count.denominator is None:
        return None if goal.value is None else count.numerator >= Fraction(goal.value)
    if goal.value is None and count.is_average:
        return None
    if goal.value is None or not (count.is_average or goal.unit.startswith("percent")):
        # the indicator counts places that did it, of places that have to
        return count.numerator >= count.denominator
    wanted = Fraction(goal.value) * count.denominator
    share = count.numerator * (1 if count.is_average else 100)
    if goal.operator == "<=":
        return share <= wanted
    if goal.operator == ">":
        return share > wanted
    return share >= wanted


def standing_of(goal: Goal, count: Count, on: date) -> Standing:
    """How a place stands on one target on a day."""
    if count.is_partial:
        return Standing.PARTIAL
    if count.denominator == 0:
        return Standing.NOT_APPLICABLE
    reached = is_reached(goal, count)
    if reached is None:
        return Standing.UNKNOWN
    if reached:
        return Standing.REACHED
    if goal.force not in (REQUIRE, STRIVE):
        return Standing.ACTIVE if count.numerator else Standing.INACTIVE
    if goal.deadline is None or goal.deadline >= on:
        return Standing.RUNNING
    return Standing.LATE if goal.force == REQUIRE else Standing.SHORT


def measured_cell(pairs: Iterable[tuple[Goal, Count]], on: date) -> Cell:
    """The cell of a task with indicators: the gravest of its targets."""
    cells = [Cell(standing_of(goal, count, on), percent_of(count), goal) for goal, count in pairs]
    return min(cells, key=lambda cell: _GRAVITY.index(cell.standing), default=UNKNOWN)


@dataclass(frozen=True, slots=True)
class Filing:
    """What is kept of a report: its state, and the days of its last filing and last check."""

    state: str
    filed_on: date
    checked_on: date | None
    is_refiled: bool


def state_then(filing: Filing, on: date) -> str:
    """The state of a report on a day: empty before it was filed, and "unknown" where nobody knows.

    Of one that was filed again the day of its first filing is not kept.
    """
    is_checked = filing.checked_on is not None and filing.checked_on <= on
    if filing.filed_on <= on:
        return filing.state if is_checked else "filed"
    if not filing.is_refiled:
        return ""
    # a check before the last filing is the one that returned it
    return "returned" if is_checked else "unknown"


@dataclass(frozen=True, slots=True)
class Said:
    """How a report stood on a day, and whether the town says that papers show what it tells."""

    state: str = ""
    has_papers: bool = True


def reported_cell(force: str, state: str, *, asked: bool, has_papers: bool = True) -> Cell:
    """The cell of a task without indicators: what the town reported of it, if it was asked.

    What was accepted and nothing shows is no evidence on file: it says so, and counts as not well.
    """
    judged = force in (REQUIRE, STRIVE)
    if state == "accepted" and not has_papers:
        return Cell(Standing.UNPROVEN)
    if state == "accepted":
        return Cell(Standing.SHOWN if judged else Standing.ACTIVE)
    if state == "filed":
        return Cell(Standing.CHECKING)
    if not asked or state == "unknown":
        return UNKNOWN
    return Cell(Standing.MISSING if judged else Standing.INACTIVE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cells of a kind there are, and how many of them are well."""

    well: int
    known: int


class Pile(StrEnum):
    """Which number of the board a cell counts in."""

    REQUIRED = "required"
    STRIVEN = "striven"
    FREE = "free"
    OPEN = "open"


def pile_of(force: str, deadline: date | None, cell: Cell, on: date) -> Pile | None:
    """Where a cell counts: judged ones once their date has passed; unknown ones nowhere.

    `force` and `deadline` are those of the task, which hold unless the cell is of one target.
    """
    if cell.standing in OPEN_STANDINGS:
        return None
    if cell.goal:
        force, deadline = cell.goal.force, cell.goal.deadline
    if force not in (REQUIRE, STRIVE):
        return Pile.FREE
    if deadline is None or deadline >= on:
        return Pile.OPEN
    return Pile.REQUIRED if force == REQUIRE else Pile.STRIVEN


def tally(cells: Iterable[Cell]) -> Tally:
    """Count known cells, and those of them that reached, showed or began what was wished."""
    known = list(cells)
    good = {Standing.REACHED, Standing.SHOWN, Standing.ACTIVE}
    return Tally(sum(cell.standing in good for cell in known), len(known))
