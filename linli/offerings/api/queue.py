"""The queue of a centre over the API: who is called where, a ticket for one's own phone, and how a visit was."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from ninja import Router, Schema, Status

from linli.kernel.api import plain
from linli.kernel.web import Request
from linli.offerings.forms.tickets import TextForm, TicketForm
from linli.offerings.forms.visit_ratings import VisitRatingForm
from linli.offerings.queries import tickets as queries
from linli.offerings.queries import windows
from linli.offerings.queries.item_naming import item_title
from linli.offerings.services import ticket_texts, tickets, visit_ratings
from linli.offerings.types.tickets import DRAWS, Source
from linli.offerings.types.visits import LOOKS
from linli.orgs.queries import code_of
from linli.runtime.types import client_address, is_fresh, limited
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.offerings.models import Ticket

router = Router()


class CalledOut(Schema):
    """A ticket as the big screen shows it."""

    label: str
    window: str
    state: str


class QueueOut(Schema):
    """`minutes` is what somebody who draws now waits about; half of such forecasts were off by `off_by` at most.

    `opens_at` is the clock at which the windows open today, nothing while one is open; the minutes count from then.
    `is_over` says that they do not open any more today: nobody draws then."""

    centre: str
    at: datetime
    waiting: int
    minutes: int
    opens_at: str
    is_over: bool
    off_by: int | None
    calls: list[CalledOut]


class DrawTicketIn(Schema):
    """`priority` is elder, disabled, child or nothing; `code` that of a visit that was booked.

    For what one comes: `item` is its key, `group` any window of the centre that does it (`groups` of the free
    times says which there are); neither means anything."""

    priority: str = ""
    code: str = ""
    item: str = ""
    group: int | None = None


class TextTicketIn(Schema):
    """A mobile number, for this one message; it is not kept with the ticket."""

    phone: str


class TicketOut(Schema):
    """A ticket for whoever has its code; it names nobody. `before` counts those for the same windows.

    `minutes` count from when its windows open, at the clock `opens_at`, which is nothing while one is open.
    `purpose` is what it is for in words, empty for anything."""

    code: str
    label: str
    centre: str
    state: str
    before: int
    minutes: int
    opens_at: str
    window: str
    item: str
    purpose: str


class RateIn(Schema):
    """`grade` from 5 (very satisfied) to 1; `why` what was bad, `phone` at which the visitor is called about it."""

    grade: int
    why: list[str] = []
    phone: str = ""


class RatedOut(Schema):
    """`counts_from` where it was given so soon that it counts later; until then it is changed by rating again."""

    grade: int
    counts_from: datetime | None


@router.get("/queues/{slug:centre}/", response=QueueOut)
def read_queue(request: Request, centre: str) -> dict[str, Any]:
    """Who was called where, how many wait, for how long about."""
    now = timezone.now()
    body = windows.centre_called(centre, localdate(now))
    board = queries.board_of(body.pk, now)
    calls = [
        {"label": one.name, "window": one.window.number if one.window else "", "state": one.state}
        for one in board.calls
    ]
    return {
        **plain(board, "at", "waiting", "minutes", "opens_at", "is_over"), "centre": body.code, "off_by": board.honesty.median, "calls": calls,
    }  # fmt: skip


@router.post("/queues/{slug:centre}/tickets", response={201: TicketOut})
@limited("offerings.tickets", DRAWS, client_address, counts=is_fresh)
def draw_ticket(request: Request, centre: str, given: DrawTicketIn) -> Status[dict[str, Any]]:
    """Draw a ticket on one's own phone."""
    body, form = windows.centre_called(centre, localdate()), TicketForm(given.dict())
    form.accepted()
    language = get_language() or "zh-hans"
    wish = form.wish(Source.PHONE, language, item=given.item[:60], group=given.group)
    queries.refuse_closed(body.pk, timezone.now())
    made = tickets.draw_ticket(body.pk, body.path, wish, actor=request.actor, now=timezone.now())
    return Status(201, _ticket(queries.ticket_called(made.code)))


@router.get("/tickets/{code}/", response=TicketOut)
@limited("offerings.codes", LOOKS, client_address)
def read_ticket(request: Request, code: str) -> dict[str, Any]:
    """A ticket by its code: how many are before it, and where it is called."""
    return _ticket(queries.ticket_called(code))


@router.post("/tickets/{code}/leave", response=TicketOut)
@limited("offerings.codes", LOOKS, client_address)
def leave(request: Request, code: str) -> dict[str, Any]:
    """Give a ticket up."""
    found = tickets.leave(code, actor=request.actor, now=timezone.now())
    return _ticket(queries.ticket_called(found.code))


@router.post("/tickets/{code}/text", response=TicketOut)
@limited("offerings.codes", LOOKS, client_address)
def text(request: Request, code: str, given: TextTicketIn) -> dict[str, Any]:
    """Send number and code of a ticket to a telephone, once: where nothing was printed."""
    phone = TextForm(given.dict()).accepted()["phone"]
    found = ticket_texts.text_ticket(code, phone, actor=request.actor, now=timezone.now())
    return _ticket(queries.ticket_called(found.code))


@router.post("/rate/visits/{code}", response={201: RatedOut})
@limited("offerings.codes", LOOKS, client_address)
def rate(request: Request, code: str, given: RateIn) -> Status[dict[str, Any]]:
    """Say once how a visit was, by the code of its ticket or the one that was sent."""
    said = VisitRatingForm(given.dict()).accepted()
    made = visit_ratings.rate_visit(
        code,
        said["grade"],
        why=said["why"],
        phone=said["phone"],
        actor=request.actor,
        now=timezone.now(),
    )
    return Status(201, {"grade": made.grade, "counts_from": made.counts_from})


def _ticket(one: Ticket) -> dict[str, Any]:
    ahead = queries.ahead_of(one, timezone.now())
    return {
        **plain(one, "code", "state", "item"), "label": one.name, **plain(ahead, "before", "minutes", "opens_at"),
        "window": one.window.number if one.window else "",
        "centre": code_of(one.centre_id),
        "purpose": item_title(one.item) or (named(one.group) if one.group else ""),
    }  # fmt: skip
