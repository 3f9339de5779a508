"""Fees: what was paid, with a receipt, what went back, what was let off. Nothing is ever changed or deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.exchange.queries.payments import notice_of_receipt
from linli.exchange.services import paying, payments
from linli.exchange.types.payments import APPLICATION
from linli.kernel.errors import NotFound
from linli.kernel.fees import (
    RECEIPTS,
    Paid,
    check_payment,
    check_refund,
    check_waiver,
    check_waiver_back,
)
from linli.kernel.permits import Actor, open_to_all, require
from linli.offerings import permits
from linli.offerings.errors import WaiverOver
from linli.offerings.models import Application, Payment, Refund, Waiver
from linli.offerings.queries.applications import fee_open, locked_application
from linli.offerings.queries.fees import left_of
from linli.runtime.services.numbers import next_number
from linli.trail.services import record


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

    A number to pay under that was given before follows what is still open.
    """
    application = _locked(case_id, actor)
    check_payment(amount_fen, way, fee_open(application))
    made = note_payment(application, Paid(amount_fen, way, now), actor=actor, now=now)
    paying.follow_owed(APPLICATION, case_id, actor=actor, now=now)
    return made


@open_to_all("part of taking a payment, whose service asked for its permit")
def note_payment(application: Application, paid: Paid, *, actor: Actor, now: datetime) -> Payment:
    """Write a payment down that was found right, and number its receipt."""
    path = application.case.path
    payment = Payment.objects.create(
        application=application, number=next_number(RECEIPTS, "", localdate(now).year, now=now),
        amount_fen=paid.amount_fen, way=paid.way, paid_at=paid.at, post_id=actor.post_at(path),
        account_id=actor.account_id,
    )  # fmt: skip
    told = {"number": payment.number, "fen": paid.amount_fen, "way": paid.way}
    record("offerings.fee_paid", on=payment, actor=actor, now=now, place=path, details=told)
    return payment


@transaction.atomic
def refund(
    payment: Payment, amount_fen: int, reason: str, *, is_waived: bool = False, actor: Actor, now: datetime
) -> Refund:  # fmt: skip
    """Give a payment or a part of it back, with the reason. Refuses as `take_payment`.

    What came over the payment system goes back over it. `is_waived`: she does not owe it, as somebody
    exempt; otherwise it is to be paid again.
    """
    application = _locked(payment.application_id, actor)
    words = check_refund(amount_fen, left_of(payment), reason)
    path = application.case.path
    made = Refund.objects.create(
        payment=payment, amount_fen=amount_fen, reason=words, is_waived=is_waived,
        refunded_at=now, post_id=actor.post_at(path), account_id=actor.account_id,
    )  # fmt: skip
    notice = notice_of_receipt(payment.number)
    if notice is not None:
        payments.send_back(notice, amount_fen, actor=actor, now=now)
    if is_waived:
        paying.follow_owed(APPLICATION, application.pk, actor=actor, now=now)
    told = {"number": payment.number, "fen": amount_fen, "waived": is_waived}
    record("offerings.fee_returned", on=payment, actor=actor, now=now, place=path, details=told)
    return made


@transaction.atomic
def waive(
    case_id: int, amount_fen: int, reason: str, *, actor: Actor, now: datetime
) -> Application:
    """Let somebody off a fee, or a part of it, before she paid, with the reason: nobody need pay to get it back.

    Refuses with NotAllowed, NotThatMuch for more than is open, Invalid without a reason.
    """
    application = _locked(case_id, actor)
    words = check_waiver(amount_fen, fee_open(application), reason)
    _note_waiver(application, amount_fen, words, None, actor=actor, now=now)
    record("offerings.fee_waived", on=("cases.case", case_id), actor=actor, now=now,
           place=application.case.path, fen=amount_fen)  # fmt: skip
    return application


@transaction.atomic
def take_waiver_back(
    case_id: int, waiver_id: int, reason: str, *, actor: Actor, now: datetime
) -> Application:
    """Say that what was let off is owed after all, with the reason, while the case goes on; both stay noted.

    Refuses with NotAllowed, NotFound, WaiverOver, Invalid without a reason.
    """
    application = _locked(case_id, actor)
    found = Waiver.objects.filter(application=application, pk=waiver_id, takes_back=None).first()
    if found is None:
        raise NotFound()
    if not application.case.is_open or Waiver.objects.filter(takes_back=found).exists():
        raise WaiverOver()
    words = check_waiver_back(found.amount_fen, reason)
    _note_waiver(application, found.amount_fen, words, found, actor=actor, now=now)
    record("offerings.fee_waiver_taken_back", on=("cases.case", case_id), actor=actor, now=now,
           place=application.case.path, fen=found.amount_fen)  # fmt: skip
    return application


def _note_waiver(
    application: Application, fen: int, words: str, takes_back: Waiver | None, *, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Write a row, and the sum of those that stand; a number to pay under that was given follows what is open."""
    Waiver.objects.create(
        application=application, amount_fen=fen, reason=words, waived_at=now, takes_back=takes_back,
        post_id=actor.post_at(application.case.path), account_id=actor.account_id,
    )  # fmt: skip
    application.waived_fen += -fen if takes_back else fen
    application.save(update_fields=["waived_fen"])
    paying.follow_owed(APPLICATION, application.pk, actor=actor, now=now)
