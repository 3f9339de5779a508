"""Results that go back to the hotline, and what it is asked to take back, over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.exchange.queries import choices, returns
from linli.exchange.queries import orders as queries
from linli.exchange.services import hand_backs, results
from linli.kernel.api import PagedIn, listed
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request

router = Router()


class FileOut(Schema):
    """A file of results; `file` opens it at /files/ as long as it is kept."""

    number: str
    rows: int
    made_at: datetime
    file: str
    sha256: str


class FilesOut(Schema):
    count: int | None
    items: list[FileOut]
    next: str | None


class ReturnedOut(Schema):
    order: str
    case: str
    outcome: str
    cycle: int


class ReturnedRowsOut(Schema):
    count: int | None
    items: list[ReturnedOut]
    next: str | None


@router.get("/hotline/results/", response=FilesOut)
def result_files(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Files of results that went back, newest first."""
    choices.require_any(request.actor)
    found = returns.result_files(request.actor, asked.cursor, clean_limit(asked.limit))
    return listed(found, _file)


def _file(made: Any) -> dict[str, Any]:
    return {
        "number": made.number, "rows": made.rows, "made_at": made.made_at,
        "file": made.file_code, "sha256": made.file_hash,
    }  # fmt: skip


@router.get("/hotline/results/{number}/", response=ReturnedRowsOut)
def result_rows(request: Request, number: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """What one file said of which order."""
    made = returns.get_results(request.actor, number)
    found = returns.rows_of(made, asked.cursor, clean_limit(asked.limit))
    return listed(found, _returned)


def _returned(one: Any) -> dict[str, Any]:
    case = one.order.case.number
    return {"order": one.order.number, "case": case, "outcome": one.outcome, "cycle": one.cycle}


class ResultsIn(Schema):
    place: str
    with_open: bool = False


class JobOut(Schema):
    """`job`: the long job that makes the file."""

    job: str


@router.post("/hotline/results/", response={201: JobOut})
def make_results(request: Request, given: ResultsIn) -> Status[dict[str, Any]]:
    """Make a file of what the hotline was not told yet."""
    path = choices.path_for(request.actor, given.place)
    job = results.order_results(
        place=path, with_open=given.with_open, actor=request.actor, now=timezone.now()
    )
    return Status(201, {"job": job.code})


class HandBackOut(Schema):
    """`state`: applied, accepted, refused. `told_in`: the file of results that told the hotline."""

    id: int
    order: str
    case: str
    state: str
    reason: str
    body: str
    asked_at: datetime
    ask_until: datetime
    words: str
    told_in: str


class HandBacksOut(Schema):
    count: int | None
    items: list[HandBackOut]
    next: str | None


def _hand_back(one: Any) -> dict[str, Any]:
    names = ("state", "reason", "body", "asked_at", "ask_until", "words")
    return {
        **{name: getattr(one, name) for name in names},
        "id": one.pk, "order": one.order.number, "case": one.order.case.number,
        "told_in": one.file.number if one.file else "",
    }  # fmt: skip


@router.get("/hotline/hand-backs/", response=HandBacksOut)
def list_hand_backs(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """What the hotline was asked to take back, newest first."""
    choices.require_any(request.actor)
    found = returns.hand_backs(request.actor, asked.cursor, clean_limit(asked.limit))
    return listed(found, _hand_back)


class HandBackIn(Schema):
    """`order` is the hotline's number, `body` the office that is in charge instead."""

    order: str
    reason: str
    body: str


@router.post("/hotline/hand-backs/", response={201: HandBackOut})
def ask_hand_back(request: Request, given: HandBackIn) -> Status[dict[str, Any]]:
    """Ask the hotline to take an order back."""
    found = queries.get_order(request.actor, given.order)
    asked = hand_backs.ask_hand_back(
        found, reason=given.reason, body=given.body, actor=request.actor, now=timezone.now()
    )
    return Status(201, _hand_back(returns.get_hand_back(request.actor, asked.pk)))


class DecisionIn(Schema):
    """`is_accepted`: the hotline took the order back; `words` is what it said."""

    is_accepted: bool
    words: str = ""


@router.post("/hotline/hand-backs/{hand_back_id}/decide", response=HandBackOut)
def decide(request: Request, hand_back_id: int, given: DecisionIn) -> dict[str, Any]:
    """Note what the hotline said."""
    asked = returns.get_hand_back(request.actor, hand_back_id)
    service = hand_backs.accept_return if given.is_accepted else hand_backs.refuse_return
    service(asked, words=given.words, actor=request.actor, now=timezone.now())
    return _hand_back(returns.get_hand_back(request.actor, hand_back_id))
