"""Fees of bookings and of families at events: what was paid, with a receipt, and what went back.

Nothing is ever changed or deleted.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.activities import permits
from linli.activities.models import Booking, Enrolment, FeePayment, FeeRefund
from linli.activities.queries import fees as queries
from linli.activities.queries.fees import Payer
from linli.kernel.fees import RECEIPTS, check_payment, check_refund
from linli.kernel.permits import PERSONAL, Actor, require
from linli.runtime.services.numbers import next_number
from linli.trail.services import record


@transaction.atomic
def take_payment(
    payer: Payer, amount_fen: int, way: str, *, actor: Actor, now: datetime
) -> FeePayment:
    """Note that a fee was paid, and number its receipt. Refuses with NotAllowed, NotThatMuch, Invalid."""
    payer, path = _locked(payer, actor)
    check_payment(amount_fen, way, queries.fee_of(payer).open_fen)
    made = FeePayment.objects.create(
        booking=payer if isinstance(payer, Booking) else None,
        enrolment=payer if isinstance(payer, Enrolment) else None,
        number=next_number(RECEIPTS, "", localdate(now).year, now=now), amount_fen=amount_fen, way=way,
        paid_at=now, post_id=actor.post_at(path), account_id=actor.account_id,
    )  # fmt: skip
    told = {"number": made.number, "fen": amount_fen, "way": str(way)}
    record(
        "activities.fee_paid",
        on=payer,
        actor=actor,
        now=now,
        place=path,
        level=PERSONAL,
        details=told,
    )
    return made


@transaction.atomic
def give_back(
    payer: Payer, number: str, amount_fen: int, reason: str, *, actor: Actor, now: datetime
) -> FeeRefund:
    """Note that a payment or a part of it went back, and why.

    Refuses with NotAllowed, NotFound, NotThatMuch, Invalid.
    """
    payer, path = _locked(payer, actor)
    payment = queries.payment_named(payer, number)
    words = check_refund(amount_fen, queries.left_of(payment), reason)
    made = FeeRefund.objects.create(
        payment=payment, amount_fen=amount_fen, reason=words, refunded_at=now,
        post_id=actor.post_at(path), account_id=actor.account_id,
    )  # fmt: skip
    told = {"number": payment.number, "fen": amount_fen}
    record(
        "activities.fee_returned",
        on=payer,
        actor=actor,
        now=now,
        place=path,
        level=PERSONAL,
        details=told,
    )
    return made


def _locked(payer: Payer, actor: Actor) -> tuple[Payer, str]:
    """Return a booking or family held until the transaction ends, with its place. Refuses with NotAllowed."""
    if isinstance(payer, Booking):
        booking = Booking.objects.select_for_update().get(pk=payer.pk)
        require(actor, permits.BOOKINGS, at=booking.path)
        return booking, booking.path
    family = (
        Enrolment.objects.select_for_update(of=("self",)).select_related("event").get(pk=payer.pk)
    )
    require(actor, permits.EVENTS, at=family.event.path)
    return family, family.event.path
