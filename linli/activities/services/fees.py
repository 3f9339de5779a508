"""Fees of bookings and of families at events: what was paid, with a receipt, and what went back.

Nothing is ever changed or deleted.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities.models import Booking, Enrolment, FeePayment, FeeRefund
from linli.activities.queries import fees as queries
from linli.activities.queries.fees import OF_FAMILY, Payer, kind_of, path_of, permit_of
from linli.exchange.events import OwedOtherwise
from linli.exchange.queries.payments import notice_of_receipt
from linli.exchange.services import paying, payments
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.events import publish
from linli.kernel.fees import RECEIPTS, Paid, check_payment, check_refund
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.runtime.services.numbers import next_number
from linli.trail.services import record
from linli.ui.formats import money

KEPT = "the permit of the payer is required as soon as it is held"


@open_to_all(KEPT)
@transaction.atomic
def take_payment(
    payer: Payer, amount_fen: int, way: str, *, actor: Actor, now: datetime
) -> FeePayment:
    """Note that a fee was paid, and number its receipt. Refuses with NotAllowed, NotThatMuch, Invalid.

    A number to pay under that was given before follows what is still open.
    """
    payer = kept_payer(payer, actor)
    check_payment(amount_fen, way, queries.fee_of(payer).open_fen)
    made = note_payment(payer, Paid(amount_fen, way, now), actor=actor, now=now)
    paying.follow_owed(kind_of(payer), payer.pk, actor=actor, now=now)
    return made


@open_to_all("part of taking a payment, whose service asked for its permit")
def note_payment(payer: Payer, paid: Paid, *, actor: Actor, now: datetime) -> FeePayment:
    """Write a payment of a held booking or family down that was found right, and number its receipt."""
    path = path_of(payer)
    made = FeePayment.objects.create(
        booking=payer if isinstance(payer, Booking) else None,
        enrolment=payer if isinstance(payer, Enrolment) else None,
        number=next_number(RECEIPTS, "", localdate(now).year, now=now), amount_fen=paid.amount_fen,
        way=paid.way, paid_at=paid.at, post_id=actor.post_at(path), account_id=actor.account_id,
    )  # fmt: skip
    told = {"number": made.number, "fen": paid.amount_fen, "way": str(paid.way)}
    _record("activities.fee_paid", payer, told, actor, now)
    return made


@open_to_all(KEPT)
@transaction.atomic
def settle_owed(family: Enrolment, owed_fen: int, *, actor: Actor, now: datetime) -> Enrolment:
    """Decide what a family owes that came to an event or left it once it had begun, or whose event was called off then.

    Refuses with NotAllowed, WrongState where nothing is to be decided, Invalid.
    """
    held = kept_payer(family, actor)
    assert isinstance(held, Enrolment)
    if held.owed_fen is None:
        raise WrongState(move="settle", state=held.state)
    most = held.people * held.event.fee_fen
    if not 0 <= owed_fen <= most:
        raise Invalid({"owed": [_("From nothing to %(most)s.") % {"most": money(most)}]})
    held.owed_fen = owed_fen
    held.save(update_fields=["owed_fen"])
    _record("activities.fee_settled", held, {"fen": owed_fen}, actor, now)
    publish(OwedOtherwise(OF_FAMILY, (held.pk,)))
    return held


@open_to_all(KEPT)
@transaction.atomic
def give_back(
    payer: Payer, number: str, amount_fen: int, reason: str, *, actor: Actor, now: datetime
) -> FeeRefund:
    """Note that a payment or a part of it went back, and why; what came over the payment system goes back over it.

    Refuses with NotAllowed, NotFound, NotThatMuch, Invalid.
    """
    payer = kept_payer(payer, actor)
    payment = queries.payment_named(payer, number)
    words = check_refund(amount_fen, queries.left_of(payment), reason)
    made = FeeRefund.objects.create(
        payment=payment, amount_fen=amount_fen, reason=words, refunded_at=now,
        post_id=actor.post_at(path_of(payer)), account_id=actor.account_id,
    )  # fmt: skip
    notice = notice_of_receipt(payment.number)
    if notice is not None:
        payments.send_back(notice, amount_fen, actor=actor, now=now)
    told = {"number": payment.number, "fen": amount_fen}
    _record("activities.fee_returned", payer, told, actor, now)
    return made


def kept_payer(payer: Payer, actor: Actor) -> Payer:
    """Return a booking or family held until the transaction ends, to whoever keeps it. Refuses with NotAllowed."""
    payer = queries.held_payer(type(payer), payer.pk)
    require(actor, permit_of(payer), at=path_of(payer))
    return payer


def _record(verb: str, payer: Payer, told: dict[str, object], actor: Actor, now: datetime) -> None:
    at = path_of(payer)
    record(verb, on=payer, actor=actor, now=now, place=at, level=PERSONAL, details=told)
