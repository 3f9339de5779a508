"""Pilots over the API: what is tried where, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.kernel.api import paged
from linli.kernel.paging import Keyset
from linli.kernel.web import Request
from linli.plan import permits, queries, services
from linli.plan.api.frame import ListIn, WithVersion, accepted_at, in_state, of_plan, with_tasks
from linli.plan.forms import EndPilotForm, PilotForm
from linli.plan.models import Pilot
from linli.plan.states import PilotState

router = Router()
NEWEST = Keyset("-started", ("-started_on", "-id"))


class PilotOut(Schema):
    id: int
    version: int
    place: str
    title: str
    reason: str
    tasks: list[int]
    state: str
    started_on: date
    due_on: date | None
    ended_on: date | None
    summary: str


class PilotsOut(Schema):
    count: int
    items: list[PilotOut]
    next: str | None


class PilotsIn(ListIn):
    state: str = ""


@router.get("/plan/pilots/", response=PilotsOut)
def list_pilots(request: Request, asked: Query[PilotsIn]) -> dict[str, Any]:
    """Pilots, the latest first."""
    found = of_plan(queries.visible_pilots(request.actor), asked)
    found = in_state(found, asked.state, PilotState)
    return paged(found, NEWEST, asked, _pilot)


@router.get("/plan/pilots/{int:pilot_id}/", response=PilotOut)
def get_pilot(request: Request, pilot_id: int) -> dict[str, Any]:
    """One pilot; one that ended says what was learnt."""
    return _pilot(queries.get_pilot(request.actor, pilot_id))


def _pilot(pilot: Pilot) -> dict[str, Any]:
    names = ("version", "title", "reason", "state", "started_on", "due_on", "ended_on", "summary")
    return with_tasks(pilot, *names)


class PilotIn(Schema):
    plan: str = ""
    place: str
    title: str
    reason: str = ""
    tasks: list[int]
    started_on: date
    due_on: date | None = None


@router.post("/plan/pilots/", response={201: PilotOut})
def start_pilot(request: Request, given: PilotIn) -> Status[dict[str, Any]]:
    """Start a pilot of chosen tasks at a place."""
    plan, place, tasks, data = accepted_at(request.actor, permits.PILOT, PilotForm, given)
    pilot = services.start_pilot(plan, place, tasks, data, actor=request.actor, now=timezone.now())
    return Status(201, _pilot(pilot))


class EndPilotIn(WithVersion):
    ended_on: date
    summary: str


@router.post("/plan/pilots/{int:pilot_id}/end", response=PilotOut)
def end_pilot(request: Request, pilot_id: int, given: EndPilotIn) -> dict[str, Any]:
    """End a pilot by saying what was learnt."""
    pilot = queries.get_pilot(request.actor, pilot_id)
    data = EndPilotForm(given.dict()).accepted()
    return _pilot(services.end_pilot(pilot, actor=request.actor, now=timezone.now(), **data))
