"""Pilots, and the practice that others may take over from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.permits import PROTECTED, Actor, require
from linli.plan import permits, queries
from linli.plan.errors import ProtectedItem
from linli.plan.models import Pilot, PlanDocument, Practice, Task
from linli.plan.states import PILOT
from linli.trail.services import record


@transaction.atomic
def start_pilot(
    document: PlanDocument,
    place: Any,
    tasks: Sequence[Task],
    facts: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> Pilot:
    """Start a pilot of chosen tasks at a place; `facts`: title, reason, started_on, due_on.

    Refuses with NotAllowed, ProtectedItem, Invalid.
    """
    require(actor, permits.PILOT, at=place.path)
    _open_tasks(tasks)
    if not tasks:
        raise Invalid({"tasks": [_("Choose at least one task.")]})
    pilot = Pilot.objects.create(
        document=document, **queries.located(place), title=facts["title"],
        reason=facts.get("reason", ""), started_on=facts["started_on"],
        due_on=facts.get("due_on"), started_by=actor.label,
    )  # fmt: skip
    pilot.tasks.set(tasks)
    record("plan.pilot_started", on=pilot, actor=actor, now=now, place=place.path)
    return pilot


@transaction.atomic
def end_pilot(
    pilot: Pilot, *, summary: str, ended_on: date, version: int, actor: Actor, now: datetime
) -> Pilot:
    """End a pilot by saying what was learnt. Refuses with NotAllowed, WrongState, Stale, Invalid."""
    pilot = Pilot.objects.select_for_update().get(pk=pilot.pk)
    require(actor, permits.PILOT, at=pilot.path)
    if pilot.version != version:
        raise Stale(id=pilot.pk)
    pilot.state = PILOT.after(pilot.state, "end")
    if not summary.strip():
        raise Invalid({"summary": [_("Say what was tried, what came of it, and what it cost.")]})
    if ended_on < pilot.started_on:
        raise Invalid({"ended_on": [_("The end is before the beginning.")]})
    pilot.summary, pilot.ended_on, pilot.version = summary.strip(), ended_on, pilot.version + 1
    pilot.save(update_fields=["state", "summary", "ended_on", "version"])
    record("plan.pilot_ended", on=pilot, actor=actor, now=now, place=pilot.path)
    return pilot


@transaction.atomic
def add_practice(
    document: PlanDocument,
    place: Any,
    tasks: Sequence[Task],
    facts: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> Practice:
    """Write a card of good practice: problem, steps, effect, whom to ask; a pilot if it came of one.

    Refuses with NotAllowed, ProtectedItem.
    """
    require(actor, permits.PRACTICE, at=place.path)
    _open_tasks(tasks)
    texts = {key: facts[key].strip() for key in ("title", "problem", "steps", "effect")}
    practice = Practice.objects.create(
        document=document, **queries.located(place), **texts,
        contact=facts.get("contact", ""), pilot=facts.get("pilot"),
        words=queries.search_text(" ".join(texts.values())),
        written_at=now, written_by=actor.label,
    )  # fmt: skip
    practice.tasks.set(tasks)
    record("plan.practice_added", on=practice, actor=actor, now=now, place=place.path)
    return practice


@transaction.atomic
def withdraw_practice(practice: Practice, *, actor: Actor, now: datetime) -> Practice:
    """Take a card out of the search; it stays on record. Refuses with NotAllowed."""
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    require(actor, permits.PRACTICE, at=practice.path)
    practice.withdrawn_at = practice.withdrawn_at or now
    practice.save(update_fields=["withdrawn_at"])
    record("plan.practice_withdrawn", on=practice, actor=actor, now=now, place=practice.path)
    return practice


def _open_tasks(tasks: Sequence[Task]) -> None:
    for task in tasks:
        if task.level >= PROTECTED:
            raise ProtectedItem(number=task.number)
