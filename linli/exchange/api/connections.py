"""Connections over the API: how each stands, letters that go out or got stuck, days that were compared."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from linli.exchange.queries import connections as queries
from linli.exchange.queries.connections import LettersWanted, Standing
from linli.exchange.services import letters as services
from linli.exchange.states import LetterState
from linli.exchange.types.connections import System
from linli.kernel.api import PagedIn, listed, one_of, plain
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request

if TYPE_CHECKING:
    from linli.exchange.models import Comparison, Letter

router = Router()


class ConnectionOut(Schema):
    """A system. `way`: set, simulated (in the demo) or none; `fault` is a stable word, empty while all is well.

    `faults` counts tries in a row that failed; `waiting` and `dead` are letters that the caller sees.
    """

    system: str
    way: str
    tried_at: datetime | None
    done_at: datetime | None
    fault: str
    faults: int
    unread: int
    waiting: int
    dead: int


class ConnectionsOut(Schema):
    """`stuck`: applications, steps, payments and letters that wait for a person."""

    stuck: int
    systems: list[ConnectionOut]


class LetterOut(Schema):
    """A letter. `ref` is their number or ours, `body` what it tells, `state` waiting, sent, dead or dropped.

    `before` counts letters of the same matter that go first.
    """

    id: int
    system: str
    ref: str
    seq: int
    kind: str
    body: dict[str, Any]
    state: str
    tries: int
    fault: str
    made_at: datetime
    due_at: datetime
    ended_at: datetime | None
    why: str
    before: int | None = None


class LettersOut(Schema):
    count: int | None
    items: list[LetterOut]
    next: str | None


class LettersIn(PagedIn):
    """Which letters: by state, by system, by number."""

    state: str = ""
    system: str = ""
    q: str = Field(default="", max_length=64)


class DropIn(Schema):
    """Why a letter is let go; sending it again needs no words."""

    why: str = Field(default="", max_length=300)


class ComparedDayOut(Schema):
    """A day that both sides counted; `differences` counts rows."""

    system: str
    on: date
    theirs: int
    ours: int
    differences: int
    made_at: datetime


class ComparedDaysOut(Schema):
    count: int | None
    items: list[ComparedDayOut]
    next: str | None


class ComparedRowOut(Schema):
    """A row in which both differ: `what` is not_here, not_there or other; what each side says."""

    number: str
    what: str
    theirs: str
    ours: str


class WholeComparedOut(ComparedDayOut):
    rows: list[ComparedRowOut]


@router.get("/connections/", response=ConnectionsOut)
def overview(request: Request) -> dict[str, Any]:
    """How every connection stands."""
    queries.require_any(request.actor)
    rows = [_standing(one) for one in queries.standings(request.actor)]
    return {"stuck": queries.count_waiting(request.actor), "systems": rows}


def _standing(one: Standing) -> dict[str, Any]:
    row = one.row
    return {
        "system": one.system, "way": queries.way_of(System(one.system)),
        "tried_at": row and row.tried_at, "done_at": row and row.done_at,
        "fault": row.fault if row else "", "faults": row.faults if row else 0,
        "unread": one.unread, "waiting": one.waiting, "dead": one.dead,
    }  # fmt: skip


@router.get("/connections/letters/", response=LettersOut)
def letter_list(request: Request, asked: Query[LettersIn]) -> dict[str, Any]:
    """Letters at places that the caller oversees, newest first; those in state *dead* wait for a person."""
    queries.require_any(request.actor)
    wanted = LettersWanted(
        one_of("state", asked.state, LetterState), one_of("system", asked.system, System),
        asked.q.strip(),
    )  # fmt: skip
    found = queries.list_letters(
        request.actor, wanted, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(found, _letter)


def _letter(one: Letter) -> dict[str, Any]:
    names = ("system", "ref", "seq", "kind", "body", "state", "tries", "fault")
    return {"id": one.pk, **plain(one, *names, "made_at", "due_at", "ended_at", "why")}


@router.get("/connections/letters/{int:letter_id}/", response=LetterOut)
def letter(request: Request, letter_id: int) -> dict[str, Any]:
    """One letter, and how many of the same matter go first."""
    found = queries.get_letter(request.actor, letter_id)
    return {**_letter(found), "before": queries.letters_before(found)}


@router.post("/connections/letters/{int:letter_id}/{move}", response=LetterOut)
def decide(
    request: Request, letter_id: int, move: Literal["again", "drop"], given: DropIn
) -> dict[str, Any]:
    """Send a letter again that was given up, or let it go with the reason; what waits behind it goes on."""
    found, now = queries.get_letter(request.actor, letter_id), timezone.now()
    if move == "again":
        services.revive_letter(found, actor=request.actor, now=now)
    else:
        services.drop_letter(found, given.why, actor=request.actor, now=now)
    return letter(request, letter_id)


@router.get("/connections/days/", response=ComparedDaysOut)
def day_list(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Days that were compared with the other side, newest first; for who oversees the whole city."""
    found = queries.comparisons(request.actor, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(found, _day)


def _day(one: Comparison) -> dict[str, Any]:
    told = plain(one, "system", "on", "theirs", "ours", "made_at")
    return {**told, "differences": len(one.differences)}


@router.get("/connections/days/{system}/{on}/", response=WholeComparedOut)
def day(request: Request, system: str, on: date) -> dict[str, Any]:
    """What both sides counted of a day, and every row in which they differ."""
    found = queries.get_comparison(request.actor, system, on)
    rows = [
        dict(zip(("number", "what", "theirs", "ours"), row, strict=True))
        for row in found.differences
    ]
    return {**_day(found), "rows": rows}
