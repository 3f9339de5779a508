"""What stands behind one cell of the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from linli.kernel.permits import Actor
from linli.kernel.registries import INDICATORS, Evidence, Measured
from linli.plan import permits
from linli.plan.models import Report, Target, Task
from linli.plan.queries.board import Board, Row
from linli.plan.queries.borders import When
from linli.plan.queries.values import Shown, may_see_values, trend_of
from linli.plan.rules.progress import UNKNOWN, Cell


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
    row: Row
    is_held: bool


def panel(actor: Actor, found: Board, number: int, code: str, today: date) -> Panel | None:
    """Return what stands behind a cell, or None if there is no such cell.

    On the board of today the evidence is asked of the indicator itself, for this one place; what
    it rested on earlier is not asked again, since things have moved since then.
    """
    task = next((task for task in found.tasks if task.number == number), None)
    row = next((row for row in found.rows if row.place.code == code), None)
    if task is None or row is None:
        return None
    if number in found.held or not may_see_values(actor, task.level, row.place.path):
        return Panel(task, row.place, UNKNOWN, [], None, row, is_held=True)
    bound = [t for t in task.targets.all() if t.indicator_key]
    measured = [_measurement(actor, found, t, row.place.path, today) for t in bound]
    report = None
    if actor.may(permits.VIEW, at=row.place.path, level=permits.VIEW.level):
        report = Report.objects.filter(task=task, place_id=row.place.pk).first()
    if report and localdate(report.filed_at) > found.when.on:
        report = None
    return Panel(task, row.place, row.cells[number], measured, report, row, is_held=False)


def _measurement(actor: Actor, found: Board, target: Target, path: str, today: date) -> Measurement:
    indicator = INDICATORS.get(target.indicator_key)
    history: list[Shown] = []
    if not found.when.is_restated:
        history = trend_of(actor, target.indicator_key, path, found.when.on)
    now: Measured | None = None
    is_live = found.when == When(today)
    if is_live and indicator and may_see_values(actor, indicator.level, path):
        now = indicator.measure(path, today)
    return Measurement(
        target,
        indicator.title if indicator else target.name,
        indicator.method if indicator else "",
        history[-1] if history else found.values.get((target.indicator_key, path)),
        history[-2] if len(history) > 1 else None,
        list(now.evidence) if now else [],
        list(now.missing) if now else [],
    )
