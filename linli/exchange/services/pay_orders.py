"""Numbers under which a fee may be paid over the payment system: given, withdrawn, run out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.timezone import localdate

from linli.exchange.models import PayOrder
from linli.exchange.queries.hall import last_letter
from linli.exchange.queries.payments import open_order
from linli.exchange.rules.payments import has_run_out, runs_past_use
from linli.exchange.services.letters import Matter, queue_letter
from linli.exchange.states import PAY_ORDER, PayOrderState
from linli.exchange.types.connections import System
from linli.exchange.types.payments import APPLICATION, Act, Owed
from linli.kernel import locks
from linli.kernel.permits import Actor, open_to_all
from linli.runtime.services.numbers import next_number
from linli.trail.services import record

SERIES = "JK"
BY_JOB = "run by its job alone"
BY_ACT = "part of the act whose service asked for its permit"
ENDS = {
    "close": "exchange.pay_order_closed", "expire": "exchange.pay_order_expired",
    "renew": "exchange.pay_order_renewed",
}  # fmt: skip


@open_to_all(BY_ACT)
def make_order(owed: Owed, last_day: date, *, actor: Actor, now: datetime) -> PayOrder:
    """Let the payment system take what is open of a fee until a day; what is asked already is asked once.

    A number that was given for another sum, or until after the day it is for, is renewed: what is under way
    under it is still taken.
    """
    known, today = open_order(owed.kind, owed.id), localdate(now)
    holds = known is not None and not has_run_out(known.last_day, today)
    if (
        known is not None
        and holds
        and known.amount_fen == owed.open_fen
        and not runs_past_use(known.last_day, owed.use_on, today)
    ):
        return known
    _end_open(owed.kind, owed.id, "renew", actor, now)
    made = PayOrder.objects.create(
        number=next_number(SERIES, "", today.year, now=now), about_kind=owed.kind, about_id=owed.id,
        case_id=owed.id if owed.kind == APPLICATION else None, path=owed.path,
        amount_fen=owed.open_fen, last_day=last_day, made_at=now,
    )  # fmt: skip
    said = {"amount_fen": owed.open_fen, "last_day": last_day.isoformat()}
    tell(made.number, made.path, Act.ORDER, said, actor=actor, now=now)
    record("exchange.pay_order_made", on=made, actor=actor, now=now, place=made.path,
           number=made.number, fen=owed.open_fen)  # fmt: skip
    return made


@open_to_all(BY_ACT)
def close_order(kind: str, about_id: int, *, actor: Actor, now: datetime) -> PayOrder | None:
    """Let the payment system take nothing more under the open order of something; None if there is none.

    One whose last day is over has run out, whether its job came by or not.
    """
    return _end_open(kind, about_id, "close", actor, now)


def _end_open(kind: str, about_id: int, move: str, actor: Actor, now: datetime) -> PayOrder | None:
    found = PayOrder.objects.select_for_update().filter(about_kind=kind, about_id=about_id)
    order = found.filter(state=PayOrderState.OPEN).first()
    if order is None:
        return None
    is_over = has_run_out(order.last_day, localdate(now))
    return _ended(order, "expire" if is_over else move, actor, now)


@open_to_all(BY_JOB)
def expire_order(order_id: int, *, actor: Actor, now: datetime) -> PayOrder | None:
    """Let nothing more be paid under an order whose last day is over; None if it was ended before."""
    found = PayOrder.objects.select_for_update().filter(pk=order_id, state=PayOrderState.OPEN)
    order = found.filter(last_day__lt=localdate(now)).first()
    return _ended(order, "expire", actor, now) if order is not None else None


def _ended(order: PayOrder, move: str, actor: Actor, now: datetime) -> PayOrder:
    order.state, order.ended_at = PAY_ORDER.after(order.state, move), now
    order.save(update_fields=["state", "ended_at"])
    tell(order.number, order.path, Act.CLOSE, {}, actor=actor, now=now)
    record(ENDS[move], on=order, actor=actor, now=now, place=order.path, number=order.number)
    return order


@open_to_all("part of taking a payment, whose service asks for the permit or is run by its job")
def hold_order(number: str, *, actor: Actor, now: datetime) -> PayOrder:
    """Return an order that is known, locked: after what is owed, never before it."""
    return PayOrder.objects.select_for_update().get(number=number)


@open_to_all(BY_ACT)
def tell(
    number: str, path: str, act: Act, said: Mapping[str, object], *, actor: Actor, now: datetime
) -> None:
    """Queue what the payment system is told of an order, behind what it was told before."""
    # two letters about one order are two, whoever writes them at once
    locks.hold("exchange.pay_letters")
    about = Matter(System.PAYMENTS, number, last_letter(System.PAYMENTS, number) + 1, path)
    queue_letter(about, act, {"act": act, **said}, actor=actor, now=now)
