"""Reads on payments over the payment system: orders, and notices that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.exchange.models import Letter, PayNotice, PayOrder
from linli.exchange.queries.connections import NEWEST, in_view, is_connected, one_of, seen
from linli.exchange.rules.payments import doubt_about, goes_back_by_itself, sums_of
from linli.exchange.states import PayNoticeState, PayOrderState
from linli.exchange.types.connections import System
from linli.exchange.types.payments import PAYABLES, Act, Doubt, Standing
from linli.kernel.paging import Page, page_of
from linli.kernel.permits import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is open of a fee, in fen, and the number to pay it under.

    `order` is the newest number, however it ended; `letter` where the letter stands that told the payment
    system of it. `is_paid_for`: a payment came in of which nothing was decided yet; `sent_back` are those
    that went back because nothing was owed.
    """

    open_fen: int = 0
    order: PayOrder | None = None
    letter: str = ""
    is_paid_for: bool = False
    sent_back: Sequence[PayNotice] = ()
    may_ask: bool = False

    @property
    def came_late(self) -> bool:
        """Say whether money came in that was not owed: looked at still, or sent back."""
        return self.is_paid_for or bool(self.sent_back)

    @property
    def open_order(self) -> PayOrder | None:
        """The number under which the fee may be paid now."""
        return self.order if self.order is not None and self.order.state == "open" else None

    @property
    def expired(self) -> PayOrder | None:
        """The number that ran out while the fee is still owed."""
        is_out = self.order is not None and self.order.state == "expired"
        return self.order if is_out and self.open_fen else None

    def order_said(self) -> dict[str, Any] | None:
        """Return the newest number as programs read it: `is_known` once the payment system has it."""
        if self.order is None:
            return None
        is_known = self.letter == "sent" or self.order.state != PayOrderState.OPEN
        return {
            "number": self.order.number, "amount_fen": self.order.amount_fen,
            "state": self.order.state, "last_day": self.order.last_day, "is_known": is_known,
        }  # fmt: skip


def asking_of(kind: str, about_id: int, open_fen: int, *, has_ended: bool) -> dict[str, Any]:
    """Return the fields of Asking; where nothing is owed, only what came in for it all the same."""
    came = _not_noted(kind, about_id)
    waits = any(one.state == PayNoticeState.WAITING for one in came)
    back = [one for one in came if one.state == PayNoticeState.RETURNED]
    if not open_fen:
        return {"open_fen": 0, "is_paid_for": waits, "sent_back": back}
    order = PayOrder.objects.filter(about_kind=kind, about_id=about_id).order_by("-pk").first()
    return {
        "open_fen": open_fen, "order": order, "is_paid_for": waits, "sent_back": back,
        "letter": order_letter(order) if order is not None and order.state == "open" else "",
        "may_ask": is_connected(System.PAYMENTS) and not has_ended and not waits,
    }  # fmt: skip


def _not_noted(kind: str, about_id: int) -> list[PayNotice]:
    """Return the payments under numbers of something that wait for a person, or went back."""
    numbers = PayOrder.objects.filter(about_kind=kind, about_id=about_id).values("number")
    states = (PayNoticeState.WAITING, PayNoticeState.RETURNED)
    return list(PayNotice.objects.filter(state__in=states, order_number__in=numbers).order_by("pk"))


def open_order(kind: str, about_id: int) -> PayOrder | None:
    """Return the order under which the fee of something may be paid now."""
    found = PayOrder.objects.filter(about_kind=kind, about_id=about_id, state=PayOrderState.OPEN)
    return found.first()


def order_letter(order: PayOrder) -> str:
    """Return where the letter stands that told the payment system of an order; nothing without one."""
    found = Letter.objects.filter(system=System.PAYMENTS, ref=order.number, kind=Act.ORDER)
    return found.values_list("state", flat=True).first() or ""


def is_paid_for(kind: str, about_id: int) -> bool:
    """Say whether a payment under a number of something came in of which nothing was decided yet."""
    numbers = PayOrder.objects.filter(about_kind=kind, about_id=about_id).values("number")
    return PayNotice.objects.filter(state=PayNoticeState.WAITING, order_number__in=numbers).exists()


def orders_run_out(on: date, limit: int) -> list[PayOrder]:
    """Return the orders whose last day is over while they are open."""
    found = PayOrder.objects.filter(state=PayOrderState.OPEN, last_day__lt=on).order_by("pk")
    return list(found[:limit])


def visible_notices(actor: Actor) -> QuerySet[PayNotice]:
    """Payments at places where the actor oversees connections."""
    return seen(actor, PayNotice.objects.all())


def notices_to_decide(actor: Actor, limit: int) -> list[PayNotice]:
    """Return the payments that do not fit and wait for somebody, the oldest first."""
    found = visible_notices(actor).filter(state=PayNoticeState.WAITING).exclude(fault="")
    return list(found.order_by("pk")[:limit])


def list_notices(
    actor: Actor, view: str, words: str, *, cursor: str | None, limit: int
) -> Page[PayNotice]:
    """Return a page of payments, newest first."""
    return page_of(narrowed(actor, view, words), NEWEST, cursor=cursor, limit=limit)


def narrowed(actor: Actor, view: str, words: str) -> QuerySet[PayNotice]:
    """Return payments: all, those to be looked at, or those of one state."""
    found = in_view(visible_notices(actor), view)
    if words:
        found = found.filter(Q(trade=words) | Q(order_number=words) | Q(receipt=words))
    return found


def get_notice(actor: Actor, notice_id: int) -> PayNotice:
    """Return one payment. Refuses with NotFound."""
    return one_of(visible_notices(actor), notice_id)


def order_named(number: str) -> PayOrder | None:
    """Return an order by our number; None where it is unknown."""
    return PayOrder.objects.filter(number=number).first()


def page_of_order(order: PayOrder | None) -> tuple[str, str]:
    """Return what an order is for and its page at the desk; nothing of what is unknown."""
    payable = PAYABLES.get(order.about_kind) if order is not None else None
    return payable.page(order.about_id) if payable is not None and order is not None else ("", "")


def notice_of_receipt(receipt: str) -> PayNotice | None:
    """Return the payment that became a receipt; None where it was paid otherwise."""
    return PayNotice.objects.filter(receipt=receipt).first() if receipt else None


def doubt_of(
    row: PayNotice, order: PayOrder, *, open_fen: int, has_ended: bool
) -> tuple[Doubt | None, bool]:
    """Say why a payment does not fit its order, of which so much is still to be paid; and whether it goes back by itself."""
    costs_less = order.state == PayOrderState.OPEN and 0 < open_fen < order.amount_fen
    standing = Standing(
        order.amount_fen, open_fen, order.state == PayOrderState.PAID,
        order.state == PayOrderState.CLOSED, has_ended, order.state == PayOrderState.EXPIRED,
        order.state == PayOrderState.RENEWED or costs_less,
    )  # fmt: skip
    doubt = doubt_about(row.amount_fen, standing)
    return doubt, goes_back_by_itself(doubt, standing)


def waiting_notices(limit: int) -> list[int]:
    """Return payments that no job has looked at yet: one may have died."""
    found = PayNotice.objects.filter(state=PayNoticeState.WAITING, fault="").order_by("pk")
    return list(found.values_list("pk", flat=True)[:limit])


def sums_of_day(on: date) -> dict[str, str]:
    """Return what we know of a day: number → fen; what went back, by the day it was told, is negative."""
    start = timezone.make_aware(datetime.combine(on, time()))
    until = start + timedelta(days=1)
    paid = PayNotice.objects.filter(paid_at__gte=start, paid_at__lt=until)
    back = Letter.objects.filter(
        system=System.PAYMENTS, kind=Act.REFUND, state="sent", made_at__gte=start, made_at__lt=until
    )
    return sums_of(
        paid.exclude(trade__startswith="?").values_list("trade", "amount_fen"),
        [(str(one.body["trade"]), int(one.body["amount_fen"])) for one in back],
    )
