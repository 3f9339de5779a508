"""Venues as everybody sees them: the list of a place, the week of one, on the touch screen, on paper."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from linli.activities.forms.bookings import length_words, write_start
from linli.activities.queries import venues as queries
from linli.activities.types.venues import AUDIENCE_TITLES, KIND_ICONS, KIND_TITLES, OWNER_TITLES
from linli.activities.views.frame import day_in, village_way
from linli.kernel.paging import page_of
from linli.kernel.paths import code_of
from linli.kernel.web import Request, page
from linli.kernel.wholes import whole_number
from linli.places import queries as places
from linli.ui.formats import hours_of

WEEK, PAGE, ON_TOUCH = 7, 50, 7
WORDS: dict[str, Any] = {
    "kinds": KIND_TITLES, "icons": KIND_ICONS, "owners": OWNER_TITLES, "audiences": AUDIENCE_TITLES,
    "start_of": write_start, "length": length_words, "hours": hours_of,
}  # fmt: skip


def _days_around(on: date, today: date) -> list[date]:
    first = max(on - timedelta(days=1), today)
    return [first + timedelta(days=n) for n in range(WEEK)]


@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """The venues of a place with their free times of one day, by kind and words."""
    place, now = queries.open_place(code), timezone.now()
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "")[:60]
    kind, today = kind if kind in KIND_TITLES else "", localdate(now)
    venues = queries.venues_at(place.path, kind=kind, words=words)
    found = page_of(venues, queries.BY_PLACE, cursor=request.GET.get("cursor"), limit=PAGE)
    asked = request.GET.get("day", "")
    on = max(day_in(asked), today) if asked else queries.first_free(found.items, WEEK, now=now)
    context: dict[str, object] = {
        **WORDS, "place": place, "rows": queries.rows_on(found.items, on, now=now), "found": found, "on": on, "kind": kind,
        "words": words, "days": _days_around(on, today), "after": on + timedelta(days=1),
        "is_later": not asked and on > today,
        "names": _names(found.items) if place.level != "village" else {},
    }  # fmt: skip
    return page(request, "activities/venues/list.html", context)


def _names(venues: list[Any]) -> dict[str, Any]:
    """Return the places of venues by path, where a list spans several."""
    codes = {venue.path: code_of(venue.path) for venue in venues}
    return {path: places.get_place(code) for path, code in codes.items()}


def week_frame(venue: Any, first: date, *, now: datetime) -> dict[str, object]:
    """Return what every face of a venue's week takes."""
    today = localdate(now)
    days = queries.days_of(venue, first, WEEK, now=now)
    last = first + timedelta(days=WEEK)
    return {
        **WORDS, "venue": venue, "place": places.get_place(code_of(venue.path)), "days": days,
        "first": first, "week": queries.week_of(venue),
        "differing": list(queries.days_ahead(venue, today)),
        "next": last if (last - today).days <= venue.ahead_days else None,
        "previous": max(first - timedelta(days=WEEK), today) if first > today else None,
        "address": settings.LINLI_PUBLIC_URL + reverse("activities:venue", args=[venue.pk]),
    }  # fmt: skip


@require_safe
def detail(request: Request, venue_id: int) -> HttpResponse:
    """A venue: its rules, and the free times of a week from today or another day."""
    venue, now = queries.get_venue(venue_id), timezone.now()
    first = max(day_in(request.GET.get("day", "")), localdate(now))
    frame = week_frame(venue, first, now=now)
    return page(request, "activities/venues/venue.html", {**frame, "way": village_way(venue)[:-1]})


@require_safe
def touch(request: Request, code: str) -> HttpResponse:
    """The venues of a place on the touch screen; with `venue` the week of one and a code for the phone."""
    place, now = queries.open_place(code), timezone.now()
    wanted = request.GET.get("venue", "")
    venues = queries.venues_at(place.path)
    venue = venues.filter(pk=whole_number(wanted) or 0).first()
    if venue is not None:
        frame = week_frame(venue, localdate(now), now=now)
        return page(request, "activities/venues/touch_venue.html", frame)
    found = page_of(venues, queries.BY_PLACE, cursor=request.GET.get("cursor"), limit=ON_TOUCH)
    context: dict[str, object] = {
        **WORDS, "place": place, "found": found,
        "rows": queries.rows_on(found.items, localdate(now), now=now),
    }  # fmt: skip
    return page(request, "activities/venues/touch.html", context)


@require_safe
def plan(request: Request, venue_id: int) -> HttpResponse:
    """The week of a venue on paper, A4 or A3, with the code that leads to what is free now."""
    venue, now = queries.get_venue(venue_id), timezone.now()
    given = day_in(request.GET.get("day", ""))
    first = given - timedelta(days=given.weekday())
    frame = week_frame(venue, first, now=now)
    paper = "a3" if request.GET.get("paper") == "a3" else "a4"
    return page(request, "activities/venues/plan.html", {**frame, "paper": paper, "now": now})
