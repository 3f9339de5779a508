"""API of calls after the end of a case: those that wait, those that were made, and what came of one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.cases import permits
from linli.cases.api.narrowing import NarrowedIn
from linli.cases.forms.narrowing import narrowing_of
from linli.cases.forms.rating import CallForm
from linli.cases.models import CallBack
from linli.cases.queries import sampling as queries
from linli.cases.queries.public import category_name
from linli.cases.services import call_backs as services
from linli.cases.types.rating import Reached
from linli.kernel.api import one_of, paged
from linli.kernel.errors import NotFound
from linli.kernel.web import Request

router = Router()


class CallOut(Schema):
    """A call: `reached` is empty until it was made, then yes, no or declined; `grade` is 1 to 5.

    `number` is the report of whoever is called, `same_as` the case that it is the same as, which they rated.
    """

    id: int
    number: str
    same_as: str | None
    category: str
    is_for_bad: bool
    due_on: date
    called_at: datetime | None
    reached: str
    grade: int | None
    is_solved: bool | None


class CallListOut(Schema):
    count: int
    items: list[CallOut]
    next: str | None


class CallsIn(NarrowedIn):
    """`show` is empty for those that wait, or done."""

    show: str = ""


class HeardIn(Schema):
    """What came of a call: `is_solved` and `grade` where the reporter was reached."""

    reached: Reached
    is_solved: bool | None = None
    grade: int | None = None
    note: str = ""
    wants_reopening: bool = False


@router.get("/calls/", response=CallListOut)
def calls(request: Request, asked: Query[CallsIn]) -> dict[str, Any]:
    """Calls that wait, those due first; or those that were made."""
    if not request.actor.holds(permits.CALL_BACK):
        raise NotFound()
    is_done = one_of("show", asked.show, ["done"]) == "done"
    narrowed = narrowing_of(request.actor, asked.dict(), permits.CALL_BACK)
    rows = queries.calls_of(request.actor, narrowed.on("case__"), is_done=is_done)
    return paged(rows, queries.NEWEST if is_done else queries.DUE, asked, _out)


@router.post("/calls/{int:call_id}/", response=CallOut)
def call(request: Request, call_id: int, given: HeardIn) -> dict[str, Any]:
    """Write down what came of a call."""
    queries.get_call(request.actor, call_id)
    solved = {True: "yes", False: "no"}.get(given.is_solved)  # type: ignore[arg-type]
    said = CallForm({**given.dict(), "is_solved": solved}).accepted()
    heard = services.Heard(
        Reached(said["reached"]), said["grade"], said["is_solved"], said["note"],
        said["wants_reopening"],
    )  # fmt: skip
    services.record_call(call_id, heard, actor=request.actor, now=timezone.now())
    return _out(queries.get_call(request.actor, call_id))


def _out(row: CallBack) -> dict[str, Any]:
    return {
        "id": row.pk, "number": row.whose.number, "same_as": row.case.number if row.by_case else None, "category": category_name(row.case.category),
        "is_for_bad": row.is_for_bad, "due_on": row.last_day, "called_at": row.done_at,
        "reached": row.reached, "grade": row.grade, "is_solved": row.is_solved,
    }  # fmt: skip
