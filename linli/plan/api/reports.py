"""Reports of towns over the API, on tasks that have no number of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.kernel.api import paged
from linli.kernel.paging import Keyset
from linli.kernel.web import Request
from linli.plan import permits, queries, services
from linli.plan.api.frame import ListIn, WithVersion, at_place, in_state, of_plan
from linli.plan.forms import CheckReportForm, RefileReportForm, ReportForm
from linli.plan.models import Report
from linli.plan.states import FilingState

router = Router()
BY_PLACE = Keyset("place", ("path", "id"))


class ReportOut(Schema):
    """With `evidence_count` 0 an accepted report stands on the board as `unproven`, not as `shown`.

    Of a task with a target that the system counts the board shows that number, whatever is reported.
    """

    id: int
    version: int
    place: str
    task: int
    text: str
    evidence_count: int
    state: str
    reason: str
    filed_at: datetime
    filed_by: str
    checked_at: datetime | None
    checked_by: str


class ReportsOut(Schema):
    count: int
    items: list[ReportOut]
    next: str | None


class ReportsIn(ListIn):
    state: str = ""
    task: int | None = None


@router.get("/plan/reports/", response=ReportsOut)
def list_reports(request: Request, asked: Query[ReportsIn]) -> dict[str, Any]:
    """The reports that the caller may see, by place."""
    found = of_plan(queries.visible_reports(request.actor), asked).select_related("task")
    found = in_state(found, asked.state, FilingState)
    if asked.task is not None:
        found = found.filter(task__number=asked.task)
    return paged(found, BY_PLACE, asked, _report)


@router.get("/plan/reports/{int:report_id}/", response=ReportOut)
def get_report(request: Request, report_id: int) -> dict[str, Any]:
    """One report."""
    return _report(queries.get_report(request.actor, report_id))


def _report(report: Report) -> dict[str, Any]:
    names = ("version", "text", "evidence_count", "state", "reason", "filed_at", "filed_by",
             "checked_at", "checked_by")  # fmt: skip
    return {**at_place(report, *names), "task": report.task.number}


class ReportIn(Schema):
    plan: str = ""
    place: str
    task: int
    text: str
    evidence_count: int = 0


@router.post("/plan/reports/", response={201: ReportOut})
def file_report(request: Request, given: ReportIn) -> Status[dict[str, Any]]:
    """Report on a task for a town, if the city asked for it."""
    plan = queries.current_document(given.plan)
    place = queries.place_at(request.actor, permits.FILE, given.place)
    task = queries.get_task(plan, given.task)
    data = ReportForm(given.dict()).accepted()
    report = services.file_report(
        task, place, data["text"], evidence_count=data["evidence_count"] or 0,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _report(report))


class RefileReportIn(WithVersion):
    text: str
    evidence_count: int = 0


@router.post("/plan/reports/{int:report_id}/refile", response=ReportOut)
def refile_report(request: Request, report_id: int, given: RefileReportIn) -> dict[str, Any]:
    """Write a report again that was returned."""
    report = queries.get_report(request.actor, report_id)
    data = RefileReportForm(given.dict()).accepted()
    report = services.refile_report(
        report, data["text"], evidence_count=data["evidence_count"] or 0,
        version=data["version"], actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _report(report)


class CheckReportIn(WithVersion):
    """`reason` says what is missing, to return the report; it is empty to accept it."""

    decision: Literal["accept", "return"]
    reason: str = ""


@router.post("/plan/reports/{int:report_id}/check", response=ReportOut)
def check_report(request: Request, report_id: int, given: CheckReportIn) -> dict[str, Any]:
    """Accept a report, or return it with a reason."""
    report = queries.get_report(request.actor, report_id)
    data = CheckReportForm(given.dict()).accepted()
    report = services.check_report(
        report, reason=data["reason"], version=data["version"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return _report(report)
