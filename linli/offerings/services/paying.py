"""Fees over the payment system: asked for under a number, noted once paid, left to a person where it does not fit.

A number holds for some days (rulebook). What is paid under it later is taken as long as the fee is
owed, and goes back by itself when it is not: nobody pays twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from linli.cases.services.telling import tell_own
from linli.exchange import permits as exchange
from linli.exchange.queries.connections import is_connected
from linli.exchange.queries.payments import doubt_of, is_paid_for, order_named, orders_run_out
from linli.exchange.services import pay_orders, payments
from linli.exchange.types.connection_titles import PAY_DOUBT
from linli.exchange.types.connections import System
from linli.exchange.types.payments import Doubt
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.fees import NotThatMuch, Paid, PayWay
from linli.kernel.permits import NOBODY, Actor, open_to_all, require
from linli.offerings import permits
from linli.offerings.errors import PaidAlready
from linli.offerings.queries.applications import fee_open, locked_application
from linli.offerings.services.fees import note_payment
from linli.offerings.types.applications import FEE_OVER
from linli.rulebook import queries as rulebook
from linli.ui.formats import money

if TYPE_CHECKING:
    from linli.exchange.models import PayNotice, PayOrder
    from linli.offerings.models import Application

BY_JOB = "run by its job alone"
HERS = "whoever has the follow code, or applied when signed in, is the applicant"
DAYS, AT_ONCE = "application.pay_days", 100
PAID, EXPIRED, RETURNED = "offerings.fee_paid", "offerings.fee_expired", "offerings.fee_returned"


def _received(case_id: int, actor: Actor) -> Application:
    application = locked_application(case_id)
    case = application.case
    require(actor, permits.RECEIVE, at=case.path, level=case.level)
    return application


@transaction.atomic
def ask_payment(case_id: int, *, actor: Actor, now: datetime) -> PayOrder:
    """Let what is still open of a fee be paid under a number; pressed twice, it is the same number.

    Refuses with NotAllowed, NotFound where there is no payment system, NotThatMuch where nothing is
    open, WrongState where the application has ended, PaidAlready while a payment is looked at.
    """
    return _ordered(_received(case_id, actor), actor, now)


@open_to_all(HERS)
@transaction.atomic
def ask_own_payment(case_id: int, *, actor: Actor, now: datetime) -> PayOrder:
    """Give the applicant the number that she asks for herself. Refuses as `ask_payment`."""
    # whoever applies leaves no name in the trail
    return _ordered(locked_application(case_id), NOBODY, now)


def _ordered(application: Application, actor: Actor, now: datetime) -> PayOrder:
    case = application.case
    if not is_connected(System.PAYMENTS):
        raise NotFound()
    if case.state in FEE_OVER:
        raise WrongState(state=case.state)
    open_fen = fee_open(application)
    if open_fen <= 0:
        raise NotThatMuch({"amount": [str(NotThatMuch.message)]})
    if is_paid_for(application.pk):
        raise PaidAlready()
    today = localdate(now)
    last_day = today + timedelta(days=rulebook.lookup(DAYS, case.path, today).number)
    return pay_orders.make_order(case, open_fen, last_day, actor=actor, now=now)


@transaction.atomic
def withdraw_order(case_id: int, *, actor: Actor, now: datetime) -> None:
    """Let nothing more be paid under the number of an application. Refuses with NotAllowed, NotFound."""
    application = _received(case_id, actor)
    if pay_orders.close_order(application.pk, actor=actor, now=now) is None:
        raise NotFound()


@open_to_all(BY_JOB)
@transaction.atomic
def close_ended(case_id: int, *, actor: Actor, now: datetime) -> None:
    """Let nothing more be paid for an application that ended."""
    if locked_application(case_id).case.state in FEE_OVER:
        pay_orders.close_order(case_id, actor=actor, now=now)


@open_to_all(BY_JOB)
def expire_due(*, actor: Actor, now: datetime) -> int:
    """End the numbers whose last day is over and tell who still owes; return how many."""
    due = orders_run_out(localdate(now), AT_ONCE)
    return sum(_expire(order_id, case_id, actor, now) for order_id, case_id in due)


@transaction.atomic
def _expire(order_id: int, case_id: int, actor: Actor, now: datetime) -> bool:
    application = locked_application(case_id)
    order = pay_orders.expire_order(order_id, actor=actor, now=now)
    if order is None:
        return False
    open_fen = fee_open(application)
    if open_fen and application.case.state not in FEE_OVER and not is_paid_for(case_id):
        _tell(application, EXPIRED, open_fen, actor, now, order=order.number)
    return True


@open_to_all(BY_JOB)
@transaction.atomic
def take_notice(notice_id: int, *, actor: Actor, now: datetime) -> str:
    """Note what was paid with its receipt; return why it waits for a person, or nothing.

    A number of the payment system becomes one receipt, however often it comes. Safe to run again.
    """
    row = payments.hold_notice(notice_id, actor=actor, now=now)
    if row is None or row.fault:
        return row.fault if row else ""
    doubt = _take(row, actor, now)
    if doubt is not None:
        payments.leave_to_person(row, doubt, actor=actor, now=now)
    return doubt or ""


def _take(row: PayNotice, actor: Actor, now: datetime) -> Doubt | None:
    """Note a payment that fits, send back one that came late for nothing; else say what is wrong."""
    known = order_named(row.order_number)
    if known is None:
        return Doubt.UNKNOWN_ORDER
    application = locked_application(known.case_id)
    order = pay_orders.hold_order(known.number, actor=actor, now=now)
    is_over = application.case.state in FEE_OVER
    doubt, goes_back = doubt_of(row, order, open_fen=fee_open(application), has_ended=is_over)
    if goes_back:
        payments.return_by_itself(row, actor=actor, now=now)
        _tell(application, RETURNED, row.amount_fen, actor, now)
        return None
    if doubt is None:
        _note(row, order, application, actor, now)
    return doubt


def _note(
    row: PayNotice, order: PayOrder, application: Application, actor: Actor, now: datetime
) -> None:
    paid = Paid(row.amount_fen, PayWay.ONLINE, row.paid_at)
    receipt = note_payment(application, paid, actor=actor, now=now).number
    payments.note_taken(row, order, receipt, actor=actor, now=now)
    # she may have got another number since this one ran out; one that is being paid is not closed
    pay_orders.close_order(application.pk, actor=actor, now=now)
    _tell(application, PAID, row.amount_fen, actor, now, receipt=receipt)


@transaction.atomic
def try_notice_again(row: PayNotice, *, actor: Actor, now: datetime) -> PayNotice:
    """Note a payment that fits by now. Refuses with NotAllowed, WrongState, Invalid where it still does not."""
    require(actor, exchange.CONNECT, at=row.path)
    held = payments.hold_notice(row.pk, actor=actor, now=now)
    if held is None or held.fault in (Doubt.UNREADABLE, Doubt.CHANGED_AFTER):
        raise WrongState(state=row.state)
    doubt = _take(held, actor, now)
    if doubt is not None:
        raise Invalid({"why": [str(PAY_DOUBT[doubt])]})
    return held


@open_to_all("giving a payment back requires exchange.connect at its place")
@transaction.atomic
def give_back(row: PayNotice, why: str, *, actor: Actor, now: datetime) -> PayNotice:
    """Give a payment that does not fit back whole, and tell who paid. Refuses as `return_payment`."""
    row = payments.return_payment(row, why, actor=actor, now=now)
    known = order_named(row.order_number)
    if known is not None:
        _tell(locked_application(known.case_id), RETURNED, row.amount_fen, actor, now)
    return row


def _tell(
    application: Application, letter: str, fen: int, actor: Actor, now: datetime, **more: str
) -> None:
    """Tell the applicant by the way she asked for when she applied."""
    told = {"number": application.case.number, "yuan": money(fen), **more}
    tell_own(application.pk, letter, told, actor=actor, now=now)
