"""A report that is being prepared: what is said of it may change until it goes out, then nothing does."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.models import ReportingTask
from linli.offerings.queries import reporting as queries
from linli.offerings.rules.reporting_approving import may_approve
from linli.offerings.states import REPORT
from linli.offerings.types.reporting import LEAST_WORDS, TaskFacts
from linli.trail.services import record

MOST_TITLE = 120


@open_to_all("a look at what was typed; whoever takes it requires the permit")
def checked_facts(facts: TaskFacts, path: str, *, actor: Actor, now: datetime) -> TaskFacts:
    """Return what an office says of a report, tidied. Refuses with Invalid (BU-22)."""
    title, basis = clean_text(facts.title).strip(), clean_text(facts.basis).strip()
    faults: dict[str, list[str]] = {}
    if not title or len(title) > MOST_TITLE:
        faults["title"] = [_("Say in a few words what is asked.")]
    if not LEAST_WORDS <= len(basis) <= 200:
        faults["basis"] = [_("Name the document on which this is asked. Without one it may not be.")]  # fmt: skip
    if facts.due_on is None or facts.due_on < localdate(now):
        faults["due_on"] = [_("Name the last day, today or later.")]
    if str(facts.post_id or "") not in {key for key, _name in queries.approving_posts(actor, path)}:
        faults["post"] = [_("Name the post that approved this: a head or deputy head of the place.")]  # fmt: skip
    if faults:
        raise Invalid(faults)
    return TaskFacts(title, facts.post_id, basis, facts.due_on)


@open_to_all("its callers have asked for the permit")
def held_draft(task: ReportingTask, edition: int, *, actor: Actor) -> ReportingTask:
    """Lock a report that is still being prepared. Refuses with WrongState, Stale."""
    task = ReportingTask.objects.select_for_update().get(pk=task.pk)
    REPORT.after(task.state, "ask")
    if edition != task.edition:
        raise Stale(move="bind", state=task.state)
    return task


@open_to_all("it asks itself for the post that approves")
def held_for_approval(task: ReportingTask, edition: int, *, actor: Actor) -> ReportingTask:
    """Lock a report for the post that approves it. Refuses with NotAllowed, WrongState, Stale."""
    task = ReportingTask.objects.select_for_update().get(pk=task.pk)
    if not may_approve(actor, task):
        raise NotAllowed(permit=permits.ASK_REPORTS.name, at=task.path)
    REPORT.after(task.state, "open")
    if edition != task.edition:
        raise Stale(move="open", state=task.state)
    return task


@open_to_all("its callers have asked for the permit")
def saved(task: ReportingTask, verb: str, *, actor: Actor, now: datetime) -> ReportingTask:
    """Save a report and record it."""
    task.edition += 1
    task.save()
    record(verb, on=task, actor=actor, now=now, place=task.path)
    return task


@transaction.atomic
def describe_report(
    task: ReportingTask, facts: TaskFacts, *, edition: int, actor: Actor, now: datetime
) -> ReportingTask:
    """Say anew what a report is called, who approved it, on which basis, until when; once sent it stays.

    Refuses with NotAllowed, WrongState, Stale, Invalid.
    """
    require(actor, permits.ASK_REPORTS, at=task.path)
    task = held_draft(task, edition, actor=actor)
    facts = checked_facts(facts, task.path, actor=actor, now=now)
    assert facts.post_id is not None and facts.due_on is not None
    task.title, task.basis, task.due_on = facts.title, facts.basis, facts.due_on
    task.post_id = facts.post_id
    return saved(task, "offerings.report_described", actor=actor, now=now)
