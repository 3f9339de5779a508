"""The office notes what was paid for a booking or by a family at an event, and what went back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.activities.forms.fees import GiveBackForm, PayForm, SettleForm
from linli.activities.queries import bookings, events, going_back
from linli.activities.queries import fees as queries
from linli.activities.services import fees, paying
from linli.activities.services.bookings import LOOKS
from linli.activities.types.events import seat_in_words
from linli.activities.types.venues import STATE_TITLES
from linli.activities.views.frame import GET_POST, desk_way
from linli.exchange.queries.payments import Asking
from linli.kernel.errors import WrongState
from linli.kernel.fees import PAY_WAY, NotThatMuch
from linli.kernel.money import Money
from linli.kernel.web import Request, done, page
from linli.runtime.types import client_address, limited
from linli.ui.asking import Way, acted
from linli.ui.formats import moment, money
from linli.ui.forms import Form
from linli.ui.jinja import named


@never_cache
@require_http_methods(GET_POST)
def booking(request: Request, booking_id: int) -> HttpResponse:
    """The fee of a booking: what is open, receipts, what went back."""
    found = bookings.get_booking(request.actor, booking_id)
    to = reverse("activities:booking_desk", args=[found.pk])
    frame = {
        "title": found.code, "about": about_booking(found),
        "paper": reverse("activities:booking", args=[found.code]) + "?paper=fee",
    }  # fmt: skip
    way = desk_way(
        (_("Bookings"), reverse("activities:bookings")), (found.code, to), (_("Fee"), "")
    )
    return _fee_page(request, found, way, frame)


@never_cache
@require_http_methods(GET_POST)
def family(request: Request, event_id: int, code: str) -> HttpResponse:
    """The fee of a family at an event."""
    event = events.kept_event(request.actor, event_id)
    found = events.family_of(event, code)
    frame = {
        "title": found.code, "about": about_family(found),
        "paper": reverse("activities:enrolment", args=[found.code]) + "?paper=fee",
    }  # fmt: skip
    way = desk_way(
        (_("Events and courses"), reverse("activities:events_desk")),
        (named(event), reverse("activities:event_desk", args=[event.pk])), (_("Fee"), ""),
    )  # fmt: skip
    return _fee_page(request, found, way, frame)


def back_frame(payer: Any, fee: queries.FeeState, asking: Asking, now: datetime) -> dict[str, Any]:
    """Return how she gets back what is not owed any more, and from whom, for her own pages."""
    office = going_back.office_to_ask(payer, fee, asking, localdate(now))
    return {"back": going_back.ways_back(fee), "office": office}


def with_back(words: str, payer: queries.Payer) -> str:
    """Return what she reads who gave a time or places back: also what of her money goes back."""
    back = queries.fee_of(payer).back_fen
    if not back:
        return words
    more = _("%(yuan)s goes back to you: how stands below.") % {"yuan": money(back)}
    return f"{words} {more}"


def about_booking(found: Any) -> list[tuple[Any, Any]]:
    """Return what a fee is for, as facts."""
    return [
        (_("Venue"), named(found.venue)), (_("When"), moment(found.starts_at)),
        (_("State"), STATE_TITLES[found.state]), (_("Booking code"), found.code),
    ]  # fmt: skip


def about_family(found: Any) -> list[tuple[Any, Any]]:
    """Return what a fee is for, as facts."""
    return [
        (_("Event or course"), named(found.event)), (_("When"), moment(found.event.first_at)),
        (_("Number of people"), found.people), (_("State"), seat_in_words(found.state, found.event.state)[0]),
        (_("Code of the family"), found.code),
    ]  # fmt: skip


def _fee_page(request: Request, payer: Any, way: Way, frame: dict[str, Any]) -> HttpResponse:
    if request.POST.get("move") in ("ask", "withdraw"):
        return _ordered(request, payer, request.POST["move"])
    move, fee = request.POST.get("move", ""), queries.fee_of(payer)
    pay = PayForm(
        None if move in ("back", "settle") else request.POST or None,
        initial={"amount": Money(fee.open_fen)},
        auto_id="id_pay_%s",
    )
    sent = GiveBackForm(request.POST) if move == "back" else None
    settle = SettleForm(
        request.POST if move == "settle" else None,
        initial={"owed": Money(fee.owed_fen)},
        auto_id="id_settle_%s",
    )
    form: Form = settle if move == "settle" else sent or pay
    if made := acted(request, form, _act(request, payer, form)):
        messages.success(request, made[0])
        return done(request, request.path)
    context = {
        **frame, "fee": fee, "asking": queries.asking(payer, fee), "ways": PAY_WAY, "pay": pay, "backs": _backs(fee, sent), "way": way, "settle": settle if queries.may_settle(payer) else None,
        "faults": form.faults if form.is_bound else [],
    }  # fmt: skip
    return page(request, "activities/fee_desk.html", context, status=422 if form.is_bound else 200)


def _ordered(request: Request, payer: Any, move: str) -> HttpResponse:
    """Give a number under which the fee is paid over the payment system, or withdraw it."""
    now = timezone.now()
    if move == "withdraw":
        paying.withdraw_order(payer, actor=request.actor, now=now)
        messages.success(request, _("Nothing more can be paid under the number."))
        return done(request, request.path)
    try:
        made = paying.ask_payment(payer, actor=request.actor, now=now)
    except (NotThatMuch, WrongState) as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(
            request, _("The number to pay under is %(number)s.") % {"number": made.number}
        )
    return done(request, request.path)


@limited("activities.codes", LOOKS, client_address)
@require_POST
def pay(request: Request, code: str) -> HttpResponse:
    """Give whoever booked, or is enrolled, the number that she pays under."""
    payer = queries.payer_by_code(code)
    try:
        made = paying.ask_own_payment(payer, actor=request.actor, now=timezone.now())
    except (NotThatMuch, WrongState) as wrong:
        messages.error(request, str(wrong))
    else:
        words = _("Your number to pay under is %(number)s.")
        messages.success(request, words % {"number": made.number})
    return done(request, reverse(f"activities:{queries.kind_of(payer)}", args=[payer.code]))


def _act(request: Request, payer: Any, form: Form) -> Callable[[], str]:
    """Return what the form does, with the words that follow it."""

    def act() -> str:
        said, actor, now = form.cleaned_data, request.actor, timezone.now()
        if isinstance(form, GiveBackForm):
            fees.give_back(
                payer, said["receipt"], said["amount"].fen, said["reason"], actor=actor, now=now
            )
            return _("It is noted that it went back.")
        if isinstance(form, SettleForm):
            fees.settle_owed(payer, said["owed"].fen, actor=actor, now=now)
            return _("Recorded.")
        paid = fees.take_payment(payer, said["amount"].fen, said["way"], actor=actor, now=now)
        return _("Paid; the receipt has number %(number)s.") % {"number": paid.number}

    return act


def _backs(fee: queries.FeeState, sent: GiveBackForm | None) -> list[tuple[Any, int, GiveBackForm]]:
    """Return each payment with what is left of it and its form; the one that was sent keeps what was typed."""
    found = []
    for one in fee.payments:
        left = queries.left_of(one)
        first = {"receipt": one.number, "amount": Money(min(left, fee.back_fen) or left)}
        fresh = GiveBackForm(initial=first, auto_id=f"id_{one.number}_%s")
        is_sent = sent is not None and sent.data.get("receipt") == one.number
        found.append((one, left, sent if sent is not None and is_sent else fresh))
    return found
