"""How long a notice stays: the calendar, the least that the law asks, and where a day falls.

The first day is not counted (TIM-01); a period that ends on a day off runs to the next working day
(TIM-03), so that on its last day somebody can still come to the office and object.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from linli.kernel.clock import DueDate, Unit, WorkCalendar, period_end


class Phase(StrEnum):
    """Where a notice stands on a day, as people see it."""

    DRAFT = "draft"
    WAITING = "waiting"
    PLANNED = "planned"
    SHOWN = "shown"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Length:
    """So many days of one kind."""

    days: int
    unit: Unit


def last_day(first: date, length: Length, *, calendar: WorkCalendar, rolls: bool) -> DueDate:
    """Return the last day of a period that begins on a day. Basis: TIM-01 to TIM-05."""
    return period_end(first, length.days, length.unit, calendar=calendar, roll_over_holiday=rolls)


def is_long_enough(
    first: date, chosen: Length, least: Length | None, *, calendar: WorkCalendar, rolls: bool
) -> bool:
    """Say whether a period reaches the last day of the least that the law asks; longer is allowed."""
    if least is None:
        return True
    end = last_day(first, chosen, calendar=calendar, rolls=rolls)
    need = last_day(first, least, calendar=calendar, rolls=rolls)
    return end.day >= need.day


def later(announced: date | None, counted: date) -> date:
    """Return the day that holds: what was announced on paper is never shortened."""
    return counted if announced is None else max(announced, counted)


def phase_of(
    state: str, open_version: str, first: date | None, last: date | None, on: date
) -> Phase:
    """Return where a notice stands on a day. `open_version` is the state of what is being written."""
    if state == "prepared":
        return Phase.WAITING if open_version == "waiting" else Phase.DRAFT
    if state in ("withdrawn", "dropped"):
        return Phase(state)
    assert first is not None and last is not None, "what is published has its days"
    if on < first:
        return Phase.PLANNED
    return Phase.SHOWN if on <= last else Phase.ENDED
