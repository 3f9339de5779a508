"""Work in the cells over the API: events and places of the rounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status
from pydantic import Field

from linli.grid import permits
from linli.grid.forms.rounds import SightForm, StopForm, VisitForm
from linli.grid.queries import choices, rounds
from linli.grid.queries.cells import village_for
from linli.grid.queries.entries import MOST_PHOTOS
from linli.grid.services import events, visits
from linli.grid.types import CellKey
from linli.grid.types.sending import Sent
from linli.kernel.api import PagedIn, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of
from linli.kernel.permits import require, require_somewhere
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()
DUE_FIRST = Keyset("due", ("due_at", "id"))
STOPS = Keyset("due", ("due_on", "id"))


class EventOut(Schema):
    number: str
    state: str
    stage: str
    matter: str
    title: str
    opened_at: datetime
    due_at: datetime | None
    lead_post_id: int | None
    offered_post_id: int | None
    seq: int


class EventsOut(Schema):
    count: int
    items: list[EventOut]
    next: str | None


class EventsIn(PagedIn):
    mine: bool = False


class SightIn(Schema):
    """`uuid` is made on the phone: the same one twice opens one case. `photos` are codes of drafts."""

    village: str
    layer: str
    cell: str
    matter: str
    text: str
    lon: float | None = None
    lat: float | None = None
    uuid: UUID | None = None
    photos: list[str] = Field(default=[], max_length=MOST_PHOTOS)


class StopOut(Schema):
    id: int
    village: str
    layer: str
    cell: str
    title: str
    every_days: int
    last_on: date | None
    due_on: date


class StopsOut(Schema):
    count: int
    items: list[StopOut]
    next: str | None


class StopsIn(PagedIn):
    due: bool = False


class StopIn(Schema):
    """A place that is visited every so many days: a building, shop or door, never a person's name."""

    village: str
    layer: str
    cell: str
    title: str
    every_days: int = 30


class VisitIn(Schema):
    outcome: str
    matter: str = ""
    text: str = ""
    key: UUID | None = None


def shown_event(case: Any) -> dict[str, Any]:
    """Return an event as the API tells it; without a running clock it is due on no day."""
    columns = ("number", "state", "stage", "matter", "title", "opened_at", "lead_post_id")
    due = case.due_at if case.due_at.year < 9999 else None
    return {**plain(case, *columns, "offered_post_id", "seq"), "due_at": due}


def where_of(one: Any) -> dict[str, Any]:
    return {"village": code_of(one.path), "layer": one.layer.key, "cell": one.cell_code}


def _stop(one: Any) -> dict[str, Any]:
    return {**plain(one, "id", "title", "every_days", "last_on", "due_on"), **where_of(one)}


@router.get("/events/", response=EventsOut)
def list_events(request: Request, asked: Query[EventsIn]) -> dict[str, Any]:
    """Open events that the caller may see, those due first; `mine=true` those of the caller's posts."""
    require_somewhere(request.actor, permits.WORK)
    if asked.mine:
        found = rounds.my_events(request.actor)
    else:
        found = rounds.visible_events(request.actor).filter(is_open=True)
    return paged(found, DUE_FIRST, asked, shown_event)


@router.post("/events/", response={201: EventOut})
def report_event(request: Request, given: SightIn) -> Status[dict[str, Any]]:
    """Report something seen in a cell; it is offered to the post that looks after the cell."""
    village_for(request.actor, given.village)
    place = places.open_place(given.village)
    require(request.actor, permits.WORK, at=place.path)
    cell = CellKey(given.layer, given.cell)
    value = choices.value_of(given.village, cell)
    form = SightForm({**given.dict(), "cell": value, "sent": given.uuid}, cells=[(value, "")])
    form.accepted()
    sight = replace(form.sight, photos=Sent(tuple(given.photos)))
    opened = events.report_event(
        place, cell, sight, uuid=given.uuid, actor=request.actor, now=timezone.now()
    )
    return Status(201, shown_event(rounds.get_event(request.actor, opened.number)))


@router.get("/stops/", response=StopsOut)
def list_stops(request: Request, asked: Query[StopsIn]) -> dict[str, Any]:
    """Places of the rounds, those waiting longest first; `due=true` those not yet visited."""
    require_somewhere(request.actor, permits.WORK)
    found = rounds.visible_stops(request.actor).filter(until__isnull=True)
    if asked.due:
        found = found.filter(due_on__lte=localdate())
    return paged(found, STOPS, asked, _stop)


@router.post("/stops/", response={201: StopOut})
def add_stop(request: Request, given: StopIn) -> Status[dict[str, Any]]:
    """Take a place into the rounds; it is visited the first time today."""
    village_for(request.actor, given.village)
    place = places.open_place(given.village)
    require(request.actor, permits.WORK, at=place.path)
    cell = CellKey(given.layer, given.cell)
    value = choices.value_of(given.village, cell)
    form = StopForm({**given.dict(), "cell": value}, cells=[(value, "")])
    form.accepted()
    made = visits.add_stop(place, cell, form.facts, actor=request.actor, now=timezone.now())
    return Status(201, _stop(rounds.get_stop(request.actor, made.pk)))


@router.post("/stops/{int:stop_id}/end", response=StopOut)
def end_stop(request: Request, stop_id: int) -> dict[str, Any]:
    """Take a place out of the rounds."""
    stop = rounds.get_stop(request.actor, stop_id)
    visits.end_stop(stop, actor=request.actor, now=timezone.now())
    return _stop(stop)


@router.post("/stops/{int:stop_id}/visit", response={201: StopOut})
def record_visit(request: Request, stop_id: int, given: VisitIn) -> Status[dict[str, Any]]:
    """Record a visit; what was learnt becomes a case."""
    stop = rounds.get_stop(request.actor, stop_id)
    form = VisitForm({**given.dict(), "sent": given.key})
    form.accepted()
    visits.record_visit(
        stop, given.outcome, learnt=form.learnt, key=given.key, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _stop(rounds.get_stop(request.actor, stop_id)))
