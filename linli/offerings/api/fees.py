"""The fee of an application over the API: where it stands, and the number to pay it under."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from ninja import Header, Query, Router, Schema, Status

from linli.activities.queries.going_back import count_back as elsewhere
from linli.cases.queries.following import open_followed
from linli.cases.types.filing import ACTS, LOOKS, number_of
from linli.kernel.api import PagedIn, paged
from linli.kernel.errors import NotFound
from linli.kernel.paths import path_of
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.api.applications import case_opened
from linli.offerings.queries import fees
from linli.offerings.queries.applications import application_of, case_for
from linli.offerings.queries.fees import fee_of
from linli.offerings.services import paying
from linli.runtime.types import client_address, limited

if TYPE_CHECKING:
    from linli.offerings.models import Payment

router = Router()


class PayOrderOut(Schema):
    """A number to pay under: open, paid, closed, expired or renewed (another took its place); `is_known` once the payment system has it."""

    number: str
    amount_fen: int
    state: str
    last_day: date | None
    is_known: bool


class PaidOut(Schema):
    """A payment; `returned_fen` is what of it went back, `waived_fen` what of that is not owed any more."""

    receipt: str
    amount_fen: int
    way: str
    paid_at: datetime
    returned_fen: int
    waived_fen: int


class WaiverOut(Schema):
    """What was let off before it was paid; `is_back` where it is owed after all."""

    id: int
    amount_fen: int
    waived_at: datetime
    is_back: bool


class FeeOut(Schema):
    """A fee in fen; `waived_fen` was let off before it was paid, `back_fen` was paid and is to go back. `is_looked_at`: a payment came in of which nothing was decided yet; `sent_back_fen` came in, did not fit and was sent back."""

    fee_fen: int
    waived_fen: int
    open_fen: int
    back_fen: int
    may_ask: bool
    is_looked_at: bool
    sent_back_fen: int
    order: PayOrderOut | None
    payments: list[PaidOut]
    waivers: list[WaiverOut]


class FeeBackOut(Schema):
    """A payment of an application that ended without a decision; `left_fen` of it is to go back."""

    application: str
    receipt: str
    amount_fen: int
    left_fen: int
    paid_at: datetime


class FeesBackOut(Schema):
    """`bookings` of venues and `families` at events have lists of their own: how many of each, up to a hundred."""

    bookings: int
    families: int
    count: int | None
    items: list[FeeBackOut]
    next: str | None


class FeesBackIn(PagedIn):
    """`place` and below; `q` is the number of an application or a receipt."""

    place: str = ""
    q: str = ""


@router.get("/fees/back/", response=FeesBackOut)
def list_fees_back(request: Request, asked: Query[FeesBackIn]) -> dict[str, Any]:
    """What was paid and is not owed any more where the caller takes applications in, the oldest first."""
    require_somewhere(request.actor, permits.RECEIVE)
    found = fees.back_at(fees.to_go_back(request.actor), path_of(asked.place), asked.q.strip()[:40])
    bookings, families = elsewhere(request.actor)
    return {
        **paged(found, fees.OLDEST, asked, _back), "bookings": bookings, "families": families,
    }  # fmt: skip


def _back(one: Payment) -> dict[str, Any]:
    return {
        "application": one.application.case.number, "receipt": one.number, "amount_fen": one.amount_fen,
        "left_fen": fees.left_of(one), "paid_at": one.paid_at,
    }  # fmt: skip


@router.get("/applications/{number}/fee/", response=FeeOut)
@limited("cases.looks", LOOKS, client_address)
def fee(request: Request, number: str, follow_code: Header[str] = "") -> dict[str, Any]:
    """Where a fee stands: to its applicant by code or account, and to who works on the application."""
    return _told(case_opened(request, number, follow_code).pk)


@router.post("/applications/{number}/fee/", response={201: FeeOut})
@limited("cases.acts", ACTS, number_of)
def ask(request: Request, number: str, follow_code: Header[str] = "") -> Status[dict[str, Any]]:
    """Ask for the number under which the fee is paid; asked twice, it is the same number."""
    now = timezone.now()
    try:
        case = open_followed(request.actor, number, follow_code[:40])
    except NotFound:
        case = case_for(request.actor, number, permits.RECEIVE)
        paying.ask_payment(case.pk, actor=request.actor, now=now)
    else:
        paying.ask_own_payment(case.pk, actor=request.actor, now=now)
    return Status(201, _told(case.pk))


@router.post("/applications/{number}/fee/withdraw", response=FeeOut)
def withdraw(request: Request, number: str) -> dict[str, Any]:
    """Let nothing more be paid under the number of an application, as the window does."""
    case = case_for(request.actor, number, permits.RECEIVE)
    paying.withdraw_order(case.pk, actor=request.actor, now=timezone.now())
    return _told(case.pk)


def _told(case_id: int) -> dict[str, Any]:
    found = fee_of(application_of(case_id))
    if found is None:
        raise NotFound()
    return {
        "fee_fen": found.fee_fen, "waived_fen": found.waived_fen, "open_fen": found.open_fen, "back_fen": found.back_fen,
        "may_ask": found.may_ask,
        "sent_back_fen": sum(one.amount_fen for one in found.sent_back),
        "is_looked_at": found.is_paid_for, "order": found.order_said(),
        "payments": [_paid(one) for one in found.payments],
        "waivers": [
            {"id": one.pk, "amount_fen": one.amount_fen, "waived_at": one.waived_at, "is_back": one.is_back}
            for one in fees.waivers_of(case_id)
        ],
    }  # fmt: skip


def _paid(one: Payment) -> dict[str, Any]:
    return {
        "receipt": one.number, "amount_fen": one.amount_fen, "way": one.way, "paid_at": one.paid_at,
        "returned_fen": sum(back.amount_fen for back in one.refunds.all()),
        "waived_fen": sum(back.amount_fen for back in one.refunds.all() if back.is_waived),
    }  # fmt: skip
