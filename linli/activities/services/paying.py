"""Fees of bookings and of families at events over the payment system: asked for, noted, told of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from linli.activities.engine.telling import tell_booker, tell_taker
from linli.activities.models import Booking, Enrolment
from linli.activities.queries.fees import (
    OF_BOOKING,
    OF_FAMILY,
    Payer,
    fee_of,
    held_payer,
    is_over,
    is_undecided,
    kind_of,
    open_if_agreed,
    path_of,
)
from linli.activities.services.fees import KEPT, kept_payer, note_payment
from linli.exchange.services import pay_orders
from linli.exchange.services.paying import order_for
from linli.exchange.types.payments import News, Owed, Payable
from linli.kernel.errors import NotFound
from linli.kernel.fees import Paid
from linli.kernel.permits import NOBODY, Actor, open_to_all
from linli.ui.formats import money

if TYPE_CHECKING:
    from linli.exchange.models import PayOrder

HERS = "whoever has the code of a booking, or of places, is who pays for it"
LETTERS = {
    News.PAID: "activities.fee_paid", News.EXPIRED: "activities.fee_expired",
    News.RENEWED: "activities.fee_renewed", News.RETURNED: "activities.fee_returned",
}  # fmt: skip


@open_to_all(HERS)
@transaction.atomic
def ask_own_payment(payer: Payer, *, actor: Actor, now: datetime) -> PayOrder:
    """Give whoever booked, or is enrolled, a number to pay under. Refuses as `order_for`."""
    # who books leaves no name in the trail
    return order_for(_owed(held_payer(type(payer), payer.pk)), actor=NOBODY, now=now)


@open_to_all(KEPT)
@transaction.atomic
def ask_payment(payer: Payer, *, actor: Actor, now: datetime) -> PayOrder:
    """Give a number to pay under at the desk. Refuses with NotAllowed, and as `order_for`."""
    return order_for(_owed(kept_payer(payer, actor)), actor=actor, now=now)


@open_to_all(KEPT)
@transaction.atomic
def withdraw_order(payer: Payer, *, actor: Actor, now: datetime) -> None:
    """Let nothing more be paid under the number that was given. Refuses with NotAllowed, NotFound."""
    payer = kept_payer(payer, actor)
    if pay_orders.close_order(kind_of(payer), payer.pk, actor=actor, now=now) is None:
        raise NotFound()


def _owed(payer: Payer) -> Owed:
    return _owing(payer, fee_of(payer).open_fen)


def _held(payer: Payer) -> Owed:
    """Return what may come in under a number that was given: also while a moved booking waits for the office."""
    return _owing(payer, open_if_agreed(payer))


def _owing(payer: Payer, open_fen: int) -> Owed:
    return Owed(
        kind_of(payer), payer.pk, path_of(payer), payer.state, open_fen, is_over(payer), payer,
        localdate(payer.starts_at if isinstance(payer, Booking) else payer.event.first_at),
    )  # fmt: skip


def _note(owed: Owed, paid: Paid, actor: Actor, now: datetime) -> str:
    return note_payment(owed.row, paid, actor=actor, now=now).number


def _tell(owed: Owed, news: News, fen: int, more: Mapping[str, str], now: datetime) -> None:
    if news == News.EXPIRED and is_undecided(owed.row):
        return  # she is asked to pay once the office has said yes
    told = {"yuan": money(fen), **more}
    if isinstance(owed.row, Booking):
        tell_booker(owed.row, LETTERS[news], told, now=now)
    else:
        tell_taker(owed.row, owed.row.event, LETTERS[news], more=told, now=now)


def _booking_page(booking_id: int) -> tuple[str, str]:
    code = Booking.objects.filter(pk=booking_id).values_list("code", flat=True).first()
    return (code, reverse("activities:booking_fee", args=[booking_id])) if code else ("", "")


def _family_page(enrolment_id: int) -> tuple[str, str]:
    found = Enrolment.objects.filter(pk=enrolment_id).first()
    if found is None:
        return "", ""
    return found.code, reverse("activities:family_fee", args=[found.event_id, found.code])


PAID_FOR = (
    Payable(OF_BOOKING, lambda pk: _held(held_payer(Booking, pk)), _note, _tell, _booking_page),
    Payable(OF_FAMILY, lambda pk: _held(held_payer(Enrolment, pk)), _note, _tell, _family_page),
)
