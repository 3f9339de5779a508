"""What a town says of its work on a task without a number of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel import locks
from linli.kernel.errors import Invalid, Stale
from linli.kernel.events import publish
from linli.kernel.permits import PROTECTED, Actor, require
from linli.plan import permits, queries
from linli.plan.errors import AlreadyFiled, NotCalled, ProtectedItem
from linli.plan.events import ReportChecked
from linli.plan.models import Report, Task
from linli.plan.states import FILING
from linli.plan.types import CallKind
from linli.trail.services import record


@transaction.atomic
def file_report(
    task: Task, place: Any, text: str, *, evidence_count: int = 0, actor: Actor, now: datetime
) -> Report:
    """Report on a task, if the city asked for it.

    Refuses with NotAllowed, ProtectedItem, NotCalled, AlreadyFiled, Invalid.
    """
    locks.hold("plan.report", task.pk, place.pk)
    require(actor, permits.FILE, at=place.path)
    if task.level >= PROTECTED:
        raise ProtectedItem(number=task.number)
    if queries.call_for(task.document, CallKind.REPORT, place.path) is None:
        raise NotCalled(at=place.path)
    if Report.objects.filter(task=task, place_id=place.pk).exists():
        raise AlreadyFiled(at=place.path)
    report = Report.objects.create(
        document=task.document, **queries.located(place), task=task, text=_told(text),
        evidence_count=evidence_count, filed_at=now, filed_by=actor.label,
    )  # fmt: skip
    record("plan.report_filed", on=report, actor=actor, now=now, place=place.path)
    return report


@transaction.atomic
def refile_report(
    report: Report,
    text: str,
    *,
    evidence_count: int = 0,
    version: int,
    actor: Actor,
    now: datetime,
) -> Report:
    """Report again after it came back. Refuses with NotAllowed, WrongState, Stale, Invalid."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    require(actor, permits.FILE, at=report.path)
    _fresh(report, version)
    report.state = FILING.after(report.state, "refile")
    report.text, report.evidence_count = _told(text), evidence_count
    report.filed_at, report.filed_by, report.version = now, actor.label, report.version + 1
    report.save()
    record("plan.report_refiled", on=report, actor=actor, now=now, place=report.path)
    return report


@transaction.atomic
def check_report(
    report: Report, *, reason: str = "", version: int, actor: Actor, now: datetime
) -> Report:
    """Accept a report, or return it with a reason. Refuses with NotAllowed, WrongState, Stale."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    require(actor, permits.CHECK, at=report.path)
    _fresh(report, version)
    report.state = FILING.after(report.state, "return" if reason.strip() else "accept")
    report.reason, report.version = reason.strip()[:300], report.version + 1
    report.checked_at, report.checked_by = now, actor.label
    report.save()
    record("plan.report_checked", on=report, actor=actor, now=now, place=report.path)
    publish(ReportChecked(report.pk, report.path, bool(report.reason)))
    return report


def _told(text: str) -> str:
    if not text.strip():
        raise Invalid({"text": [_("Say what was done and where it can be seen.")]})
    return text.strip()


def _fresh(report: Report, version: int) -> None:
    if report.version != version:
        raise Stale(id=report.pk)
