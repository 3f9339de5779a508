"""An application at the back office: given to departments, handed over with its proof, a fee given back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from linli.cases.queries.candidates import Candidate, candidates
from linli.cases.types import AssignmentRole
from linli.cases.types.moves import At, To
from linli.kernel.errors import Invalid
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.api.application_shapes import ApplicationOut
from linli.offerings.api.applications import told_of
from linli.offerings.queries.applications import application_of, case_for, payment_named
from linli.offerings.services import delivering, fees, parts
from linli.offerings.types.applications import Handed, PartWish

router = Router()


class PartIn(Schema):
    """A part for one post; parts of one `turn` run side by side, the next turn follows."""

    post: int
    task: str = Field(max_length=200)
    turn: int = Field(default=1, ge=1, le=9)


class DistributeIn(Schema):
    """Who decides (`lead`, a post) and who does a part of it."""

    expected_seq: int
    lead: int
    parts: list[PartIn] = Field(default=[], max_length=12)


class DeliverIn(Schema):
    """How the result was handed over, and what shows it: who signed, or the number of a parcel."""

    way: Literal["counter", "post", "e_certificate"]
    proof: str = Field(max_length=120)
    expected_seq: int | None = None


class WaiveIn(Schema):
    """What of a fee that is open is let off, and why."""

    amount_fen: int
    reason: str = Field(max_length=300)


class WaiverBackIn(Schema):
    """Which waiver is taken back, by its id as the fee names it, and why."""

    waiver: int
    reason: str = Field(max_length=300)


class RefundIn(Schema):
    """`is_waived`: it is not owed, so it is not to be paid again."""

    amount_fen: int
    reason: str = Field(max_length=300)
    is_waived: bool = False


class RefundOut(Schema):
    """What went back of a payment, and what of the fee is open then."""

    receipt: str
    amount_fen: int
    open_fen: int


@router.post("/applications/{number}/distribute", response=ApplicationOut)
def distribute(request: Request, number: str, given: DistributeIn) -> dict[str, Any]:
    """Give an accepted application to the post that decides, and to those that do a part of it."""
    case = case_for(request.actor, number, permits.RECEIVE)
    found = {one.post_id: one for one in candidates(request.actor, [case], "", localdate())}
    lead = post_of(found, given.lead, "lead")
    wishes = [
        PartWish(post_of(found, one.post, "parts").org_id, one.post, one.task, one.turn) for one in given.parts
    ]  # fmt: skip
    to = To(AssignmentRole.LEAD, lead.org_id, lead.post_id)
    parts.distribute(
        At(case.pk, given.expected_seq), to, wishes, actor=request.actor, now=timezone.now()
    )
    return told_of(case)


def post_of(found: Mapping[int, Candidate], post: int, field: str) -> Candidate:
    """Return who may be given a part by the id of its post. Refuses with Invalid."""
    if post not in found:
        raise Invalid({field: [_("This post cannot be given it.")]})
    return found[post]


@router.post("/applications/{number}/deliver", response=ApplicationOut)
def deliver(request: Request, number: str, given: DeliverIn) -> dict[str, Any]:
    """Note how the result was handed over and what shows it."""
    case = case_for(request.actor, number, permits.RECEIVE)
    at, handed = At(case.pk, given.expected_seq), Handed(given.way, given.proof)
    delivering.deliver(at, handed, actor=request.actor, now=timezone.now())
    return told_of(case)


@router.post("/applications/{number}/fee/waive", response=ApplicationOut)
def waive(request: Request, number: str, given: WaiveIn) -> dict[str, Any]:
    """Let somebody off a fee, or a part of it, that they have not paid."""
    case = case_for(request.actor, number, permits.RECEIVE)
    fees.waive(case.pk, given.amount_fen, given.reason, actor=request.actor, now=timezone.now())
    return told_of(case)


@router.post("/applications/{number}/fee/waive/back", response=ApplicationOut)
def take_waiver_back(request: Request, number: str, given: WaiverBackIn) -> dict[str, Any]:
    """Say that what was let off is owed after all; what was let off stays noted."""
    case = case_for(request.actor, number, permits.RECEIVE)
    fees.take_waiver_back(
        case.pk, given.waiver, given.reason, actor=request.actor, now=timezone.now()
    )
    return told_of(case)


@router.post("/applications/{number}/payments/{receipt}/refund", response={201: RefundOut})
def refund(request: Request, number: str, receipt: str, given: RefundIn) -> Status[dict[str, Any]]:
    """Give a payment or a part of it back, with the reason."""
    case = case_for(request.actor, number, permits.RECEIVE)
    payment = payment_named(application_of(case.pk), receipt)
    made = fees.refund(
        payment, given.amount_fen, given.reason, is_waived=given.is_waived, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    told = told_of(case)
    return Status(
        201, {"receipt": receipt, "amount_fen": made.amount_fen, "open_fen": told["open_fen"]}
    )
