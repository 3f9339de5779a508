"""A visit: booked without an account, moved and cancelled by code."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.dates import read_moment
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paths import chain_of_path, code_of
from linli.kernel.permits import NOBODY
from linli.kernel.web import Request, calendar_answer, done, page
from linli.kernel.wholes import whole_number
from linli.offerings import permits
from linli.offerings.clients.calendars import visit_calendar
from linli.offerings.errors import KeptTime, NoSuchTime, NotServed, TimeTaken
from linli.offerings.forms.visits import BookForForm, BookForm
from linli.offerings.queries import slots, windows
from linli.offerings.queries import visits as queries
from linli.offerings.queries.called_off import called_off
from linli.offerings.queries.item_naming import item_title, title_asked
from linli.offerings.queries.next_times import next_times, other_times
from linli.offerings.services import visits
from linli.offerings.states import VisitState
from linli.offerings.types.visits import BOOKS, LOOKS, Way, Wish
from linli.offerings.views.visit_frame import GET_POST
from linli.offerings.views.visit_times import free_times, week_of
from linli.orgs import queries as orgs
from linli.runtime.types import client_address, is_fresh, limited

AGAIN = (VisitState.CANCELLED, VisitState.NO_SHOW, VisitState.PASSED)
# what says that the time itself cannot be had
GONE = (TimeTaken, NoSuchTime, KeptTime)


@limited("offerings.book", BOOKS, client_address, counts=is_fresh)
@require_http_methods(GET_POST)
def book(request: Request, centre: str) -> HttpResponse:
    """Book one time: name and telephone may stay empty. Without a time it leads to the week."""
    body = windows.centre_called(centre, localdate())
    if "at" not in request.GET:
        return done(request, week_of(centre, request.GET.get("item", "")[:60]))
    wish = _wish(request)
    name, on = title_asked(wish.item), localdate(wish.starts_at)
    serves = request.actor.may(permits.SERVE, at=body.path)
    form = (BookForForm if serves else BookForm)(request.POST or None)
    asks = Way.PHONE if serves else Way.ONLINE
    if request.method != "POST" and ((wish.item and not name) or not _is_free(wish, body.pk, asks)):
        messages.error(request, _("This time cannot be booked. Choose one of those that are free."))
        return done(request, week_of(centre, wish.item if name else "", wish.window_id, on))
    others = None
    if request.method == "POST" and form.is_valid():
        way = form.chosen if isinstance(form, BookForForm) else Way.ONLINE
        try:
            made = visits.book(
                wish, form.contact, way=way, address=client_address(request), actor=request.actor,
                now=timezone.now(),
            )  # fmt: skip
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            form.add_error(None, str(fault))
            if isinstance(fault, GONE):
                others = other_times(body, wish, asks, timezone.now())
        else:
            return done(request, reverse("offerings:visit", args=[made.code]))
    context: dict[str, object] = {
        "centre": body, "wish": wish, "form": form, "item_name": name, "serves": serves, "others": others,
        "sign": windows.told_apart(body.pk).get(wish.window_id),
        "week": week_of(centre, wish.item if name else "", wish.window_id, on),
    }  # fmt: skip
    return page(
        request, "offerings/visits/book.html", context, status=422 if form.is_bound else 200
    )


book.reads_freely = True  # type: ignore[attr-defined]  # opening the form books nothing


def _is_free(wish: Wish, centre_id: int, way: Way) -> bool:
    now = timezone.now()
    ground = windows.ground_of(wish.window_id, localdate(now))
    return ground.centre_id == centre_id and slots.is_free(
        ground, wish.starts_at, way, now, wish.item
    )


def _wish(request: Request) -> Wish:
    """Return the time that an address names. Refuses with NotFound."""
    at, number = read_moment(request.GET.get("at", "")), whole_number(request.GET.get("window"))
    if at is None or number is None:
        raise NotFound()
    return Wish(number, at, request.GET.get("item", "")[:60], get_language() or "zh-hans")


@limited("offerings.codes", LOOKS, client_address)
@require_safe
def visit(request: Request, code: str) -> HttpResponse:
    """A visit for whoever has its code: when, where, what to bring, move, cancel; other times for one called off."""
    found = queries.visit_called(code)
    now = timezone.now()
    is_off = found.state == VisitState.CLOSED and queries.may_move(found, now)
    context: dict[str, object] = {
        "visit": found, "item_name": item_title(found.item), "centre": _centre_of(found), "why": queries.why_words(found.why),
        "off": called_off(found), "again": _again(found, now),
        "may_change": found.state == VisitState.BOOKED and queries.may_move(found, now),
        "next_times": next_times(found, now) if is_off else None, "town": code_of(chain_of_path(found.path)[:2][-1]),
        "serves": request.actor.may(permits.SERVE, at=found.path),
        "public_url": settings.LINLI_PUBLIC_URL,
        "door": settings.LINLI_PUBLIC_URL + reverse("offerings:visits"),
    }  # fmt: skip
    name = "paper" if request.GET.get("format") == "print" else "visit"
    return page(request, f"offerings/visits/{name}.html", context)


def _again(found: Any, now: datetime) -> str:
    """Return where the same is booked again once nobody comes to a visit any more; nothing while it stands."""
    if found.state not in AGAIN:
        return ""
    on = localdate(found.starts_at) if found.starts_at > now else None
    item = found.item if title_asked(found.item) else ""
    return week_of(orgs.code_of(found.window.centre_id), item, found.window_id, on)


def _centre_of(found: Any) -> Any:
    return orgs.organisation_by_id(NOBODY, found.window.centre_id, on=localdate())


@limited("offerings.codes", LOOKS, client_address)
@require_safe
def calendar(request: Request, code: str) -> HttpResponse:
    """A visit as an entry of one's own calendar."""
    found = queries.visit_called(code)
    centre = _centre_of(found)
    text = visit_calendar(found, centre, request.build_absolute_uri(
        reverse("offerings:visit", args=[found.code])
    ), now=timezone.now())  # fmt: skip
    return calendar_answer(text, f"visit-{found.code}")


@limited("offerings.codes", LOOKS, client_address)
@require_http_methods(GET_POST)
def move(request: Request, code: str) -> HttpResponse:
    """Choose another time for a visit; the old one is given up only when the new one is taken."""
    found = queries.visit_called(code)
    centre = _centre_of(found)
    if request.method == "POST":
        wish = _wish(request)
        try:
            visits.move(code, wish, actor=request.actor, now=timezone.now())
        except (WrongState, NotServed) as fault:
            messages.error(request, str(fault))
            day = urlencode({"day": localdate(wish.starts_at).isoformat()})
            return done(request, f"{reverse('offerings:visit_move', args=[found.code])}?{day}")
        messages.success(request, _("The visit is moved."))
        return done(request, reverse("offerings:visit", args=[found.code]))
    if not queries.may_move(found, timezone.now()):
        messages.error(request, _("This visit cannot be moved any more. Book again instead."))
        return done(request, reverse("offerings:visit", args=[found.code]))
    context = free_times(request, centre, item=found.item, window=found.window_id)
    context |= {"moving": found, "book": reverse("offerings:visit_move", args=[found.code])}
    return page(request, "offerings/visits/week.html", context, part="offerings/visits/_week.html")


move.reads_freely = True  # type: ignore[attr-defined]


@limited("offerings.codes", LOOKS, client_address)
@require_POST
def cancel(request: Request, code: str) -> HttpResponse:
    """Cancel a visit."""
    found = visits.cancel(code, actor=request.actor, now=timezone.now())
    messages.success(request, _("The visit is cancelled. Somebody else can have the time now."))
    return done(request, reverse("offerings:visit", args=[found.code]))
