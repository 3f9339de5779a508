"""The board of tasks and towns, and what stands behind one of its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.kernel.permits import PROTECTED, Actor
from linli.kernel.registries import INDICATORS, Evidence, Measured
from linli.places import queries as places
from linli.plan import permits
from linli.plan.models import Call, PlanDocument, Report, Target, Task
from linli.plan.queries.documents import tasks_of
from linli.plan.queries.values import Shown, latest_values, may_see_values, trend_of
from linli.plan.rules.progress import (
    UNKNOWN,
    Cell,
    Goal,
    Pile,
    Standing,
    measured_cell,
    pile_of,
    reported_cell,
)
from linli.plan.types import CallKind


@dataclass(frozen=True, slots=True)
class Row:
    """A town with its cells by number of the task; a task that is held has no cell."""

    place: Any
    cells: dict[int, Cell]


@dataclass(frozen=True, slots=True)
class Board:
    """Towns and tasks of a plan on a day, as far as the reader may see them."""

    document: PlanDocument
    tasks: list[Task]
    held: frozenset[int]
    rows: list[Row]
    values: dict[tuple[str, str], Shown]
    as_of: date | None
    piles: dict[Pile, list[tuple[Any, Task, Cell]]]


def goal_of(target: Target) -> Goal:
    """The part of a target that rules need."""
    value = None if target.value is None else f"{target.value.normalize():f}"
    return Goal(
        target.code, target.kind, target.operator, value, target.unit, target.force, target.deadline
    )


def board(actor: Actor, document: PlanDocument, on: date, *, with_invented: bool = False) -> Board:
    """Return the board; a fixed number of queries whatever its length.

    Invented towns stand first where they are shown: they alone have living cells in a demo.
    """
    tasks = list(tasks_of(document))
    towns = list(
        places.places_of_level("town", with_invented=with_invented)
        .filter(path__startswith=document.path)
        .order_by("-is_invented", "code")
    )
    keys = {t.indicator_key for task in tasks for t in task.targets.all() if t.indicator_key}
    values = latest_values(actor, keys, [town.path for town in towns], on)
    reports = _reports(actor, document)
    calls = _calls(document, on)
    held = frozenset(task.number for task in tasks if not _shown_anywhere(actor, task))
    rows = []
    for town in towns:
        asked = any(town.path.startswith(path) for path in calls)
        cells = {
            task.number: _cell(actor, task, town, values, reports, on, asked=asked)
            for task in tasks
            if task.number not in held
        }
        rows.append(Row(town, cells))
    as_of = max((one.as_of for one in values.values()), default=None)
    return Board(document, tasks, held, rows, values, as_of, _piles(tasks, rows, on))


def _shown_anywhere(actor: Actor, task: Task) -> bool:
    if task.level < PROTECTED:
        return True
    return actor.is_system or bool(actor.paths(permits.PARTY, level=task.level))


def _cell(
    actor: Actor,
    task: Task,
    town: Any,
    values: dict[tuple[str, str], Shown],
    reports: dict[tuple[int, int], str],
    on: date,
    *,
    asked: bool,
) -> Cell:
    if not may_see_values(actor, task.level, town.path):
        return UNKNOWN
    bound = [t for t in task.targets.all() if t.indicator_key]
    if bound:
        pairs = [
            (goal_of(t), found.count)
            for t in bound
            if (found := values.get((t.indicator_key, town.path)))
        ]
        return measured_cell(pairs, on)
    if not actor.may(permits.VIEW, at=town.path, level=permits.VIEW.level):
        return UNKNOWN
    return reported_cell(task.force, reports.get((task.pk, town.pk), ""), asked=asked)


def _reports(actor: Actor, document: PlanDocument) -> dict[tuple[int, int], str]:
    if not actor.is_system and not actor.paths(permits.VIEW):
        return {}
    found = Report.objects.filter(document=document)
    return {(t, p): state for t, p, state in found.values_list("task_id", "place_id", "state")}


def _calls(document: PlanDocument, on: date) -> list[str]:
    found = Call.objects.filter(document=document, kind=CallKind.REPORT)
    return [c.path for c in found if c.ends_on is None or c.ends_on > on]


def _piles(tasks: list[Task], rows: list[Row], on: date) -> dict[Pile, list[Any]]:
    """The cells behind each number of the board, by town and task."""
    piles: dict[Pile, list[Any]] = {pile: [] for pile in Pile}
    due = {task.number: _due(task) for task in tasks}
    for row in rows:
        for task in tasks:
            cell = row.cells.get(task.number)
            pile = cell and pile_of(task.force, due[task.number], cell, on)
            if pile:
                piles[pile].append((row.place, task, cell))
    return piles


def _due(task: Task) -> date | None:
    """The last date of a task: before it nobody is late with the whole."""
    return max((t.deadline for t in task.targets.all() if t.deadline), default=None)


def ranked_by(found: Board, number: int) -> list[Row]:
    """The rows by the percentage of one task, only when a reader asks for it; unknown last."""

    def weight(row: Row) -> tuple[bool, int, str]:
        percent = row.cells.get(number, UNKNOWN).percent
        return percent is None, -(percent or 0), row.place.code

    return sorted(found.rows, key=weight)


def standings(
    found: Board,
    wanted: Iterable[Standing],
    within: Iterable[tuple[Any, Task, Cell]] | None = None,
) -> list[tuple[Any, Task, Cell]]:
    """The cells that stand in one of these ways, by town and task: all, or those of one pile."""
    chosen = set(wanted)
    every = (
        (row.place, task, row.cells[task.number])
        for row in found.rows
        for task in found.tasks
        if task.number in row.cells
    )
    return [one for one in (every if within is None else within) if one[2].standing in chosen]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A target of a task with what its indicator says of a place, and what that rests on."""

    target: Target
    title: Any
    method: Any
    shown: Shown | None
    before: Shown | None
    evidence: list[Evidence]
    missing: list[Evidence]


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands behind one cell."""

    task: Task
    place: Any
    cell: Cell
    measurements: list[Measurement]
    report: Report | None
    is_held: bool


def panel(actor: Actor, found: Board, number: int, code: str, on: date) -> Panel | None:
    """Return what stands behind a cell, or None if there is no such cell.

    The evidence is asked of the indicator itself, for this one place.
    """
    task = next((task for task in found.tasks if task.number == number), None)
    row = next((row for row in found.rows if row.place.code == code), None)
    if task is None or row is None:
        return None
    if number in found.held or not may_see_values(actor, task.level, row.place.path):
        return Panel(task, row.place, UNKNOWN, [], None, is_held=True)
    bound = [t for t in task.targets.all() if t.indicator_key]
    measured = [_measurement(actor, t, row.place.path, on) for t in bound]
    report = None
    if actor.may(permits.VIEW, at=row.place.path, level=permits.VIEW.level):
        report = Report.objects.filter(task=task, place_id=row.place.pk).first()
    return Panel(task, row.place, row.cells[number], measured, report, is_held=False)


def _measurement(actor: Actor, target: Target, path: str, on: date) -> Measurement:
    indicator = INDICATORS.get(target.indicator_key)
    history = trend_of(actor, target.indicator_key, path, on)
    now: Measured | None = None
    if indicator and may_see_values(actor, indicator.level, path):
        now = indicator.measure(path, on)
    return Measurement(
        target,
        indicator.title if indicator else target.name,
        indicator.method if indicator else "",
        history[-1] if history else None,
        history[-2] if len(history) > 1 else None,
        list(now.evidence) if now else [],
        list(now.missing) if now else [],
    )
