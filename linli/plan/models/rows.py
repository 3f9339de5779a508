"""The rows of a reading; part of the import, never called by others."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from linli.plan.models.items import Measure, Target
from linli.plan.models.text import (
    Group,
    Part,
    Passage,
    PlanDocument,
    Stage,
    Task,
    TaskDepartment,
)
from linli.plan.reading.asdata import group_of, measure_data, target_data, task_data
from linli.plan.reading.shape import Heading, PlanRead
from linli.plan.reading.shape import Measure as MeasureRead
from linli.plan.reading.shape import Passage as PassageRead
from linli.plan.reading.shape import Stage as StageRead
from linli.plan.reading.shape import Target as TargetRead
from linli.plan.reading.shape import Task as TaskRead
from linli.plan.rules.contents import level_of_values


def keep_items(document: PlanDocument, read: PlanRead) -> None:
    """Save parts, groups, tasks, departments, stages, passages, targets and measures."""
    Part.objects.bulk_create(_part(document, one) for one in read.parts)
    groups = _groups(document, read)
    tasks = _tasks(document, read, groups)
    stages = Stage.objects.bulk_create(_stage(document, one) for one in read.stages)
    passages = Passage.objects.bulk_create(_passage(document, one) for one in read.passages)
    by_stage = {stage.number: stage for stage in stages}
    requirements = {p.number: p for p in passages if p.kind == "requirement"}
    Target.objects.bulk_create(_target(document, one, tasks, by_stage) for one in read.targets)
    Measure.objects.bulk_create(
        _measure(document, one, {"task": tasks, "stage": by_stage, "requirement": requirements})
        for one in read.measures
    )


def _stage(document: PlanDocument, one: StageRead) -> Stage:
    days = {"first_on": str(one.first or ""), "last_on": str(one.last or "")}
    return Stage(
        document=document, number=one.number, name=one.title[:200], first_on=one.first,
        last_on=one.last, start=one.start, end=one.end, read={"name": one.title, **days},
    )  # fmt: skip


def _passage(document: PlanDocument, one: PassageRead) -> Passage:
    return Passage(
        document=document, kind=one.kind, number=one.number, title=one.title[:200],
        start=one.start, end=one.end,
    )  # fmt: skip


def _part(document: PlanDocument, one: Heading) -> Part:
    return Part(
        document=document, number=one.number, label=one.label[:20], title=one.title[:200],
        kind=one.kind, start=one.start, end=one.end,
    )  # fmt: skip


def _groups(document: PlanDocument, read: PlanRead) -> dict[Heading, Group]:
    """The groups of tasks; of several parts with tasks these are the groups."""
    headings = list(read.groups)
    headings += [h for task in read.tasks if (h := group_of(read, task)) and h not in headings]
    headings = list(dict.fromkeys(headings))
    rows = Group.objects.bulk_create(
        Group(
            document=document, number=one.number, label=one.label[:20], name=one.title[:200],
            start=one.start, end=one.end,
        )
        for one in headings
    )  # fmt: skip
    return dict(zip(headings, rows, strict=True))


def _tasks(document: PlanDocument, read: PlanRead, groups: dict[Heading, Group]) -> dict[int, Task]:
    rows = Task.objects.bulk_create(_task(document, read, one, groups) for one in read.tasks)
    TaskDepartment.objects.bulk_create(
        TaskDepartment(
            task=row, order=order, name=one.name[:80], leads=one.leads, start=one.start, end=one.end
        )
        for row, task in zip(rows, read.tasks, strict=True)
        for order, one in enumerate(task.departments, 1)
    )
    return {row.number: row for row in rows}


def _task(
    document: PlanDocument, read: PlanRead, one: TaskRead, groups: dict[Heading, Group]
) -> Task:
    heading = group_of(read, one)
    return Task(
        document=document, group=groups[heading] if heading else None, number=one.number,
        label=one.label[:20], name=one.title[:200], force=one.force,
        level=level_of_values(one.lead), start=one.start, end=one.end,
        body_start=one.body_start, body_end=one.body_end, read=task_data(read, one),
    )  # fmt: skip


def _target(
    document: PlanDocument, one: TargetRead, tasks: dict[int, Task], stages: dict[int, Stage]
) -> Target:
    task = tasks.get(one.task) if one.task is not None else None
    return Target(
        document=document, task=task, stage=stages.get(one.stage) if one.stage else None,
        code=one.code, name=one.name[:200], kind=one.kind, operator=one.operator,
        value=Decimal(one.value) if one.value is not None else None, unit=one.unit,
        deadline=one.deadline, deadline_text=one.deadline_text[:80], force=one.force,
        text=one.text, start=one.start, end=one.end, level=task.level if task else 1,
        read=target_data(one),
    )  # fmt: skip


def _measure(
    document: PlanDocument, one: MeasureRead, owners: Mapping[str, Mapping[int, object]]
) -> Measure:
    owner = owners[one.owner].get(one.owner_number)
    return Measure(
        document=document,
        task=owner if isinstance(owner, Task) else None,
        stage=owner if isinstance(owner, Stage) else None,
        passage=owner if isinstance(owner, Passage) else None,
        number=one.number, text=one.text, force=one.force, addressee=one.level,
        documents=list(one.documents), deadline=one.deadline, start=one.start, end=one.end,
        read=measure_data(one),
    )  # fmt: skip


def value_of(item: Any, field: str) -> Any:
    """Return what holds of an item now: its departments in order, or the field."""
    if field == "departments":
        rows = TaskDepartment.objects.filter(task=item, is_current=True)
        return list(rows.order_by("order").values_list("name", flat=True))
    return getattr(item, field)
