"""A time is booked: whom to ask for, under which number; who came too late keeps what she typed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.activities import permits
from linli.activities.forms.bookings import BookForm, write_start
from linli.activities.queries import venues
from linli.activities.queries.next_spans import spans_near
from linli.activities.services import bookings as services
from linli.activities.types.venues import DAY_MINUTES, Audience
from linli.activities.views.frame import GET_POST, village_way
from linli.kernel.dates import read_moment
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.orgs.queries import homes
from linli.runtime.types import account_or_address, client_address, is_fresh, limited


def _lengths(venue: Any, starts_at: datetime, *, by_office: bool, now: datetime) -> list[int]:
    """Return how long one may stay from a start: whole free pieces, up to the longest booking."""
    (day,) = venues.days_of(venue, localdate(starts_at), 1, now=now)
    open_to = ("free", "late", "far") if by_office else ("free",)
    most = DAY_MINUTES if by_office else venue.most_minutes
    lengths: list[int] = []
    at = starts_at
    for slot in day.slots:
        if slot.starts_at == at and slot.state in open_to:
            at = slot.ends_at
            lengths.append(int((at - starts_at).total_seconds() // 60))
    return [one for one in lengths if one <= most]


@limited("activities.bookings", services.BOOKED, account_or_address, counts=is_fresh)
@require_http_methods(GET_POST)
def book(request: Request, venue_id: int) -> HttpResponse:
    """Book the time of the address: whom to ask for and under which number, then it is done."""
    venue, now = venues.get_venue(venue_id), timezone.now()
    given = request.POST if request.method == "POST" else request.GET
    starts_at = read_moment(given.get("start", "")[:40])
    by_office = request.actor.may(permits.BOOKINGS, at=venue.path)
    is_open = by_office or venue.audience != Audience.OFFICE
    lengths = (
        _lengths(venue, starts_at, by_office=by_office, now=now) if starts_at and is_open else []
    )
    if starts_at is None or not lengths:
        return _gone(request, venue, starts_at if is_open else None, by_office=by_office, now=now)
    initial = {"start": write_start(starts_at), "minutes": lengths[0], "people": 1}
    form = _form(request, venue, lengths=lengths, by_office=by_office, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = _booked(request, form, venue, now)
        if made is not None:
            return done(request, f"{reverse('activities:booking', args=[made.code])}?new=1")
    return _asked(request, venue, form, starts_at, now)


book.reads_freely = True  # type: ignore[attr-defined]  # opening the form books nothing


def _gone(
    request: Request, venue: Any, starts_at: datetime | None, *, by_office: bool, now: datetime
) -> HttpResponse:
    """Tell that a time is not free any more; whoever typed already keeps it and chooses another one there."""
    minutes = whole_number(request.POST.get("minutes"), least=1, most=DAY_MINUTES)
    near = (
        spans_near(venue, starts_at, timedelta(minutes=minutes), now)
        if starts_at and minutes
        else []
    )
    if minutes is None or not near:
        back = reverse("activities:venue", args=[venue.pk])
        messages.warning(request, _("This time is not free any more. Choose another one."))
        return HttpResponseRedirect(f"{back}?day={localdate(starts_at)}" if starts_at else back)
    others = [start for start, _end in near]
    form = _form(request, venue, lengths=[minutes], by_office=by_office, others=others)
    return _asked(request, venue, form, None, now)


def _form(request: Request, venue: Any, *, by_office: bool, **more: Any) -> BookForm:
    return BookForm(
        request.POST or None, most_people=venue.people,
        asks_neighbour=venue.audience == Audience.NEIGHBOURS and not by_office,
        asks_people=not venue.is_lent, **more,
    )  # fmt: skip


def _asked(
    request: Request, venue: Any, form: BookForm, starts_at: datetime | None, now: datetime
) -> HttpResponse:  # fmt: skip
    context: dict[str, object] = {
        "venue": venue, "form": form, "starts_at": starts_at,
        "way": village_way(venue, (_("Book"), "")), "back": reverse("activities:venue", args=[venue.pk]),
        "office": homes.office_of(venue.path, localdate(now)) if venue.needs_approval else None,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "activities/venues/book.html", context, status=status)


def _booked(request: Request, form: BookForm, venue: Any, now: datetime) -> Any:
    try:
        facts = form.facts(get_language() or "zh-hans")
        return services.book(
            venue, facts, address=client_address(request), actor=request.actor, now=now
        )
    except ValueError:
        form.add_error(None, _("This page address is damaged. Start from the first page."))
    except Invalid as fault:
        form.take(fault.fields)
    except WrongState as fault:
        form.add_error(None, str(fault))
    return None
