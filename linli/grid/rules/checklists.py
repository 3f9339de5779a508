"""Checklists of hazard checks, and when a failed one is checked again. Small data: four lists.

Basis: 消防法, 出租屋消防安全 (Guangdong), 集体宿舍 rules, 爱国卫生 work; wording is ours. A line with
`is_grave` that is not in order needs a photo: it is shown to whoever orders it to be put right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from linli.grid.types import Answer, Hazard


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a checklist; its words stand in `queries.checklists`."""

    key: str
    is_grave: bool = False


LISTS: Mapping[str, tuple[Line, ...]] = {
    Hazard.FIRE: (
        Line("exit_free", True),
        Line("stairs_free", True),
        Line("no_indoor_charging", True),
        Line("extinguisher"),
        Line("wiring"),
        Line("gas", True),
    ),
    Hazard.RENTAL: (
        Line("second_exit", True),
        Line("bars_open", True),
        Line("no_indoor_charging", True),
        Line("wiring"),
        Line("water_heater", True),
        Line("contract_filed"),
    ),
    Hazard.DORMITORY: (
        Line("second_exit", True),
        Line("not_in_workshop", True),
        Line("beds_apart"),
        Line("wiring"),
        Line("extinguisher"),
        Line("night_watch"),
    ),
    Hazard.HEALTH: (
        Line("no_standing_water"),
        Line("rubbish_closed"),
        Line("water_tank", True),
        Line("rats"),
        Line("toilets"),
    ),
}


def missing(hazard: str, answers: Mapping[str, str], only: frozenset[str] | None) -> list[str]:
    """Return the lines of a list that got no answer; a re-check asks only what had failed."""
    asked = [line.key for line in LISTS[hazard] if only is None or line.key in only]
    known = {str(one) for one in Answer}
    return [key for key in asked if answers.get(key) not in known]


def unknown(hazard: str, answers: Mapping[str, str]) -> list[str]:
    """Return answers to lines that the list does not have."""
    return sorted(set(answers) - {line.key for line in LISTS[hazard]})


def failed(answers: Mapping[str, str]) -> frozenset[str]:
    """Return the lines that are not in order."""
    return frozenset(key for key, found in answers.items() if found == Answer.BAD)


def needs_photo(hazard: str, answers: Mapping[str, str]) -> bool:
    """Say whether a grave line is not in order: only then a photo is asked for (BU-15)."""
    bad = failed(answers)
    return any(line.is_grave and line.key in bad for line in LISTS[hazard])


def recheck_day(on: date, days: int) -> date:
    """Return the day by which a failed check is done again."""
    return on + timedelta(days=days)
