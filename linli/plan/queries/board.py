"""The board of tasks and towns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from linli.kernel.permits import PROTECTED, Actor
from linli.places.queries import PlaceThen
from linli.plan import permits
from linli.plan.models import Call, PlanDocument, Report, Target, Task
from linli.plan.queries.borders import Towns, When, towns_on, values_on
from linli.plan.queries.documents import tasks_of
from linli.plan.queries.values import Shown, may_see_values
from linli.plan.rules.progress import (
    UNKNOWN,
    Cell,
    Filing,
    Goal,
    Pile,
    Said,
    Standing,
    measured_cell,
    pile_of,
    reported_cell,
    state_then,
)
from linli.plan.types import CallKind


@dataclass(frozen=True, slots=True)
class Row:
    """A town with its cells by number of the task; a task that is held has no cell.

    On a restated board `sources` names the towns that it came from, unless it is still the same,
    and `moved` how many villages changed towns meanwhile, whose share nobody measured.
    """

    place: Any
    cells: dict[int, Cell]
    sources: tuple[str, ...] = ()
    moved: int = 0


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
    when: When


@dataclass(frozen=True, slots=True)
class _Ground:
    """What cells are made of: values, reports, and the towns that were asked for reports."""

    actor: Actor
    towns: Towns
    values: dict[tuple[str, str], Shown]
    reports: dict[tuple[int, int], Said]
    calls: list[str]
    on: date


def goal_of(target: Target) -> Goal:
    """The part of a target that rules need."""
    value = None if target.value is None else f"{target.value.normalize():f}"
    return Goal(
        target.code, target.kind, target.operator, value, target.unit, target.force, target.deadline
    )


def board(
    actor: Actor,
    document: PlanDocument,
    on: date,
    *,
    to: date | None = None,
    with_invented: bool = False,
) -> Board:
    """Return the board of a day, with the towns of that day or carried to those of a later one.

    A fixed number of queries whatever its length. Invented towns stand first where they are
    shown: they alone have living cells in a demo.
    """
    when, tasks = When(on, to), list(tasks_of(document))
    towns = towns_on(document, when, with_invented=with_invented)
    keys = {t.indicator_key for task in tasks for t in task.targets.all() if t.indicator_key}
    values = values_on(actor, keys, towns, when)
    reports, calls = _reports(actor, document, on), _calls(document, on)
    ground = _Ground(actor, towns, values, reports, calls, on)
    held = frozenset(task.number for task in tasks if not _shown_anywhere(actor, task))
    open_tasks = [task for task in tasks if task.number not in held]
    rows = [_row(ground, town, open_tasks) for town in towns.rows]
    as_of = max((one.as_of for one in values.values()), default=None)
    return Board(document, tasks, held, rows, values, as_of, _piles(tasks, rows, on), when)


def _row(ground: _Ground, town: PlaceThen, tasks: list[Task]) -> Row:
    towns = ground.towns
    sources = () if towns.is_same(town) else tuple(one.name for one in towns.origins(town))
    cells = {task.number: _cell(ground, task, town) for task in tasks}
    return Row(town, cells, sources, towns.moved.get(town.id, 0))


def _shown_anywhere(actor: Actor, task: Task) -> bool:
    if task.level < PROTECTED:
        return True
    return actor.is_system or bool(actor.paths(permits.PARTY, level=task.level))


def _cell(ground: _Ground, task: Task, town: PlaceThen) -> Cell:
    actor = ground.actor
    if not may_see_values(actor, task.level, town.path):
        return UNKNOWN
    bound = [t for t in task.targets.all() if t.indicator_key]
    if bound:
        pairs = [
            (goal_of(t), found.count)
            for t in bound
            if (found := ground.values.get((t.indicator_key, town.path)))
        ]
        return measured_cell(pairs, ground.on)
    if not actor.may(permits.VIEW, at=town.path, level=permits.VIEW.level):
        return UNKNOWN
    return _reported(ground, task, town)


def _reported(ground: _Ground, task: Task, town: PlaceThen) -> Cell:
    """What the town reported; of one made of several that said different things a part is open."""
    origins = [town] if ground.towns.is_same(town) else ground.towns.origins(town)
    said = [(one, ground.reports.get((task.pk, one.id), Said())) for one in origins]
    found = {
        reported_cell(
            task.force, report.state, has_papers=report.has_papers,
            asked=any(one.path.startswith(path) for path in ground.calls),
        )
        for one, report in said
    }  # fmt: skip
    if len(found) > 1:
        return Cell(Standing.PARTIAL)
    return next(iter(found), UNKNOWN)


def _reports(actor: Actor, document: PlanDocument, on: date) -> dict[tuple[int, int], Said]:
    """The reports filed up to a day with the state that they had then, and whether papers show it."""
    if not actor.holds(permits.VIEW):
        return {}
    found = Report.objects.filter(document=document).only(
        "task_id", "place_id", "state", "filed_at", "checked_at", "version", "evidence_count"
    )
    return {
        (one.task_id, one.place_id): Said(state_then(_filing(one), on), one.evidence_count > 0)
        for one in found
    }


def _filing(one: Report) -> Filing:
    checked_on = localdate(one.checked_at) if one.checked_at else None
    # every step counts the version up: filed 1, returned 2, filed again 3
    return Filing(one.state, localdate(one.filed_at), checked_on, is_refiled=one.version > 2)


def _calls(document: PlanDocument, on: date) -> list[str]:
    found = Call.objects.filter(document=document, kind=CallKind.REPORT)
    return [
        c.path
        for c in found
        if localdate(c.made_at) <= on and (c.ends_on is None or c.ends_on > on)
    ]


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
