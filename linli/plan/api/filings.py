"""Town plans over the API: filed with six contents, returned once, accepted; who is late."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.kernel.api import listed, paged
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, clean_limit, page_of_rows
from linli.kernel.web import Request
from linli.plan import permits, queries, services
from linli.plan.api.frame import ListIn, WithVersion, at_place, chosen, in_state, of_plan
from linli.plan.forms import CheckForm, NewTownPlanForm, RefileForm
from linli.plan.models import TownPlan
from linli.plan.rules.contents import lacking
from linli.plan.states import FilingState

router = Router()
BY_PLACE = Keyset("place", ("path", "id"))


class Contents(Schema):
    """The six contents: main targets, approach, main tasks, departments, schedule, steps."""

    goals: str = ""
    approach: str = ""
    tasks: str = ""
    departments: str = ""
    schedule: str = ""
    steps: str = ""


class TownPlanOut(Schema):
    id: int
    version: int
    place: str
    title: str
    document_number: str
    state: str
    due_on: date | None
    filed_at: datetime
    filed_by: str
    return_count: int
    checked_at: datetime | None
    checked_by: str


class TownPlansOut(Schema):
    count: int
    items: list[TownPlanOut]
    next: str | None


class TownPlanDetailOut(TownPlanOut):
    contents: Contents
    empty: list[str]
    lacking: dict[str, str]


class LateTownOut(Schema):
    place: str
    name: str


class LateTownsOut(Schema):
    count: int
    items: list[LateTownOut]
    next: str | None


class TownPlansIn(ListIn):
    state: str = ""


@router.get("/plan/town-plans/", response=TownPlansOut)
def list_town_plans(request: Request, asked: Query[TownPlansIn]) -> dict[str, Any]:
    """The town plans that the caller may see, by place."""
    found = of_plan(queries.visible_town_plans(request.actor), asked)
    found = in_state(found, asked.state, FilingState)
    return paged(found, BY_PLACE, asked, _row)


@router.get("/plan/town-plans/late/", response=LateTownsOut)
def list_late_towns(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """The towns that were asked, whose day has passed, and that have no plan on file."""
    plan = queries.current_document(asked.plan)
    towns = queries.late_towns(request.actor, plan, localdate())
    page = page_of_rows(
        towns, lambda town: str(town.code), cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, lambda town: {"place": town.code, "name": town.name})


@router.get("/plan/town-plans/{int:plan_id}/", response=TownPlanDetailOut)
def get_town_plan(request: Request, plan_id: int) -> dict[str, Any]:
    """One town plan with its six contents, and what it lacked when it was returned."""
    return _detail(queries.get_town_plan(request.actor, plan_id))


def _row(filed: TownPlan) -> dict[str, Any]:
    names = ("version", "title", "document_number", "state", "due_on", "filed_at", "filed_by",
             "return_count", "checked_at", "checked_by")  # fmt: skip
    return at_place(filed, *names)


def _detail(filed: TownPlan) -> dict[str, Any]:
    return {
        **_row(filed), "contents": filed.contents, "empty": lacking(filed.contents),
        "lacking": filed.lacking,
    }  # fmt: skip


class TownPlanIn(Schema):
    plan: str = ""
    place: str
    title: str
    document_number: str = ""
    contents: Contents


@router.post("/plan/town-plans/", response={201: TownPlanDetailOut})
def file_town_plan(request: Request, given: TownPlanIn) -> Status[dict[str, Any]]:
    """File a town's plan, if the town was asked for it; a content may be missing."""
    plan = queries.current_document(given.plan)
    towns = [p for p in queries.places_for(request.actor, permits.FILE) if p.level == "town"]
    if not towns:
        raise NotFound()
    data = NewTownPlanForm(towns, _typed(given)).accepted()
    filed = services.file_town_plan(
        plan, chosen(towns, data["place"]), data, actor=request.actor, now=timezone.now()
    )
    return Status(201, _detail(filed))


class RefileIn(WithVersion):
    title: str
    document_number: str = ""
    contents: Contents


@router.post("/plan/town-plans/{int:plan_id}/refile", response=TownPlanDetailOut)
def refile_town_plan(request: Request, plan_id: int, given: RefileIn) -> dict[str, Any]:
    """File a plan again that was returned."""
    filed = queries.get_town_plan(request.actor, plan_id)
    data = RefileForm(_typed(given)).accepted()
    filed = services.refile_town_plan(
        filed, data, version=data["version"], actor=request.actor, now=timezone.now()
    )
    return _detail(filed)


class CheckIn(WithVersion):
    """`lacking` says for each content what it lacks: something to return the plan, nothing to accept it."""

    decision: Literal["accept", "return"]
    lacking: Contents = Contents()


@router.post("/plan/town-plans/{int:plan_id}/check", response=TownPlanDetailOut)
def check_town_plan(request: Request, plan_id: int, given: CheckIn) -> dict[str, Any]:
    """Accept a plan, or return it once with everything that it lacks."""
    filed = queries.get_town_plan(request.actor, plan_id)
    data = CheckForm(
        {**given.lacking.dict(), "version": given.version, "decision": given.decision}
    ).accepted()
    filed = services.check_town_plan(
        filed, data, version=data["version"], actor=request.actor, now=timezone.now()
    )
    return _detail(filed)


def _typed(given: TownPlanIn | RefileIn) -> dict[str, Any]:
    """What was sent under the names of the form."""
    said = given.dict()
    return {**said, **said.pop("contents")}
