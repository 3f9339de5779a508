"""A booking is found again by its code, moved, cancelled, decided, put into a calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.activities.errors import JustTaken
from linli.activities.forms.bookings import CodeForm, MoveForm, write_start
from linli.activities.queries import bookings as queries
from linli.activities.queries.events import enrolment_by_code
from linli.activities.queries.fees import asking, fee_of
from linli.activities.queries.next_spans import next_spans
from linli.activities.services import bookings as services
from linli.activities.services import changing
from linli.activities.types.venues import (
    PURPOSE_TITLES,
    STATE_TITLES,
    STATE_TONES,
)
from linli.activities.views.fees import about_booking, back_frame, with_back
from linli.activities.views.frame import GET_POST, day_in, village_way
from linli.activities.views.venues import week_frame
from linli.kernel.calendar_files import Entry, calendar_text
from linli.kernel.dates import read_moment
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.fees import PAY_WAY
from linli.kernel.web import Request, calendar_answer, done, page
from linli.runtime.types import client_address, limited
from linli.ui.jinja import named


@limited("activities.codes", services.LOOKS, client_address)
@require_safe
def find(request: Request) -> HttpResponse:
    """Ask for the code of a booking, or of places at an event, and lead there."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        to = _where(form.cleaned_data["code"])
        if to:
            return HttpResponseRedirect(to)
        words = _("There is no booking and no enrolment of this code. Compare it sign by sign.")
        form.add_error("code", words)
    mine = list(queries.own_bookings(request.actor, timezone.now())[:50])
    status = 404 if form.is_bound else 200
    return page(request, "activities/venues/find.html", {"form": form, "mine": mine}, status=status)


def _where(code: str) -> str:
    """Return the address of what a code opens; nothing if it opens nothing."""
    ways: tuple[tuple[str, Callable[[str], Any]], ...] = (
        ("activities:booking", queries.booking_by_code), ("activities:enrolment", enrolment_by_code),
    )  # fmt: skip
    for name, by_code in ways:
        try:
            return reverse(name, args=[by_code(code).code])
        except NotFound:
            continue
    return ""


@never_cache
@limited("activities.codes", services.LOOKS, client_address)
@require_safe
def detail(request: Request, code: str) -> HttpResponse:
    """A booking for whoever has its code: when, where, what next; as a calendar entry, on paper."""
    booking = queries.booking_by_code(code)
    if request.GET.get("format") == "ics":
        return _calendar(booking)
    now = timezone.now()
    fee = fee_of(booking)
    ask = asking(booking, fee)
    context: dict[str, object] = {
        "booking": booking, "venue": booking.venue, "states": STATE_TITLES, "tones": STATE_TONES,
        "purposes": PURPOSE_TITLES, "is_new": "new" in request.GET, "fee": fee,
        "asking": ask, "ways": PAY_WAY, "now": now, **back_frame(booking, fee, ask, now),
        "may_change": booking.state in ("asked", "held") and booking.starts_at > now,
        "others": next_spans(booking, now) if queries.is_called_off(booking) else None, "written": write_start,
        "way": village_way(booking.venue, (_("My booking"), "")),
    }  # fmt: skip
    template = "venues/booking_paper" if "paper" in request.GET else "venues/booking"
    if request.GET.get("paper") == "fee":
        own = settings.LINLI_PUBLIC_URL + reverse("activities:booking", args=[booking.code])
        about = about_booking(booking)
        template, context = (
            "fee_paper",
            {**context, "title": booking.code, "about": about, "own": own},
        )
    response = page(request, f"activities/{template}.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _calendar(booking: Any) -> HttpResponse:
    entry = Entry(
        uid=f"booking-{booking.code}@linli", title=named(booking.venue), place=booking.venue.address,
        starts_at=booking.starts_at, ends_at=booking.ends_at,
        is_cancelled=booking.state in ("cancelled", "refused"),
    )  # fmt: skip
    text = calendar_text([entry], now=timezone.now(), of="activities")
    return calendar_answer(text, booking.code)


@never_cache
@limited("activities.codes", services.LOOKS, client_address)
@require_http_methods(GET_POST)
def move(request: Request, code: str) -> HttpResponse:
    """Choose another time for a booking; the old one is free at the same moment."""
    booking, now = queries.booking_by_code(code), timezone.now()
    form = MoveForm(request.POST or None, initial={"edition": booking.edition})
    to = reverse("activities:booking", args=[booking.code])
    if request.method == "POST" and form.is_valid():
        starts_at = read_moment(form.cleaned_data["start"])
        try:
            if starts_at is None:
                raise JustTaken()
            span = (starts_at, starts_at + (booking.ends_at - booking.starts_at))
            changing.move_booking(
                booking, span, edition=form.cleaned_data["edition"], actor=request.actor, now=now
            )
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Moved. The old time is free again."))
            return done(request, to)
    first = max(day_in(request.GET.get("day", "")), localdate(now))
    frame = week_frame(booking.venue, first, now=now)
    context = {
        **frame,
        "booking": booking,
        "form": form,
        "way": village_way(booking.venue, (_("Move"), "")),
    }
    return page(
        request, "activities/venues/move.html", context, status=422 if form.is_bound else 200
    )


move.reads_freely = True  # type: ignore[attr-defined]  # opening the page moves nothing


@limited("activities.codes", services.LOOKS, client_address)
@require_POST
def cancel(request: Request, code: str) -> HttpResponse:
    """Give a time back; no reason is asked."""
    booking = queries.booking_by_code(code)
    try:
        gone = changing.cancel_booking(booking, actor=request.actor, now=timezone.now())
    except WrongState as fault:
        # she wrote nothing: her booking itself shows what became of it
        messages.warning(request, str(fault))
    else:
        messages.success(request, with_back(_("Cancelled. The time is free for others."), gone))
    return done(request, reverse("activities:booking", args=[booking.code]))
