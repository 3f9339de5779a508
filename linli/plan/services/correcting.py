"""What people correct beside the text. The read value stays; every change is a row of its own."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotFound, Stale
from linli.kernel.permits import Actor, require
from linli.plan import permits
from linli.plan.models import (
    Correction,
    Measure,
    PlanDocument,
    Stage,
    Target,
    Task,
    TaskDepartment,
)
from linli.plan.models.rows import value_of
from linli.plan.rules import corrections as rules
from linli.plan.types import Change, ItemKind, NewTarget
from linli.trail.services import record

Item = Task | Target | Measure | Stage
TABLES: dict[ItemKind, Any] = {
    ItemKind.TASK: Task,
    ItemKind.TARGET: Target,
    ItemKind.MEASURE: Measure,
    ItemKind.STAGE: Stage,
}
# the names that the reading used, where a column has another one
READ_NAMES = {"name": ("name", "title"), "deadline": ("date",), "addressee": ("level",)}
FAULTS = {
    "empty": _("Write the new value."),
    "long": _("This is too long."),
    "unknown_word": _("Choose one of the given words."),
    "no_date": _("This is no date."),
    "no_number": _("This is no number."),
    "unknown_field": _("This cannot be corrected here."),
}


@transaction.atomic
def correct_item(
    kind: ItemKind, item_id: int, change: Change, *, actor: Actor, now: datetime
) -> Correction:
    """Correct one field of what was read, and say why.

    Refuses with NotFound, NotAllowed, Stale (somebody corrected it meanwhile), Invalid.
    """
    item = _locked(kind, item_id)
    require(actor, permits.CORRECT, at=item.document.path)
    if change.version is not None and change.version != item.version:
        raise Stale(kind=kind, id=item_id)
    value, before = _parsed(kind, change), value_of(item, change.field)
    if not change.why.strip():
        raise Invalid({"why": [_("Say why, so that others can follow.")]})
    if value == before:
        raise Invalid({"value": [_("This is the value already.")]})
    _apply(item, change.field, value)
    item.version += 1
    item.save()
    return _kept(item, kind, change, (before, value), actor, now)


@transaction.atomic
def add_target(
    document: PlanDocument, new: NewTarget, why: tuple[str, str], *, actor: Actor, now: datetime
) -> Target:
    """Add a target that the reading did not give; it is marked as a person's.

    Refuses with NotAllowed, Invalid.
    """
    document = PlanDocument.objects.select_for_update().get(pk=document.pk)
    require(actor, permits.CORRECT, at=document.path)
    if Target.objects.filter(document=document, code=new.code).exists():
        raise Invalid({"code": [_("A target with this code exists.")]})
    tasks = Task.objects.filter(document=document)
    task = tasks.filter(number=new.task).first() if new.task is not None else None
    target = Target.objects.create(
        document=document, task=task, code=new.code, name=new.name, name_en=new.name_en,
        kind=new.kind, operator=new.operator, value=new.value, unit=new.unit,
        deadline=new.deadline, force=task.force if task else "require", text=new.text,
        start=new.start, end=new.end, origin="person", level=task.level if task else 1,
    )  # fmt: skip
    change = Change("added", new.name, why[0], why_en=why[1])
    _kept(target, ItemKind.TARGET, change, (None, new.name), actor, now)
    return target


def _locked(kind: ItemKind, item_id: int) -> Any:
    item = TABLES[kind].objects.select_for_update(of=("self",)).filter(pk=item_id)
    found = item.select_related("document").first()
    if found is None:
        raise NotFound(kind=kind, id=item_id)
    return found


def _parsed(kind: ItemKind, change: Change) -> Any:
    try:
        return rules.parsed(kind, change.field, change.value)
    except rules.NotThat as fault:
        raise Invalid({"value": [str(FAULTS[fault.code])]}) from fault


def _apply(item: Any, field: str, value: Any) -> None:
    if field == "departments":
        _replace_departments(item, value)
    else:
        setattr(item, field, value)


def _replace_departments(task: Task, names: list[str]) -> None:
    """Set the list aside and write the new one; an organisation that was known stays linked."""
    current = TaskDepartment.objects.filter(task=task, is_current=True)
    known = {row.name: row.organisation_id for row in TaskDepartment.objects.filter(task=task)}
    current.update(is_current=False)
    TaskDepartment.objects.bulk_create(
        TaskDepartment(
            task=task, order=order, name=name, leads=order == 1,
            organisation_id=known.get(name), is_read=False,
        )
        for order, name in enumerate(names, 1)
    )  # fmt: skip


def _kept(
    item: Any,
    kind: ItemKind,
    change: Change,
    values: tuple[Any, Any],
    actor: Actor,
    now: datetime,
) -> Correction:
    correction = Correction.objects.create(
        document=item.document, kind=kind, item_id=item.pk, label=_label(item),
        field=change.field, read_value=_read_value(item, change.field),
        value_before=rules.shown(values[0]), value=rules.shown(values[1]),
        why=change.why.strip()[:300], why_en=change.why_en[:300], made_by=actor.label,
        account_id=actor.account_id, made_at=now,
    )  # fmt: skip
    record(
        "plan.corrected", on=item, actor=actor, now=now, place=item.document.path,
        field=change.field,
    )  # fmt: skip
    return correction


def _label(item: Any) -> str:
    if isinstance(item, Target):
        return item.code
    return str(item.number)


def _read_value(item: Any, field: str) -> str:
    read = item.read or {}
    if field == "departments":
        return "、".join([*filter(None, [read.get("lead")]), *read.get("participants", [])])
    for name in READ_NAMES.get(field, (field,)):
        if read.get(name) not in (None, ""):
            value: Decimal | date | str = read[name]
            return str(value)
    return ""
