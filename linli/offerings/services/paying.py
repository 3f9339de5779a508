"""Fees over the payment system: asked for under a number, noted once paid, left to a person where it does not fit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.exchange import permits as exchange
from linli.exchange.queries.connections import is_connected
from linli.exchange.queries.payments import doubt_of, order_named
from linli.exchange.services import payments
from linli.exchange.types.connection_titles import PAY_DOUBT
from linli.exchange.types.connections import System
from linli.exchange.types.payments import Doubt
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import Actor, open_to_all, require
from linli.offerings import permits
from linli.offerings.errors import NotThatMuch
from linli.offerings.queries.applications import fee_open, locked_application
from linli.offerings.services.fees import note_payment
from linli.offerings.types.applications import Paid, PayWay

if TYPE_CHECKING:
    from linli.exchange.models import PayNotice, PayOrder
    from linli.offerings.models import Application

# states of an application in which nobody owes a fee any more
OVER = frozenset({"not_accepted", "withdrawn", "lapsed"})
BY_JOB = "run by its job alone"


def _received(case_id: int, actor: Actor) -> Application:
    application = locked_application(case_id)
    case = application.case
    require(actor, permits.RECEIVE, at=case.path, level=case.level)
    return application


@transaction.atomic
def ask_payment(case_id: int, *, actor: Actor, now: datetime) -> PayOrder:
    """Let what is still open of a fee be paid under a number; pressed twice, it is the same number.

    Refuses with NotAllowed, NotFound where there is no payment system, NotThatMuch where nothing is
    open, WrongState where the application has ended.
    """
    application = _received(case_id, actor)
    if not is_connected(System.PAYMENTS):
        raise NotFound()
    if application.case.state in OVER:
        raise WrongState(state=application.case.state)
    open_fen = fee_open(application)
    if open_fen <= 0:
        raise NotThatMuch({"amount": [str(NotThatMuch.message)]})
    return payments.make_order(application.case, open_fen, actor=actor, now=now)


@transaction.atomic
def withdraw_order(case_id: int, *, actor: Actor, now: datetime) -> None:
    """Let nothing more be paid under the number of an application. Refuses with NotAllowed, NotFound."""
    application = _received(case_id, actor)
    if payments.close_order(application.pk, actor=actor, now=now) is None:
        raise NotFound()


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
    known = order_named(row.order_number)
    if known is None:
        return Doubt.UNKNOWN_ORDER
    application = locked_application(known.case_id)
    order = payments.hold_order(known.number, actor=actor, now=now)
    is_over = application.case.state in OVER
    doubt = doubt_of(row, order, open_fen=fee_open(application), has_ended=is_over)
    if doubt is None:
        # an order that is being paid is not closed by the payment
        paid = Paid(row.amount_fen, PayWay.ONLINE, row.paid_at)
        receipt = note_payment(application, paid, actor=actor, now=now).number
        payments.note_taken(row, order, receipt, actor=actor, now=now)
    return doubt


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
