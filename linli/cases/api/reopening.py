"""API of requests to take a case up again, and the decision on each."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.cases import permits
from linli.cases.api.narrowing import NarrowedIn
from linli.cases.forms.narrowing import narrowing_of
from linli.cases.queries import reopening as queries
from linli.cases.services import reopening as services
from linli.cases.types.moves import At
from linli.kernel.api import listed
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request

router = Router()


class Decision(StrEnum):
    """What is decided on a request."""

    TAKE_UP = "take-up"
    KEEP_CLOSED = "keep-closed"


class AskedOut(Schema):
    """A case that is to be taken up again; `seq` is sent back with the decision."""

    number: str
    category: str
    place: str
    reason: str
    due_on: date | None
    times_before: int
    seq: int


class AskedListOut(Schema):
    count: int
    items: list[AskedOut]
    next: str | None


class DecidedIn(Schema):
    """`text` is read by the reporter; what stays closed names a ground (`basis_key`) or a document."""

    expected_seq: int
    text: str = ""
    basis_key: str = ""
    basis: str = ""


class DecidedOut(Schema):
    """What was decided, and the step it became."""

    number: str
    decision: Decision
    seq: int


@router.get("/reopening/", response=AskedListOut)
def asked_for(request: Request, asked: Query[NarrowedIn]) -> dict[str, Any]:
    """Requests on which the caller decides, those due first."""
    if not request.actor.holds(permits.SUPERVISE):
        raise NotFound()
    narrowed = narrowing_of(request.actor, asked.dict(), permits.SUPERVISE)
    found = queries.list_asked(
        request.actor, narrowed.on(), cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(found, _out)


@router.post("/reopening/{number}/{decision}", response=DecidedOut)
def decide(request: Request, number: str, decision: Decision, given: DecidedIn) -> dict[str, Any]:
    """Take a case up again, or leave it closed by a rule."""
    asked, now = queries.get_asked(request.actor, number), timezone.now()
    at = At(asked.case.pk, given.expected_seq)
    if decision is Decision.TAKE_UP:
        done = services.take_up_again(at, text=given.text, actor=request.actor, now=now)
    else:
        done = services.leave_closed(
            at, key=given.basis_key, basis=given.basis, text=given.text, actor=request.actor,
            now=now,
        )  # fmt: skip
    return {"number": number, "decision": decision, "seq": done.seq}


def _out(row: queries.Asked) -> dict[str, Any]:
    return {
        "number": row.case.number, "category": row.category, "place": row.place,
        "reason": row.reason, "due_on": row.due_on, "times_before": row.case.reopened,
        "seq": row.case.seq,
    }  # fmt: skip
