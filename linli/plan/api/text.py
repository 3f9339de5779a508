"""The plan's published text over the API: tasks, targets and measures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import listed
from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.permits import Actor
from linli.kernel.web import Request
from linli.plan import queries, services
from linli.plan.api.frame import ListIn
from linli.plan.models import Measure, PlanDocument, Target, Task
from linli.plan.reading.asdata import FORCE_WORDS
from linli.plan.types import Force

router = Router()
BY_NUMBER = Keyset("number", ("number", "id"))
BY_CODE = Keyset("code", ("code", "id"))
IN_ORDER = Keyset("start", ("start", "id"))


class Measured(Schema):
    numerator: int | None
    denominator: int | None
    percent: int | None
    as_of: date


class TargetOut(Schema):
    id: int
    version: int
    code: str
    task: int | None
    stage: int | None
    name: str
    name_en: str
    kind: str
    operator: str | None
    value: float | int | None
    unit: str
    date: date | None
    date_text: str
    force: str
    text: str
    origin: str
    lead: str | None
    indicator: str | None
    measured: Measured | None


class TargetsOut(Schema):
    count: int
    items: list[TargetOut]
    next: str | None


class TaskOut(Schema):
    id: int
    version: int
    number: int
    group: str | None
    group_number: int | None
    group_en: str | None
    title: str
    title_en: str
    lead: str | None
    participants: list[str]
    force: str
    targets: list[TargetOut]


class TasksOut(Schema):
    count: int
    items: list[TaskOut]
    next: str | None


class MeasureOut(Schema):
    id: int
    version: int
    task: int | None
    stage: int | None
    requirement: int | None
    number: int
    text: str
    force: str
    level: str
    documents: list[str]
    date: date | None


class MeasuresOut(Schema):
    count: int
    items: list[MeasureOut]
    next: str | None


class MeasuresIn(ListIn):
    task: int | None = None
    force: str = ""
    level: str = ""


def _target(
    actor: Actor, document: PlanDocument, target: Target, values: dict[Any, Any], lead: str | None
) -> dict[str, Any]:
    """One target; the values of Party tasks are left out for those without a grant."""
    open_ = queries.may_see_target_value(actor, target, document.path)
    shown = values.get((target.indicator_key, document.path)) if open_ else None
    return {
        "id": target.pk, "version": target.version, "code": target.code,
        "task": target.task.number if target.task else None,
        "stage": target.stage.number if target.stage else None,
        "name": target.name, "name_en": target.name_en, "kind": target.kind,
        "operator": target.operator if open_ else None,
        "value": _number(target) if open_ else None,
        "unit": target.unit, "date": target.deadline, "date_text": target.deadline_text,
        "force": FORCE_WORDS[target.force], "text": target.text, "origin": target.origin,
        "lead": lead, "indicator": (target.indicator_key or None) if open_ else None,
        "measured": shown,
    }  # fmt: skip


def _number(target: Target) -> float | int | None:
    value = target.value
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _values(actor: Actor, document: PlanDocument, targets: list[Target]) -> dict[Any, Any]:
    keys = {target.indicator_key for target in targets if target.indicator_key}
    return queries.latest_values(actor, keys, [document.path], localdate())


@router.get("/plan/tasks/", response=TasksOut)
def list_tasks(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """The tasks of the plan with group, departments in its order, and targets."""
    document = queries.current_document(asked.plan)
    found = page_of(
        queries.tasks_of(document), BY_NUMBER, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    targets = [target for task in found.items for target in task.targets.all()]
    values = _values(request.actor, document, targets)
    return listed(found, lambda task: _task(request.actor, document, task, values))


def _task(
    actor: Actor, document: PlanDocument, task: Task, values: dict[Any, Any]
) -> dict[str, Any]:
    departments = list(task.departments.all())
    lead = next((d.name for d in departments if d.leads), None)
    return {
        "id": task.pk, "version": task.version, "number": task.number,
        "group": task.group.name if task.group else None,
        "group_number": task.group.number if task.group else None,
        "group_en": task.group.name_en if task.group else None,
        "title": task.name, "title_en": task.name_en, "lead": lead,
        "participants": [d.name for d in departments if not d.leads],
        "force": FORCE_WORDS[task.force],
        "targets": [_target(actor, document, t, values, lead) for t in task.targets.all()],
    }  # fmt: skip


@router.get("/plan/targets/", response=TargetsOut)
def list_targets(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Targets and milestones; those of the Party tasks without values."""
    document = queries.current_document(asked.plan)
    found = page_of(
        queries.public_targets(document), BY_CODE, cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    values = _values(request.actor, document, found.items)
    leads = queries.leads_of(document)
    return listed(
        found, lambda t: _target(request.actor, document, t, values, leads.get(t.task_id or 0))
    )


@router.get("/plan/measures/", response=MeasuresOut)
def list_measures(request: Request, asked: Query[MeasuresIn]) -> dict[str, Any]:
    """Sentences with an action and their force: 要求, 力争, 鼓励, 探索, 可以."""
    document = queries.current_document(asked.plan)
    found = page_of(
        queries.measures_of(
            document, task=asked.task, force=_force(asked.force), addressee=asked.level
        ),
        IN_ORDER,
        cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )
    return listed(found, _measure)


def _force(word: str) -> str:
    """A force by the plan's word or by its code."""
    codes = {zh: code for code, zh in FORCE_WORDS.items()}
    code = codes.get(word, word)
    if code and code not in list(Force):
        raise Invalid({"force": [", ".join(FORCE_WORDS.values())]})
    return code


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.pk, "version": measure.version,
        "task": measure.task.number if measure.task else None,
        "stage": measure.stage.number if measure.stage else None,
        "requirement": measure.passage.number if measure.passage else None,
        "number": measure.number, "text": measure.text, "force": FORCE_WORDS[measure.force],
        "level": measure.addressee, "documents": measure.documents, "date": measure.deadline,
    }  # fmt: skip


class BindIn(Schema):
    """The key of an indicator; an empty one unbinds."""

    plan: str = ""
    indicator: str


@router.post("/plan/targets/{code}/bind", response=TargetOut)
def bind_target(request: Request, code: str, given: BindIn) -> dict[str, Any]:
    """Say which indicator measures a target."""
    document = queries.current_document(given.plan)
    target = queries.get_target(document, code)
    services.bind_target_to_indicator(
        target, given.indicator, actor=request.actor, now=timezone.now()
    )
    target = queries.get_target(document, code)
    lead = queries.leads_of(document).get(target.task_id or 0)
    values = _values(request.actor, document, [target])
    return _target(request.actor, document, target, values, lead)
