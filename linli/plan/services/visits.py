"""Special supervision visits (专项督查): found, answered, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel import events
from linli.kernel.errors import Invalid, Stale
from linli.kernel.permits import PROTECTED, Actor, require
from linli.plan import permits, queries
from linli.plan.errors import ProtectedItem
from linli.plan.events import VisitRecorded
from linli.plan.models import PlanDocument, Task, Visit
from linli.plan.states import VISIT, VisitState
from linli.trail.services import record


@transaction.atomic
def record_visit(
    document: PlanDocument,
    place: Any,
    tasks: Sequence[Task],
    facts: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> Visit:
    """Record a visit: visited_on, visitors, findings; with due_on the place has to answer.

    Refuses with NotAllowed, ProtectedItem, Invalid.
    """
    require(actor, permits.SUPERVISE, at=place.path)
    _check(tasks, facts)
    due_on = facts.get("due_on")
    visit = Visit(
        document=document, **queries.located(place), due_on=due_on, visited_on=facts["visited_on"],
        visitors=facts["visitors"], organisation_id=facts.get("organisation_id"),
        findings=facts["findings"], recorded_by=actor.label, recorded_at=now,
    )  # fmt: skip
    visit.state = VISIT.start if due_on else VisitState.CLOSED
    visit.save()
    visit.tasks.set(tasks)
    record("plan.visit_recorded", on=visit, actor=actor, now=now, place=place.path)
    if due_on:
        events.publish(VisitRecorded(visit.pk, visit.path))
    return visit


def _check(tasks: Sequence[Task], facts: Mapping[str, Any]) -> None:
    if any(task.level >= PROTECTED for task in tasks):
        raise ProtectedItem(number=0)
    due_on = facts.get("due_on")
    if due_on and due_on < facts["visited_on"]:
        raise Invalid({"due_on": [_("The answer cannot be due before the visit.")]})


@transaction.atomic
def answer_visit(visit: Visit, *, answer: str, version: int, actor: Actor, now: datetime) -> Visit:
    """The place says what it mended. Refuses with NotAllowed, WrongState, Stale, Invalid."""
    visit = _locked(visit, version)
    require(actor, permits.FILE, at=visit.path)
    visit.state = VISIT.after(visit.state, "answer")
    if not answer.strip():
        raise Invalid({"answer": [_("Say what was mended.")]})
    visit.answer, visit.answered_at = answer.strip(), now
    return _saved(visit, "plan.visit_answered", actor, now)


@transaction.atomic
def reopen_visit(visit: Visit, *, version: int, actor: Actor, now: datetime) -> Visit:
    """The answer does not do. Refuses with NotAllowed, WrongState, Stale."""
    visit = _locked(visit, version)
    require(actor, permits.SUPERVISE, at=visit.path)
    visit.state = VISIT.after(visit.state, "reopen")
    return _saved(visit, "plan.visit_reopened", actor, now)


@transaction.atomic
def close_visit(visit: Visit, *, version: int, actor: Actor, now: datetime) -> Visit:
    """Close a visit. Refuses with NotAllowed, WrongState, Stale."""
    visit = _locked(visit, version)
    require(actor, permits.SUPERVISE, at=visit.path)
    visit.state = VISIT.after(visit.state, "close")
    return _saved(visit, "plan.visit_closed", actor, now)


def _locked(visit: Visit, version: int) -> Visit:
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.version != version:
        raise Stale(id=visit.pk)
    return visit


def _saved(visit: Visit, verb: str, actor: Actor, now: datetime) -> Visit:
    visit.version += 1
    visit.save()
    record(verb, on=visit, actor=actor, now=now, place=visit.path)
    return visit
