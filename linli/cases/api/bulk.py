"""API of the same step for several cases: first only tried, then made of those that can make it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from linli.cases.forms.bulk import form_for, step_for_many
from linli.cases.models import Case
from linli.cases.queries.candidates import org_of_post
from linli.cases.queries.filters import sees_cases
from linli.cases.queries.reading import cases_numbered
from linli.cases.services.bulk import MOST_PICKED, Tried, move_many, preview_move
from linli.cases.types.acting import Act, Typed
from linli.kernel.errors import NotFound
from linli.kernel.web import Request

router = Router()


class PickedIn(Schema):
    """A case, and the `seq` of it that was read: what moved since is left as it is."""

    number: str
    expected_seq: int | None = None


class BulkIn(Schema):
    """Up to 200 cases and what the step asks for, as for one case.

    `is_tried` changes nothing and only says what would come of it.
    """

    cases: Annotated[list[PickedIn], Field(min_length=1, max_length=MOST_PICKED)]
    is_tried: bool = False
    text: str = ""
    reason: str = ""
    basis: str = ""
    basis_key: str = ""
    post: int | None = None
    role: str = "lead"
    note: str = ""


class LineOut(Schema):
    """One case: whether it makes the step, else the code of its refusal and the words for it."""

    number: str
    is_done: bool
    code: str
    refusal: str


class BulkOut(Schema):
    """What came of it, case by case; `done` counts those that make the step."""

    is_tried: bool
    done: int
    cases: list[LineOut]


@router.post("/cases/bulk/{move}", response=BulkOut)
def bulk(request: Request, move: str, given: BulkIn) -> dict[str, Any]:
    """Make a move of several cases, hand them on (`offer`) or take open offers back (`revoke`).

    Each refused case is named and stays as it is; the others make the step together.
    """
    if not sees_cases(request.actor):
        raise NotFound()
    seen = {one.number: one.expected_seq for one in given.cases}
    cases = cases_numbered(request.actor, list(seen))
    step = step_for_many(cases, move)
    if not cases or step is None:
        raise NotFound()
    for case in cases:
        case.seq = seen[case.number] or case.seq
    form = form_for(move, step.move, given.dict())
    typed = _typed(request, cases, move, dict(form.accepted()))
    run = preview_move if given.is_tried else move_many
    found = run(cases, move, typed, actor=request.actor, now=timezone.now())
    return {"is_tried": given.is_tried, **_told(list(seen), found)}


def _typed(request: Request, cases: Sequence[Case], move: str, values: dict[str, Any]) -> Typed:
    if move == Act.OFFER:
        today = timezone.localdate()
        values["org"] = org_of_post(request.actor, cases, values["post"], today)
    return Typed(values)


def _told(numbers: Sequence[str], found: Sequence[Tried]) -> dict[str, Any]:
    """Return a line for each number that was sent; those not seen are not found."""
    by_number = {one.case.number: one for one in found}
    gone = NotFound()
    lines = []
    for number in numbers:
        one = by_number.get(number)
        code, words = (one.code, one.refusal) if one else (gone.code, str(gone))
        lines.append({"number": number, "is_done": not words, "code": code, "refusal": words})
    return {"done": sum(line["is_done"] is True for line in lines), "cases": lines}
