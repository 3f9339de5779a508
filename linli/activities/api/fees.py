"""Fees of bookings and of families at events over the API: where they stand, how to pay, paid, gone back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.activities.forms.fees import GiveBackForm, PayForm, SettleForm
from linli.activities.queries import bookings, events, going_back
from linli.activities.queries import fees as queries
from linli.activities.services import fees, paying
from linli.activities.services.bookings import LOOKS
from linli.kernel.web import Request
from linli.runtime.types import client_address, limited

router = Router()
BOOKING, FAMILY = "/desk/bookings/{int:booking_id}", "/desk/events/{int:event_id}/families/{code}"


class ReceiptOut(Schema):
    """A payment by the number of its receipt; `returned_fen` is what of it went back."""

    receipt: str
    amount_fen: int
    way: str
    paid_at: datetime
    returned_fen: int


class PayNumberOut(Schema):
    """A number to pay under: open, paid, closed, expired or renewed (another took its place); `is_known` once the payment system has it."""

    number: str
    amount_fen: int
    state: str
    last_day: date | None
    is_known: bool


class DeskFeeOut(Schema):
    """A fee in fen: what is owed, what is still to be paid, what is to go back.

    `may_ask`: a number to pay under can be asked for; `is_looked_at`: nothing was decided yet of a payment.
    `sent_back_fen` came in, did not fit and was sent back. `back_ways`: what is to go back does so over the
    payment system it came over (online), or is fetched at the office (office).
    """

    owed_fen: int
    open_fen: int
    back_fen: int
    back_ways: list[str]
    sent_back_fen: int
    payments: list[ReceiptOut]
    may_ask: bool
    is_looked_at: bool
    order: PayNumberOut | None


class PayIn(Schema):
    """`way` is cash, card, phone or transfer."""

    amount_fen: int
    way: str


class GiveBackIn(Schema):
    """What of the payment with this receipt goes back, and why."""

    receipt: str
    amount_fen: int
    reason: str


class SettleIn(Schema):
    """What a family owes in all."""

    owed_fen: int


def _fee(payer: queries.Payer) -> dict[str, Any]:
    found = queries.fee_of(payer)
    asking = queries.asking(payer, found)
    return {
        "may_ask": asking.may_ask, "is_looked_at": asking.is_paid_for, "order": asking.order_said(),
        "owed_fen": found.owed_fen, "open_fen": found.open_fen, "back_fen": found.back_fen,
        "back_ways": going_back.ways_back(found), "sent_back_fen": sum(one.amount_fen for one in asking.sent_back),
        "payments": [
            {"receipt": one.number, "amount_fen": one.amount_fen, "way": one.way, "paid_at": one.paid_at,
             "returned_fen": one.amount_fen - queries.left_of(one)}
            for one in found.payments
        ],
    }  # fmt: skip


def _ask(request: Request, payer: queries.Payer) -> Status[dict[str, Any]]:
    paying.ask_own_payment(payer, actor=request.actor, now=timezone.now())
    return Status(201, _fee(payer))


@router.get("/bookings/{code}/fee/", response=DeskFeeOut)
@limited("activities.codes", LOOKS, client_address)
def read_own_booking_fee(request: Request, code: str) -> dict[str, Any]:
    """The fee of a booking, by the code that its booker has."""
    return _fee(bookings.booking_by_code(code))


@router.post("/bookings/{code}/fee/", response={201: DeskFeeOut})
@limited("activities.codes", LOOKS, client_address)
def ask_for_booking(request: Request, code: str) -> Status[dict[str, Any]]:
    """Ask for the number under which a booking is paid; asked twice, it is the same number."""
    return _ask(request, bookings.booking_by_code(code))


@router.get("/enrolments/{code}/fee/", response=DeskFeeOut)
@limited("activities.codes", LOOKS, client_address)
def read_own_family_fee(request: Request, code: str) -> dict[str, Any]:
    """The fee of places at an event, by the code that the family has."""
    return _fee(events.enrolment_by_code(code))


@router.post("/enrolments/{code}/fee/", response={201: DeskFeeOut})
@limited("activities.codes", LOOKS, client_address)
def ask_for_family(request: Request, code: str) -> Status[dict[str, Any]]:
    """Ask for the number under which places are paid; asked twice, it is the same number."""
    return _ask(request, events.enrolment_by_code(code))


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _pay(request: Request, payer: queries.Payer, given: PayIn) -> Status[dict[str, Any]]:
    said = PayForm({"amount": _yuan(given.amount_fen), "way": given.way}).accepted()
    fees.take_payment(
        payer, said["amount"].fen, said["way"], actor=request.actor, now=timezone.now()
    )
    return Status(201, _fee(payer))


def _give_back(request: Request, payer: queries.Payer, given: GiveBackIn) -> Status[dict[str, Any]]:
    typed = {"amount": _yuan(given.amount_fen), "reason": given.reason, "receipt": given.receipt}
    said = GiveBackForm(typed).accepted()
    fees.give_back(
        payer, said["receipt"], said["amount"].fen, said["reason"], actor=request.actor, now=timezone.now()
    )  # fmt: skip
    return Status(201, _fee(payer))


@router.get(f"{BOOKING}/fee/", response=DeskFeeOut)
def read_booking_fee(request: Request, booking_id: int) -> dict[str, Any]:
    """The fee of a booking."""
    return _fee(bookings.get_booking(request.actor, booking_id))


@router.post(f"{BOOKING}/fee/", response={201: DeskFeeOut})
def pay_for_booking(request: Request, booking_id: int, given: PayIn) -> Status[dict[str, Any]]:
    """Note that the fee of a booking was paid; the receipt is numbered."""
    return _pay(request, bookings.get_booking(request.actor, booking_id), given)


@router.post(f"{BOOKING}/fee/back", response={201: DeskFeeOut})
def give_back_for_booking(
    request: Request, booking_id: int, given: GiveBackIn
) -> Status[dict[str, Any]]:
    """Note that a payment of a booking, or a part of it, went back."""
    return _give_back(request, bookings.get_booking(request.actor, booking_id), given)


@router.get(f"{FAMILY}/fee/", response=DeskFeeOut)
def read_family_fee(request: Request, event_id: int, code: str) -> dict[str, Any]:
    """The fee of a family at an event."""
    return _fee(events.family_of(events.kept_event(request.actor, event_id), code))


@router.post(f"{FAMILY}/fee/", response={201: DeskFeeOut})
def pay_for_family(
    request: Request, event_id: int, code: str, given: PayIn
) -> Status[dict[str, Any]]:
    """Note that a family paid for its places; the receipt is numbered."""
    return _pay(request, events.family_of(events.kept_event(request.actor, event_id), code), given)


@router.post(f"{FAMILY}/fee/back", response={201: DeskFeeOut})
def give_back_to_family(
    request: Request, event_id: int, code: str, given: GiveBackIn
) -> Status[dict[str, Any]]:
    """Note that a payment of a family, or a part of it, went back."""
    return _give_back(
        request, events.family_of(events.kept_event(request.actor, event_id), code), given
    )


@router.post(f"{FAMILY}/fee/owed", response=DeskFeeOut)
def settle_for_family(
    request: Request, event_id: int, code: str, given: SettleIn
) -> dict[str, Any]:
    """Decide what stays owed of a family that left, or whose event was called off, once it had begun."""
    family = events.family_of(events.kept_event(request.actor, event_id), code)
    said = SettleForm({"owed": _yuan(given.owed_fen)}).accepted()
    settled = fees.settle_owed(family, said["owed"].fen, actor=request.actor, now=timezone.now())
    return _fee(settled)


@router.post(f"{BOOKING}/fee/number", response={201: DeskFeeOut})
def give_number_for_booking(request: Request, booking_id: int) -> Status[dict[str, Any]]:
    """Give a number under which a booking is paid over the payment system; asked twice, it is the same."""
    return _number(request, bookings.get_booking(request.actor, booking_id))


@router.post(f"{BOOKING}/fee/number/withdraw", response=DeskFeeOut)
def withdraw_number_of_booking(request: Request, booking_id: int) -> dict[str, Any]:
    """Let nothing more be paid under the number of a booking."""
    return _withdrawn(request, bookings.get_booking(request.actor, booking_id))


@router.post(f"{FAMILY}/fee/number", response={201: DeskFeeOut})
def give_number_for_family(request: Request, event_id: int, code: str) -> Status[dict[str, Any]]:
    """Give a number under which a family pays over the payment system; asked twice, it is the same."""
    return _number(request, events.family_of(events.kept_event(request.actor, event_id), code))


@router.post(f"{FAMILY}/fee/number/withdraw", response=DeskFeeOut)
def withdraw_number_of_family(request: Request, event_id: int, code: str) -> dict[str, Any]:
    """Let nothing more be paid under the number of a family."""
    return _withdrawn(request, events.family_of(events.kept_event(request.actor, event_id), code))


def _number(request: Request, payer: queries.Payer) -> Status[dict[str, Any]]:
    paying.ask_payment(payer, actor=request.actor, now=timezone.now())
    return Status(201, _fee(payer))


def _withdrawn(request: Request, payer: queries.Payer) -> dict[str, Any]:
    paying.withdraw_order(payer, actor=request.actor, now=timezone.now())
    return _fee(payer)
