"""Parts of an application given anew, papers taken in at the window, and registers that are asked for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema, Status
from pydantic import Field

from linli.cases.queries.candidates import candidates
from linli.cases.types import AssignmentRole
from linli.cases.types.moves import At, To
from linli.kernel.api import plain
from linli.kernel.errors import NotFound
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.api.application_shapes import ApplicationOut
from linli.offerings.api.application_work import post_of
from linli.offerings.api.applications import told_of
from linli.offerings.queries.applications import case_for, overview_of
from linli.offerings.queries.records import questions_of
from linli.offerings.services import asking_records, checking, parts

if TYPE_CHECKING:
    from linli.offerings.models import RecordQuestion
    from linli.offerings.queries.applications import PartLine

router = Router()


class TakenSupplyIn(Schema):
    """Keys of the papers that were missing and lie on the counter now: all of them."""

    brought: list[str] = Field(max_length=60)
    expected_seq: int | None = None


class PartOut(Schema):
    """A part of an application: the post that does it, and how it stands; `state` is empty before its turn."""

    id: int
    turn: int
    task: str
    post: int
    post_name: str
    state: str


class PartToIn(Schema):
    """The post that does the part now."""

    post: int


class RecordIn(Schema):
    """On which ground a register is asked: law or consent, and the rule, or how they agreed."""

    ground: Literal["law", "consent"]
    basis: str = Field(max_length=200)


class RecordOut(Schema):
    """What a register was asked for a material: `state` is asked, answered or failed; `answer` yes, no or unclear."""

    key: str
    source: str
    state: str
    answer: str
    as_of: date | None
    fault: str
    asked_at: datetime


@router.post("/applications/{number}/take-supply", response=ApplicationOut)
def take_supply(request: Request, number: str, given: TakenSupplyIn) -> dict[str, Any]:
    """Take in at the window what was missing; five working days begin anew."""
    case = case_for(request.actor, number, permits.RECEIVE)
    at = At(case.pk, given.expected_seq)
    checking.take_supply(at, given.brought, actor=request.actor, now=timezone.now())
    return told_of(case)


@router.get("/applications/{number}/parts/", response=list[PartOut])
def list_parts(request: Request, number: str) -> list[dict[str, Any]]:
    """The parts of an application by turn, for who received it or decides."""
    case = case_for(request.actor, number, permits.RECEIVE, permits.DECIDE)
    return [_part(one) for one in _parts(case.pk)]


@router.post("/applications/{number}/parts/{int:part_id}/give", response=PartOut)
def give_part(request: Request, number: str, part_id: int, given: PartToIn) -> dict[str, Any]:
    """Give a part that was handed back to another post."""
    case = case_for(request.actor, number, permits.RECEIVE)
    if all(one.part.pk != part_id for one in _parts(case.pk)):
        raise NotFound(id=part_id)
    found = {one.post_id: one for one in candidates(request.actor, [case], "", localdate())}
    to = To(AssignmentRole.JOINT, post_of(found, given.post, "post").org_id, given.post)
    parts.give_part_to(case.pk, part_id, to, actor=request.actor, now=timezone.now())
    return next(_part(one) for one in _parts(case.pk) if one.part.pk == part_id)


@router.get("/applications/{number}/records/", response=list[RecordOut])
def list_records(request: Request, number: str) -> list[dict[str, Any]]:
    """What registers were asked for an application, and what they answered."""
    case = case_for(request.actor, number, permits.RECEIVE, permits.DECIDE)
    return [_record(one) for one in questions_of(case.pk).values()]


@router.post("/applications/{number}/records/{slug:key}/ask", response={201: RecordOut})
def ask_record(
    request: Request, number: str, key: str, given: RecordIn
) -> Status[dict[str, Any]]:  # fmt: skip
    """Ask a register for a material that the office looks up itself; the answer comes in a moment."""
    case = case_for(request.actor, number, permits.RECEIVE)
    row = asking_records.ask_record(
        case.pk, key, given.ground, given.basis, actor=request.actor, now=timezone.now()
    )
    return Status(201, _record(row))


def _parts(case_id: int) -> list[PartLine]:
    found = overview_of(case_id)
    assert found is not None, "the case of an application"
    return list(found.parts)


def _part(one: PartLine) -> dict[str, Any]:
    part = one.part
    return {
        **plain(part, "id", "turn", "task"), "post": part.post_id, "post_name": one.post,
        "state": one.state,
    }  # fmt: skip


def _record(one: RecordQuestion) -> dict[str, Any]:
    return plain(one, "key", "source", "state", "answer", "as_of", "fault", "asked_at")
