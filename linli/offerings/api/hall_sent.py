"""What came from the service hall over the API: applications and steps that wait for a person, without her."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from linli.exchange.queries import connections
from linli.exchange.queries import hall as theirs
from linli.exchange.queries import hall_changes as steps
from linli.exchange.services import hall_applications, hall_changes
from linli.exchange.types import connection_titles as titles
from linli.kernel.api import PagedIn, listed, one_of, plain
from linli.kernel.paging import Page, clean_limit
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.offerings.services import hall as services

if TYPE_CHECKING:
    from linli.exchange.models import HallApplication, HallChange

router = Router()
VIEWS = ("waiting", "look", "taken", "returned")
CHANGE_VIEWS = ("look", *titles.CHANGE_STATE)


class SentInOut(Schema):
    """An application made at the hall under its own `number`; `fault` is why it waits for a person.

    Nothing of who applied. `can_be_taken`: what it says is here and can be read; `case` once it became one.
    """

    id: int
    number: str
    item_code: str
    place: str
    state: str
    fault: str
    sent_at: datetime
    came_at: datetime
    ended_at: datetime | None
    why: str
    case: str
    can_be_taken: bool


class SentInsOut(Schema):
    count: int | None
    items: list[SentInOut]
    next: str | None


class SentInsIn(PagedIn):
    """`view` is waiting, look, taken or returned, else all; `q` the number of the hall or ours."""

    view: str = ""
    q: str = Field(default="", max_length=64)


class SentInMoveIn(Schema):
    """With take `item` (a key of ours), `place` and the answers to its questions; with return why."""

    item: str = Field(default="", max_length=60)
    place: str = Field(default="", max_length=20)
    answers: dict[str, str] = {}
    why: str = Field(default="", max_length=300)


class HallChangeOut(Schema):
    """A supplement or withdrawal made at the hall, about the `application` of this number there."""

    id: int
    number: str
    application: str
    kind: str
    place: str
    state: str
    fault: str
    made_at: datetime
    came_at: datetime
    ended_at: datetime | None
    why: str
    papers: list[str]
    can_be_tried: bool


class HallChangesOut(Schema):
    count: int | None
    items: list[HallChangeOut]
    next: str | None


class HallChangesIn(SentInsIn):
    """`view` is look or a state, else all; `q` a number of the hall or ours."""


class HallChangeMoveIn(Schema):
    """Why it is decided so; `again` and `look` need no words."""

    why: str = Field(default="", max_length=300)


@router.get("/connections/applications/", response=SentInsOut)
def list_sent_in(request: Request, asked: Query[SentInsIn]) -> dict[str, Any]:
    """Applications of the hall for places where the caller oversees connections, newest first."""
    return _listed(request, asked, VIEWS, theirs.list_sent_in, _sent_in)


@router.get("/connections/applications/{int:application_id}/", response=SentInOut)
def get_sent_in(request: Request, application_id: int) -> dict[str, Any]:
    """One application of the hall."""
    return _sent_in(theirs.get_sent_in(request.actor, application_id))


@router.post("/connections/applications/{int:application_id}/{move}", response=SentInOut)
def decide_sent_in(
    request: Request, application_id: int, move: Literal["take", "return", "look"], given: SentInMoveIn
) -> dict[str, Any]:  # fmt: skip
    """Take it in with what a person chooses, send it back with the reason, or note that it was looked at."""
    row, now = theirs.get_sent_in(request.actor, application_id), timezone.now()
    if move == "take":
        chosen = services.Chosen(given.item, given.place.strip(), given.answers)
        services.decide_sent_in(row, chosen, actor=request.actor, now=now)
    elif move == "return":
        hall_applications.return_to_hall(row, given.why, actor=request.actor, now=now)
    else:
        hall_applications.look_at(row, actor=request.actor, now=now)
    return get_sent_in(request, application_id)


@router.get("/connections/changes/", response=HallChangesOut)
def list_changes(request: Request, asked: Query[HallChangesIn]) -> dict[str, Any]:
    """What applicants did at the hall with their applications, newest first."""
    return _listed(request, asked, CHANGE_VIEWS, steps.list_changes, _change)


@router.get("/connections/changes/{int:change_id}/", response=HallChangeOut)
def get_change(request: Request, change_id: int) -> dict[str, Any]:
    """One step of an applicant at the hall."""
    return _change(steps.get_change(request.actor, change_id))


@router.post("/connections/changes/{int:change_id}/{move}", response=HallChangeOut)
def decide_change(
    request: Request, change_id: int, move: Literal["again", "done", "return", "look"], given: HallChangeMoveIn
) -> dict[str, Any]:  # fmt: skip
    """Try it again, note that it was done by hand, send it back with the reason, or note that it was looked at."""
    row, by = steps.get_change(request.actor, change_id), {"actor": request.actor}
    now = timezone.now()
    if move == "again":
        hall_changes.try_change_again(row, **by, now=now)
    elif move == "done":
        hall_changes.note_done(row, given.why, **by, now=now)
    elif move == "return":
        hall_changes.return_change(row, given.why, **by, now=now)
    else:
        hall_changes.look_at_change(row, **by, now=now)
    return get_change(request, change_id)


def _listed(
    request: Request, asked: SentInsIn, views: Sequence[str], read: Callable[..., Page[Any]],
    show: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    """Return a page of what waits, for who oversees connections somewhere. Refuses with NotAllowed, Invalid."""
    connections.require_any(request.actor)
    found = read(
        request.actor, one_of("view", asked.view, views), asked.q.strip(), cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(found, show)


def _sent_in(row: HallApplication) -> dict[str, Any]:
    names = ("number", "item_code", "state", "fault", "sent_at", "came_at", "ended_at", "why")
    return {
        "id": row.pk, **plain(row, *names), "place": code_of(row.path),
        "case": row.case.number if row.case else "", "can_be_taken": theirs.can_be_taken(row),
    }  # fmt: skip


def _change(row: HallChange) -> dict[str, Any]:
    names = ("number", "application", "kind", "state", "fault", "made_at", "came_at", "ended_at", "why")  # fmt: skip
    return {
        "id": row.pk, **plain(row, *names), "place": code_of(row.path),
        "papers": steps.papers_named(row), "can_be_tried": steps.can_be_tried(row),
    }  # fmt: skip
