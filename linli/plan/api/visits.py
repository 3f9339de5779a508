"""Special supervision visits (专项督查) over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.kernel.api import paged
from linli.kernel.paging import Keyset
from linli.kernel.web import Request
from linli.plan import permits, queries, services
from linli.plan.api.frame import ListIn, WithVersion, accepted_at, in_state, of_plan, with_tasks
from linli.plan.forms import AnswerVisitForm, VisitForm
from linli.plan.models import Visit
from linli.plan.states import VisitState

router = Router()
NEWEST = Keyset("-visited", ("-visited_on", "-id"))


class VisitOut(Schema):
    id: int
    version: int
    place: str
    tasks: list[int]
    visited_on: date
    visitors: str
    findings: str
    due_on: date | None
    state: str
    answer: str
    answered_at: datetime | None
    recorded_by: str
    recorded_at: datetime


class VisitsOut(Schema):
    count: int
    items: list[VisitOut]
    next: str | None


class VisitsIn(ListIn):
    state: str = ""


@router.get("/plan/visits/", response=VisitsOut)
def list_visits(request: Request, asked: Query[VisitsIn]) -> dict[str, Any]:
    """The visits that the caller may see, the latest first."""
    found = of_plan(queries.visible_visits(request.actor), asked)
    found = in_state(found, asked.state, VisitState)
    return paged(found, NEWEST, asked, _visit)


@router.get("/plan/visits/{int:visit_id}/", response=VisitOut)
def get_visit(request: Request, visit_id: int) -> dict[str, Any]:
    """One visit: what was found and what was answered."""
    return _visit(queries.get_visit(request.actor, visit_id))


def _visit(visit: Visit) -> dict[str, Any]:
    names = ("version", "visited_on", "visitors", "findings", "due_on", "state", "answer",
             "answered_at", "recorded_by", "recorded_at")  # fmt: skip
    return with_tasks(visit, *names)


class VisitIn(Schema):
    """Without `due_on` nothing is to be mended, and the visit is closed at once."""

    plan: str = ""
    place: str
    tasks: list[int] = []
    visited_on: date
    visitors: str
    findings: str
    due_on: date | None = None


@router.post("/plan/visits/", response={201: VisitOut})
def record_visit(request: Request, given: VisitIn) -> Status[dict[str, Any]]:
    """Record a visit; with a day the place has to answer."""
    plan, place, tasks, data = accepted_at(request.actor, permits.SUPERVISE, VisitForm, given)
    visit = services.record_visit(
        plan, place, tasks, {**data, "organisation_id": queries.leading_group(plan.path)},
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _visit(visit))


class AnswerIn(WithVersion):
    answer: str


@router.post("/plan/visits/{int:visit_id}/answer", response=VisitOut)
def answer_visit(request: Request, visit_id: int, given: AnswerIn) -> dict[str, Any]:
    """The place says what it mended."""
    visit = queries.get_visit(request.actor, visit_id)
    data = AnswerVisitForm(given.dict()).accepted()
    return _visit(services.answer_visit(visit, actor=request.actor, now=timezone.now(), **data))


@router.post("/plan/visits/{int:visit_id}/reopen", response=VisitOut)
def reopen_visit(request: Request, visit_id: int, given: WithVersion) -> dict[str, Any]:
    """The answer does not do: the place has to answer again."""
    visit = queries.get_visit(request.actor, visit_id)
    return _visit(
        services.reopen_visit(visit, version=given.version, actor=request.actor, now=timezone.now())
    )


@router.post("/plan/visits/{int:visit_id}/close", response=VisitOut)
def close_visit(request: Request, visit_id: int, given: WithVersion) -> dict[str, Any]:
    """Close a visit."""
    visit = queries.get_visit(request.actor, visit_id)
    return _visit(
        services.close_visit(visit, version=given.version, actor=request.actor, now=timezone.now())
    )
