"""Booking a visit: everybody finds a time, books without an account, moves and cancels by code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
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
from linli.kernel.permits import NOBODY
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings import permits
from linli.offerings.clients.calendars import visit_calendar
from linli.offerings.forms.visits import BookForForm, BookForm, CodeForm, day_in
from linli.offerings.queries import rounds, slots, windows
from linli.offerings.queries import visits as queries
from linli.offerings.queries.home_visits import home_visit_called
from linli.offerings.queries.items import versions_named
from linli.offerings.services import visits
from linli.offerings.types.visits import BOOKS, LOOKS, FreeDay, Way, Wish
from linli.offerings.views.home_visits import item_words
from linli.offerings.views.visit_frame import GET_POST
from linli.orgs import queries as orgs
from linli.places import queries as places
from linli.runtime.types import client_address, is_fresh, limited

DAYS, MOST_CENTRES = 7, 60
# what a code given out by a centre may open
DOORS: tuple[tuple[str, Callable[[str], Any]], ...] = (
    ("offerings:visit", queries.visit_called),
    ("offerings:home_visit", home_visit_called),
    ("offerings:entry", rounds.entry_called),
)


@require_safe
def start(request: Request) -> HttpResponse:
    """Choose a centre near a place, or look up a visit by its code."""
    if "code" in request.GET:
        return _look_up(request)
    return _choose(request, CodeForm())


@limited("offerings.codes", LOOKS, client_address)
def _look_up(request: Request) -> HttpResponse:
    """Lead to what a code opens; one that opens nothing is told at its field."""
    form = CodeForm(request.GET)
    if form.is_valid():
        code = "".join(form.cleaned_data["code"].split()).replace("-", "").upper()
        for name, by_code in DOORS:
            try:
                return done(request, reverse(name, args=[by_code(code).code]))
            except NotFound:
                continue
        form.add_error("code", _("No visit has this code. Compare it sign by sign."))
    return _choose(request, form)


def _choose(request: Request, form: CodeForm) -> HttpResponse:
    asked, item = request.GET.get("place", ""), request.GET.get("item", "")
    place = places.get_place(asked) if asked else None
    path = place.path if place else ""
    rows = windows.centres_with_windows(path, localdate())
    if len(rows) == 1 and place is not None and not form.is_bound:
        return done(request, _week_of(rows[0].organisation.code, item))
    context: dict[str, object] = {
        "place": place, "item": item, "rows": rows[:MOST_CENTRES], "is_more": len(rows) > MOST_CENTRES,
        "form": form,
    }  # fmt: skip
    status = 404 if form.is_bound else 200
    return page(request, "offerings/visits/start.html", context, status=status)


@require_safe
def for_item(request: Request, key: str) -> HttpResponse:
    """Lead from an item to the centres where a visit for it is booked."""
    asked = {"item": key, **({"place": request.GET["place"]} if "place" in request.GET else {})}
    return done(request, f"{reverse('offerings:visits')}?{urlencode(asked)}")


def _week_of(centre: str, item: str) -> str:
    return reverse("offerings:week", args=[centre]) + (
        f"?{urlencode({'item': item})}" if item else ""
    )


@require_safe
def week(request: Request, centre: str) -> HttpResponse:
    """The free times of a centre: seven days, and the times of one of them."""
    body, days, chosen, context = _free(request, centre)
    context |= {"book": reverse("offerings:book", args=[centre]), "moving": None}
    return page(request, "offerings/visits/week.html", context, part="offerings/visits/_week.html")


def _free(request: Request, centre: str) -> tuple[Any, list[FreeDay], FreeDay, dict[str, object]]:
    """Return a centre, the days that are shown, the chosen one, and what the page takes."""
    now, item = timezone.now(), request.GET.get("item", "")[:60]
    today = localdate(now)
    body = windows.centre_called(centre, today)
    first = max(day_in(request.GET.get("from", "")) or today, today)
    first = min(first, today + timedelta(days=366))
    serves = request.actor.may(permits.SERVE, at=body.path)
    way = Way.PHONE if serves else Way.ONLINE
    days = slots.free_days(body.pk, body.path, first, DAYS, item=item, way=way, now=now)
    wanted = day_in(request.GET.get("day", ""))
    chosen = next((one for one in days if one.on == wanted), None) or next(
        (one for one in days if one.times), days[0]
    )
    last = today + timedelta(days=slots.terms_at(body.path, today).horizon)
    context: dict[str, object] = {
        "centre": body, "days": days, "chosen": chosen, "item": item, "today": today,
        "parts": _parts(chosen), "why": queries.why_words(chosen.why),
        "earlier": _stepped(first, -DAYS, today) if first > today else None,
        "later": _stepped(first, DAYS, today) if first + timedelta(days=DAYS) <= last else None,
        "last": last, "serves": serves, "signs": windows.told_apart(body.pk), "rounds": rounds.open_rounds(body.pk),
    }  # fmt: skip
    return body, days, chosen, context


def _stepped(first: date, days: int, today: date) -> str:
    return max(first + timedelta(days=days), today).isoformat()


def _parts(day: FreeDay) -> list[tuple[str, list[Any]]]:
    """Return the times of a day by morning and afternoon."""
    noon = slots.moment_of(day.on, 12 * 60)
    morning = [one for one in day.times if one.starts_at < noon]
    rest = [one for one in day.times if one.starts_at >= noon]
    return [
        (title, times)
        for title, times in ((_("Morning"), morning), (_("Afternoon"), rest))
        if times
    ]


@limited("offerings.book", BOOKS, client_address, counts=is_fresh)
@require_http_methods(GET_POST)
def book(request: Request, centre: str) -> HttpResponse:
    """Book one time: name and telephone may stay empty. Without a time it leads to the week."""
    body = windows.centre_called(centre, localdate())
    if "at" not in request.GET:
        return done(request, _week_of(centre, request.GET.get("item", "")[:60]))
    wish = _wish(request)
    serves = request.actor.may(permits.SERVE, at=body.path)
    form = (BookForForm if serves else BookForm)(request.POST or None)
    if request.method != "POST" and not _is_free(
        wish, body.pk, Way.PHONE if serves else Way.ONLINE
    ):
        messages.error(request, _("This time cannot be booked. Choose one of those that are free."))
        return done(request, _week_of(centre, wish.item))
    if request.method == "POST" and form.is_valid():
        way = form.chosen if isinstance(form, BookForForm) else Way.ONLINE
        try:
            made = visits.book(wish, form.contact, way=way, actor=request.actor, now=timezone.now())
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            return done(request, reverse("offerings:visit", args=[made.code]))
    context: dict[str, object] = {
        "centre": body, "wish": wish, "form": form, "item_name": _item_name(wish.item), "serves": serves,
        "sign": windows.told_apart(body.pk).get(wish.window_id),
        "week": _week_of(centre, wish.item),
    }  # fmt: skip
    return page(
        request, "offerings/visits/book.html", context, status=422 if form.is_bound else 200
    )


book.reads_freely = True  # type: ignore[attr-defined]  # opening the form books nothing


def _is_free(wish: Wish, centre_id: int, way: Way) -> bool:
    now = timezone.now()
    ground = windows.ground_of(wish.window_id, localdate(now))
    return ground.centre_id == centre_id and slots.is_free(ground, wish.starts_at, way, now)


def _wish(request: Request) -> Wish:
    """Return the time that an address names. Refuses with NotFound."""
    at, number = read_moment(request.GET.get("at", "")), whole_number(request.GET.get("window"))
    if at is None or number is None:
        raise NotFound()
    return Wish(number, at, request.GET.get("item", "")[:60], get_language() or "zh-hans")


@limited("offerings.codes", LOOKS, client_address)
@require_safe
def visit(request: Request, code: str) -> HttpResponse:
    """A visit for whoever has its code: when, where, what to bring, move, cancel."""
    found = queries.visit_called(code)
    now = timezone.now()
    context: dict[str, object] = {
        "visit": found, "item_name": _item_name(found.item), "centre": _centre_of(found), "why": queries.why_words(found.why),
        "may_change": found.state == "booked" and found.starts_at > now,
        "serves": request.actor.may(permits.SERVE, at=found.path),
        "public_url": settings.LINLI_PUBLIC_URL,
        "door": settings.LINLI_PUBLIC_URL + reverse("offerings:visits"),
    }  # fmt: skip
    name = "paper" if request.GET.get("format") == "print" else "visit"
    return page(request, f"offerings/visits/{name}.html", context)


def _item_name(key: str) -> str:
    return item_words(versions_named([key]), key) if key else ""


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
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="visit-{found.code}.ics"'
    return response


@limited("offerings.codes", LOOKS, client_address)
@require_http_methods(GET_POST)
def move(request: Request, code: str) -> HttpResponse:
    """Choose another time for a visit; the old one is given up only when the new one is taken."""
    found = queries.visit_called(code)
    centre = _centre_of(found)
    if request.method == "POST":
        try:
            visits.move(code, _wish(request), actor=request.actor, now=timezone.now())
        except WrongState as fault:
            messages.error(request, str(fault))
            return done(request, reverse("offerings:visit_move", args=[found.code]))
        messages.success(request, _("The visit is moved."))
        return done(request, reverse("offerings:visit", args=[found.code]))
    _body, _days, _chosen, context = _free(request, centre.code)
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
