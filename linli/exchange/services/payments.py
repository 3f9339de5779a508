"""Payments over the payment system: notices received once each, left to a person, sent back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.exchange import permits
from linli.exchange.clients import payments as client
from linli.exchange.events import OwedOtherwise, PaymentCame
from linli.exchange.models import PayNotice, PayOrder
from linli.exchange.queries.payments import order_named
from linli.exchange.queries.reasons import tidy_reason
from linli.exchange.rules.payments import read_notice
from linli.exchange.rules.receiving import keep_each
from linli.exchange.services.linking import advance
from linli.exchange.services.pay_orders import tell
from linli.exchange.services.pulling import pull
from linli.exchange.states import PAY_NOTICE, PAY_ORDER, PayNoticeState
from linli.exchange.types.connections import System
from linli.exchange.types.hall import Batch
from linli.exchange.types.payments import Act, Doubt, NoPaid, Paid
from linli.kernel import locks
from linli.kernel.errors import WrongState
from linli.kernel.events import publish
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, open_to_all, require
from linli.trail.services import record

BY_JOB = "run by its job alone"
BY_ACT = "part of the act whose service asked for its permit"


@open_to_all(BY_JOB)
def pull_payments(*, actor: Actor, now: datetime) -> int:
    """Receive what was paid since; return how many payments are new here."""
    return pull(
        System.PAYMENTS, "payments", lambda line, mark: client.notices_after(line, mark, now=now),
        lambda batch: _receive(batch, actor, now), actor=actor, now=now,
    )  # fmt: skip


@transaction.atomic
def _receive(batch: Batch, actor: Actor, now: datetime) -> int:
    """Keep a batch; a number of theirs that is known is one payment, however often it comes."""
    locks.hold("exchange.payments")
    read = [read_notice(raw) for raw in batch.rows]
    known = {row.trade: row for row in PayNotice.objects.filter(trade__in=[r.trade for r in read])}
    paths = _paths(read)
    count = keep_each(
        [(one.trade, one) for one in read], known, kept=lambda one: _kept(one, paths, now),
        again=_came_again,
    )  # fmt: skip
    advance(System.PAYMENTS, "payments", batch.mark, actor=actor, now=now)
    return count


def _paths(read: Sequence[Paid | NoPaid]) -> dict[str, str]:
    numbers = {one.order for one in read if isinstance(one, Paid)}
    return dict(PayOrder.objects.filter(number__in=numbers).values_list("number", "path"))


def _differs(row: PayNotice, one: Paid) -> bool:
    return (row.order_number, row.amount_fen, row.paid_at) != (
        one.order,
        one.amount_fen,
        one.paid_at,
    )


def _came_again(row: PayNotice, one: Paid | NoPaid) -> None:
    """The same number with another payment: somebody looks at it."""
    if isinstance(one, Paid) and _differs(row, one):
        row.fault = Doubt.CHANGED_AFTER
        row.save(update_fields=["fault"])


def _kept(one: Paid | NoPaid, paths: dict[str, str], now: datetime) -> PayNotice:
    row = PayNotice(trade=one.trade, amount_fen=0, paid_at=now, path=CITY_PATH, came_at=now)
    if isinstance(one, Paid):
        row.order_number, row.amount_fen, row.paid_at = one.order, one.amount_fen, one.paid_at
        row.path = paths.get(one.order, CITY_PATH)
    else:
        row.fault = Doubt.UNREADABLE
    row.save()
    if not row.fault:
        publish(PaymentCame(row.pk))
    return row


@open_to_all("part of taking it, whose service asks for the permit or is run by its job")
def hold_notice(notice_id: int, *, actor: Actor, now: datetime) -> PayNotice | None:
    """Return a payment that waits, locked; None if it waits no more."""
    rows = PayNotice.objects.select_for_update()
    return rows.filter(pk=notice_id, state=PayNoticeState.WAITING).first()


@open_to_all(BY_JOB)
def leave_to_person(row: PayNotice, doubt: Doubt, *, actor: Actor, now: datetime) -> None:
    """Leave a payment to a person, with why it does not fit."""
    row.fault = doubt
    row.save(update_fields=["fault"])


@open_to_all("part of taking it, whose service asks for the permit or is run by its job")
def note_taken(
    row: PayNotice, order: PayOrder, receipt: str, *, actor: Actor, now: datetime
) -> None:
    """Note that a payment became a receipt, and that its order is paid."""
    row.state, row.receipt, row.fault = PAY_NOTICE.after(row.state, "take"), receipt, ""
    row.ended_at, row.decided_by, row.path = now, actor.label[:120], order.path
    row.save()
    order.state, order.ended_at = PAY_ORDER.after(order.state, "pay"), now
    order.save(update_fields=["state", "ended_at"])
    record("exchange.payment_taken", on=row, actor=actor, now=now, place=row.path,
           number=row.trade)  # fmt: skip


@open_to_all(BY_ACT)
def send_back(row: PayNotice, amount_fen: int, *, actor: Actor, now: datetime) -> None:
    """Let the payment system give a payment or a part of it back; the letter goes once for it."""
    told: dict[str, object] = {"trade": row.trade, "amount_fen": amount_fen}
    tell(row.order_number, row.path, Act.REFUND, told, actor=actor, now=now)


@open_to_all(BY_JOB)
def return_by_itself(row: PayNotice, *, actor: Actor, now: datetime) -> None:
    """Give back what was paid after its order had run out, when nothing was owed any more."""
    row.state = PAY_NOTICE.after(row.state, "return")
    send_back(row, row.amount_fen, actor=actor, now=now)
    _ended(row, "", "exchange.payment_returned", actor, now)


@transaction.atomic
def return_payment(row: PayNotice, why: str, *, actor: Actor, now: datetime) -> PayNotice:
    """Give a payment that does not fit back whole. Refuses with NotAllowed, WrongState, Invalid."""
    row = _held(row, "return", actor)
    # of a row that could not be read, or came with another sum, nobody knows what to give back
    if row.fault in (Doubt.UNREADABLE, Doubt.CHANGED_AFTER):
        raise WrongState(state=row.state)
    row.state, reason = PAY_NOTICE.after(row.state, "return"), tidy_reason(why)
    send_back(row, row.amount_fen, actor=actor, now=now)
    _is_decided(row)
    return _ended(row, reason, "exchange.payment_returned", actor, now)


@transaction.atomic
def drop_payment(row: PayNotice, why: str, *, actor: Actor, now: datetime) -> PayNotice:
    """Let a payment go that was settled otherwise, with the reason. Refuses as `return_payment`."""
    row = _held(row, "drop", actor)
    row.state, reason = PAY_NOTICE.after(row.state, "drop"), tidy_reason(why)
    _is_decided(row)
    return _ended(row, reason, "exchange.payment_dropped", actor, now)


def _is_decided(row: PayNotice) -> None:
    """The number did not follow what is owed while the payment was looked at."""
    order = order_named(row.order_number)
    if order is not None:
        publish(OwedOtherwise(order.about_kind, (order.about_id,)))


@transaction.atomic
def look_at_payment(row: PayNotice, *, actor: Actor, now: datetime) -> PayNotice:
    """Note that a person saw what came again with other content. Refuses with NotAllowed, WrongState."""
    row = PayNotice.objects.select_for_update().get(pk=row.pk)
    require(actor, permits.CONNECT, at=row.path)
    if row.state == PayNoticeState.WAITING or not row.fault:
        raise WrongState(state=row.state)
    row.fault = ""
    row.save(update_fields=["fault"])
    record("exchange.payment_looked_at", on=row, actor=actor, now=now, place=row.path,
           number=row.trade)  # fmt: skip
    return row


def _held(row: PayNotice, move: str, actor: Actor) -> PayNotice:
    row = PayNotice.objects.select_for_update().get(pk=row.pk)
    require(actor, permits.CONNECT, at=row.path)
    PAY_NOTICE.after(row.state, move)
    return row


def _ended(row: PayNotice, why: str, verb: str, actor: Actor, now: datetime) -> PayNotice:
    row.why, row.fault = why, ""
    row.ended_at, row.decided_by = now, actor.label[:120]
    row.save()
    record(verb, on=row, actor=actor, now=now, place=row.path, number=row.trade)
    return row
