"""Binding targets to indicators, and departments to the register of organisations."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.kernel.registries import INDICATORS
from linli.plan import permits, queries
from linli.plan.models import PlanDocument, Target, TaskDepartment
from linli.trail.services import record


@transaction.atomic
def bind_target_to_indicator(target: Target, key: str, *, actor: Actor, now: datetime) -> Target:
    """Say which indicator measures a target; an empty key unbinds it.

    A target's values are at least as confidential as its indicator. Refuses with NotAllowed,
    Invalid.
    """
    target = (
        Target.objects.select_for_update(of=("self",))
        .select_related("document", "task")
        .get(pk=target.pk)
    )
    require(actor, permits.MANAGE, at=target.document.path)
    indicator = INDICATORS.get(key) if key else None
    if key and indicator is None:
        raise Invalid({"indicator": [_("There is no indicator of this name.")]})
    target.indicator_key = key
    own = target.task.level if target.task else 1
    target.level = max(own, indicator.level if indicator else 1)
    target.version += 1
    target.save(update_fields=["indicator_key", "level", "version"])
    record(
        "plan.target_bound", on=target, actor=actor, now=now, place=target.document.path,
        indicator=key,
    )  # fmt: skip
    return target


@transaction.atomic
def link_departments(document: PlanDocument, *, actor: Actor, now: datetime) -> int:
    """Link printed names to the register of organisations, with their names of today.

    Safe to run again after organisations were added or renamed: it records only what changed.
    Returns how many names are known. Refuses with NotAllowed.
    """
    require(actor, permits.MANAGE, at=document.path)
    rows = TaskDepartment.objects.filter(task__document=document, is_current=True)
    today = localdate(now)
    then = document.issued_on or today
    names = rows.order_by().values_list("name", flat=True).distinct()
    known = queries.bodies_of(document.path, names, then=then, on=today)
    changed = 0
    for name, body in known.items():
        wanted = {"organisation_id": body.id, "name_today": body.name[:120]}
        changed += rows.filter(name=name).exclude(**wanted).update(**wanted)
    if changed:
        record("plan.departments_linked", on=document, actor=actor, now=now, place=document.path)
    return len(known)
