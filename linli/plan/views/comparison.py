"""The comparison of one task by town: a picture and the same numbers as lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.plan.queries import Board
from linli.plan.rules.chart import Columns, columns
from linli.plan.rules.progress import Standing
from linli.plan.views.words import LABELS
from linli.ui.formats import is_chinese


@dataclass(frozen=True, slots=True)
class Line:
    """One town in the comparison of one task."""

    place: Any
    percent: int | None
    numerator: int | None
    denominator: int | None
    as_of: date | None
    label: Any
    standing: Standing


@dataclass(frozen=True, slots=True)
class Chart:
    """The comparison of one task: a picture and the same numbers as lines."""

    task: Any
    target: Any
    title: Any
    picture: Columns
    lines: list[Line]
    known: int


def chart(found: Board, number: int | None, town: str) -> Chart | None:
    """The comparison of a task by its first measured target; nothing if it is held or unmeasured."""
    task = next((t for t in found.tasks if t.number == number), None)
    if task is None or task.number in found.held:
        return None
    target = next((t for t in task.targets.all() if t.indicator_key), None)
    if target is None:
        return None
    lines = [_line(found, row, task, target) for row in found.rows]
    goal = (
        float(target.value) if target.value is not None and target.unit[:7] == "percent" else None
    )
    picture = columns(
        [(line.place.code, _short(line.place), line.percent) for line in lines], goal=goal, own=town
    )
    known = sum(line.percent is not None for line in lines)
    return Chart(task, target, target.name, picture, lines, known)


def _short(place: Any) -> str:
    """The name without what every name ends with."""
    if not is_chinese() and place.name_en:
        english = str(place.name_en).split("(")[0].strip()
        return english.removesuffix(" Town").removesuffix(" Subdistrict")[:14]
    name = str(place.short_name or place.name)
    for ending in ("街道", "镇"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            name = name.removesuffix(ending)
    return name


def _line(found: Board, row: Any, task: Any, target: Any) -> Line:
    shown = found.values.get((target.indicator_key, row.place.path))
    cell = row.cells[task.number]
    return Line(
        row.place,
        shown.percent if shown else None,
        shown.numerator if shown else None,
        shown.denominator if shown else None,
        shown.as_of if shown else None,
        LABELS[cell.standing],
        cell.standing,
    )
