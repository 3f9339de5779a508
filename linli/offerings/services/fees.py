"""Fees: what was paid, with a receipt, and what went back. Nothing is ever changed or deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.exchange.queries.payments import notice_of_receipt
from linli.exchange.services import pay_orders, payments
from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, open_to_all, require
from linli.offerings import permits
from linli.offerings.errors import NotThatMuch
from linli.offerings.models import Application, Payment, Refund
from linli.offerings.queries.applications import fee_open, locked_application
from linli.offerings.types.applications import Paid, PayWay
from linli.runtime.services.numbers import next_number
from linli.trail.services import record

SERIES = "SF"
MOST_REASON = 300


def _locked(case_id: int, actor: Actor) -> Application:
    application = locked_application(case_id)
    case = application.case
    require(actor, permits.RECEIVE, at=case.path, level=case.level)
    return application


@transaction.atomic
def take_payment(
    case_id: int, amount_fen: int, way: str, *, actor: Actor, now: datetime
) -> Payment:
    """Note that a fee was paid and number its receipt. Refuses with NotAllowed, NotThatMuch, Invalid.

    Nothing more may be paid over the payment system under a number that was given for it.
    """
    application = _locked(case_id, actor)
    if way not in PayWay.__members__.values() or way == PayWay.ONLINE:
        raise Invalid({"way": [_("Say how it was paid.")]})
    if not 0 < amount_fen <= fee_open(application):
        raise NotThatMuch({"amount": [str(NotThatMuch.message)]})
    pay_orders.close_order(case_id, actor=actor, now=now)
    return note_payment(application, Paid(amount_fen, way, now), actor=actor, now=now)


@open_to_all("part of taking a payment, whose service asked for its permit")
def note_payment(application: Application, paid: Paid, *, actor: Actor, now: datetime) -> Payment:
    """Write a payment down that was found right, and number its receipt."""
    path = application.case.path
    payment = Payment.objects.create(
        application=application, number=next_number(SERIES, "", localdate(now).year, now=now),
        amount_fen=paid.amount_fen, way=paid.way, paid_at=paid.at, post_id=actor.post_at(path),
        account_id=actor.account_id,
    )  # fmt: skip
    told = {"number": payment.number, "fen": paid.amount_fen, "way": paid.way}
    record("offerings.fee_paid", on=payment, actor=actor, now=now, place=path, details=told)
    return payment


@transaction.atomic
def refund(
    payment: Payment, amount_fen: int, reason: str, *, actor: Actor, now: datetime
) -> Refund:
    """Give a payment or a part of it back, with the reason. Refuses as `take_payment`.

    What came over the payment system goes back over it.
    """
    application = _locked(payment.application_id, actor)
    if not reason.strip():
        raise Invalid({"reason": [_("Say why it goes back.")]})
    left = payment.amount_fen - sum(payment.refunds.values_list("amount_fen", flat=True))
    if not 0 < amount_fen <= left:
        raise NotThatMuch({"amount": [str(NotThatMuch.message)]})
    path = application.case.path
    made = Refund.objects.create(
        payment=payment, amount_fen=amount_fen, reason=reason.strip()[:MOST_REASON],
        refunded_at=now, post_id=actor.post_at(path), account_id=actor.account_id,
    )  # fmt: skip
    notice = notice_of_receipt(payment.number)
    if notice is not None:
        payments.send_back(notice, amount_fen, actor=actor, now=now)
    told = {"number": payment.number, "fen": amount_fen}
    record("offerings.fee_returned", on=payment, actor=actor, now=now, place=path, details=told)
    return made
