"""Fees over the payment system: asked for under a number, noted once paid, left to a person where it does not fit.

A number holds for some days (rulebook). What is paid under it later is taken as long as the fee is
owed, and goes back by itself when it is not: nobody pays twice. What owes a fee is of an app above: it
says how in `PAYABLES`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from linli.exchange import permits
from linli.exchange.queries.connections import is_connected
from linli.exchange.queries.payments import (
    doubt_of,
    is_paid_for,
    open_order,
    order_named,
    orders_run_out,
)
from linli.exchange.rules.payments import has_run_out, runs_past_use
from linli.exchange.services import pay_orders, payments
from linli.exchange.types.connection_titles import PAY_DOUBT
from linli.exchange.types.connections import System
from linli.exchange.types.payments import PAYABLES, Doubt, News, Owed
from linli.kernel.each import each_done
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.fees import NotThatMuch, Paid, PaidAlready, PayWay
from linli.kernel.permits import Actor, open_to_all, require
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.exchange.models import PayNotice, PayOrder
    from linli.exchange.types.payments import Payable

BY_JOB = "run by its job alone"
DAYS, AT_ONCE = "application.pay_days", 100


@open_to_all("the service of what owes the fee has asked for its permit, or it is the payer's own")
def order_for(owed: Owed, *, actor: Actor, now: datetime) -> PayOrder:
    """Let what is still open of a held fee be paid under a number; pressed twice, it is the same number.

    Refuses with NotFound where there is no payment system, NotThatMuch where nothing is open, WrongState
    where nothing will be owed any more, PaidAlready while a payment is looked at.
    """
    if not is_connected(System.PAYMENTS):
        raise NotFound()
    if owed.has_ended:
        raise WrongState(state=owed.state)
    if owed.open_fen <= 0:
        raise NotThatMuch({"amount": [str(NotThatMuch.message)]})
    if is_paid_for(owed.kind, owed.id):
        raise PaidAlready()
    return _made(owed, actor, now)


def _made(owed: Owed, actor: Actor, now: datetime) -> PayOrder:
    today = localdate(now)
    last_day = today + timedelta(days=rulebook.lookup(DAYS, owed.path, today).number)
    if owed.use_on is not None and runs_past_use(last_day, owed.use_on, today):
        last_day = owed.use_on
    return pay_orders.make_order(owed, last_day, actor=actor, now=now)


@open_to_all("part of an act whose service asked for its permit, or run by its job")
@transaction.atomic
def follow_owed(kind: str, about_id: int, *, actor: Actor, now: datetime) -> None:
    """Let the number that was given follow what is owed: renewed for another sum, closed where nothing is owed.

    Who owes it is told of a new number.
    """
    _follow(_payable(kind).hold(about_id), actor, now)


def _follow(owed: Owed, actor: Actor, now: datetime) -> None:
    made = _followed(owed, actor, now)
    if made is not None:
        _payable(owed.kind).tell(owed, News.RENEWED, made.amount_fen, {"order": made.number}, now)


def _followed(owed: Owed, actor: Actor, now: datetime) -> PayOrder | None:
    """Renew or close the open number of something held; return the number that is new."""
    order = open_order(owed.kind, owed.id)
    if order is None or (_fits(order, owed, now) and not owed.has_ended):
        return None
    is_owed = owed.open_fen > 0 and not owed.has_ended
    if is_owed and is_paid_for(owed.kind, owed.id):
        return None  # what was paid under it is looked at first
    if (
        is_owed
        and is_connected(System.PAYMENTS)
        and not has_run_out(order.last_day, localdate(now))
    ):
        return _made(owed, actor, now)
    if not is_owed or order.amount_fen > owed.open_fen:
        pay_orders.close_order(owed.kind, owed.id, actor=actor, now=now)
    return None


def _fits(order: PayOrder, owed: Owed, now: datetime) -> bool:
    """Say whether a number still asks for what is owed, and not until after the day it is for."""
    too_long = runs_past_use(order.last_day, owed.use_on, localdate(now))
    return order.amount_fen == owed.open_fen and not too_long


@open_to_all(BY_JOB)
def expire_due(*, actor: Actor, now: datetime) -> int:
    """End the numbers whose last day is over and tell who still owes; return how many."""
    due = orders_run_out(localdate(now), AT_ONCE)
    ended, _broken = each_done("exchange.end_orders", due, lambda one: _expire(one, actor, now))
    return sum(ended)


@transaction.atomic
def _expire(due: PayOrder, actor: Actor, now: datetime) -> bool:
    payable = _payable(due.about_kind)
    owed = payable.hold(due.about_id)
    order = pay_orders.expire_order(due.pk, actor=actor, now=now)
    if order is None:
        return False
    if owed.open_fen and not owed.has_ended and not is_paid_for(owed.kind, owed.id):
        payable.tell(owed, News.EXPIRED, owed.open_fen, {"order": order.number}, now)
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
    payable = _payable(known.about_kind)
    owed = payable.hold(known.about_id)
    order = pay_orders.hold_order(known.number, actor=actor, now=now)
    doubt, goes_back = doubt_of(row, order, open_fen=owed.open_fen, has_ended=owed.has_ended)
    if goes_back:
        payments.return_by_itself(row, actor=actor, now=now)
        payable.tell(owed, News.RETURNED, row.amount_fen, {}, now)
        return None
    if doubt is None:
        _note(row, order, owed, actor, now)
    return doubt


def _note(row: PayNotice, order: PayOrder, owed: Owed, actor: Actor, now: datetime) -> None:
    payable, paid = _payable(owed.kind), Paid(row.amount_fen, PayWay.ONLINE, row.paid_at)
    receipt = payable.note(owed, paid, actor, now)
    payments.note_taken(row, order, receipt, actor=actor, now=now)
    payable.tell(owed, News.PAID, row.amount_fen, {"receipt": receipt}, now)
    # she may have got another number since this one ran out or was renewed
    _follow(payable.hold(owed.id), actor, now)


@transaction.atomic
def try_notice_again(row: PayNotice, *, actor: Actor, now: datetime) -> PayNotice:
    """Note a payment that fits by now. Refuses with NotAllowed, WrongState, Invalid where it still does not."""
    require(actor, permits.CONNECT, at=row.path)
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
        payable = _payable(known.about_kind)
        payable.tell(payable.hold(known.about_id), News.RETURNED, row.amount_fen, {}, now)
    return row


def _payable(kind: str) -> Payable:
    found = PAYABLES.get(kind)
    assert found is not None, "an order is for something that its app registered"
    return found
