"""What the city asks the towns for, over the API; nobody is late who was not asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.kernel.api import one_of, paged
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.web import Request
from linli.plan import queries, services
from linli.plan.api.frame import ListIn, at_place, chosen
from linli.plan.forms import CallForm
from linli.plan.models import Call
from linli.plan.types import CallKind

router = Router()
NEWEST = Keyset("newest", ("-made_at", "-id"))


class CallOut(Schema):
    id: int
    kind: str
    place: str
    due_on: date | None
    basis: str
    ends_on: date | None
    made_by: str
    made_at: datetime


class CallsOut(Schema):
    count: int
    items: list[CallOut]
    next: str | None


class CallsIn(ListIn):
    kind: str = ""
    open: bool = False


@router.get("/plan/calls/", response=CallsOut)
def list_calls(request: Request, asked: Query[CallsIn]) -> dict[str, Any]:
    """What towns were asked for, until when and on which basis, the newest first."""
    found = queries.calls_of(queries.current_document(asked.plan))
    if kind := one_of("kind", asked.kind, CallKind):
        found = found.filter(kind=kind)
    if asked.open:
        found = found.filter(ends_on__isnull=True)
    return paged(found, NEWEST, asked, _call)


def _call(call: Call) -> dict[str, Any]:
    names = ("kind", "due_on", "basis", "ends_on", "made_by", "made_at")
    return at_place(call, *names)


class CallIn(Schema):
    """`kind` is town_plan or report; `basis` names the document that this rests on."""

    plan: str = ""
    kind: str
    place: str
    due_on: date | None = None
    basis: str


@router.post("/plan/calls/", response={201: CallOut})
def call_towns(request: Request, given: CallIn) -> Status[dict[str, Any]]:
    """Ask the towns of a place for their plan or their reports."""
    plan = queries.current_document(given.plan)
    places = queries.callable_places(request.actor)
    if not places:
        raise NotFound()
    data = CallForm(places, given.dict()).accepted()
    call = services.call_towns(
        plan, CallKind(data["kind"]), path=chosen(places, data["place"]).path,
        due_on=data["due_on"], basis=data["basis"], actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _call(call))


@router.post("/plan/calls/{int:call_id}/end", response=CallOut)
def end_call(request: Request, call_id: int, plan: str = "") -> dict[str, Any]:
    """End a demand: from then on nobody is missing or late by it."""
    call = queries.get_call(queries.current_document(plan), call_id)
    ended = services.end_call(call, on=localdate(), actor=request.actor, now=timezone.now())
    return _call(ended)
