"""Venues over the API: what can be booked, free times, and the office's editing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.activities.forms.hours import DaysForm, WeekForm
from linli.activities.forms.venues import VenueForm
from linli.activities.queries import venues as queries
from linli.activities.queries.bookings import closing
from linli.activities.rules.venues import write_spans
from linli.activities.services import openings
from linli.activities.services import venues as services
from linli.activities.types.venues import VenueKind
from linli.kernel.api import PagedIn, listed, one_of, plain
from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.paths import CITY_PATH, code_of, path_of
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()
BY_ID = Keyset("id", ("id",))
COLUMNS = (
    "id", "kind", "owner", "name", "name_en", "address", "about", "people", "audience", "step_minutes",
    "most_minutes", "ahead_days", "notice_minutes", "needs_approval", "hour_fen", "deposit_fen",
    "terms", "phone", "edition",
)  # fmt: skip
MOST_DAYS = 31


class VenueOut(Schema):
    """A venue; `place` is the code of its village, money in fen, `week` the hours from Monday on."""

    id: int
    place: str
    kind: str
    owner: str
    name: str
    name_en: str
    address: str
    about: str
    people: int
    audience: str
    step_minutes: int
    most_minutes: int
    ahead_days: int
    notice_minutes: int
    needs_approval: bool
    hour_fen: int
    deposit_fen: int
    terms: str
    phone: str
    edition: int
    week: list[str]


class VenuesOut(Schema):
    count: int
    items: list[VenueOut]
    next: str | None


class VenuesIn(PagedIn):
    place: str = ""
    kind: str = ""
    q: str = ""


class TimeOut(Schema):
    """A piece of time; `state` is free, taken, past, late (too soon) or far (not open yet)."""

    starts_at: datetime
    ends_at: datetime
    state: str


class DayOut(Schema):
    on: date
    reason: str
    times: list[TimeOut]


class TimesOut(Schema):
    venue: int
    days: list[DayOut]


class TimesIn(Schema):
    first: date | None = None
    days: int = 7


class VenueIn(Schema):
    """As the form of the page: money in yuan as text, lines of `checks` one below the other."""

    name: str
    kind: str
    owner: str
    address: str
    people: int
    audience: str
    step_minutes: int
    most_minutes: int
    ahead_days: int
    notice_minutes: int
    open_most: int
    hour: str
    deposit: str
    name_en: str = ""
    about: str = ""
    needs_approval: bool = False
    follows_calendar: bool = False
    terms: str = ""
    checks: str = ""
    phone: str = ""
    edition: int | None = None


class WeekIn(Schema):
    """Hours from Monday on, such as "8:00-12:00, 14:00-21:30"; empty is closed."""

    week: list[str]
    drops: bool = False
    reason: str = ""


class DaysIn(Schema):
    """Days that differ; without `hours` the venue is closed."""

    first_on: date
    reason: str
    last_on: date | None = None
    hours: str = ""
    drops: bool = False


class DaysOut(Schema):
    id: int
    first_on: date
    last_on: date
    reason: str


@router.get("/venues/", response=VenuesOut)
def list_venues(request: Request, asked: Query[VenuesIn]) -> dict[str, Any]:
    """Venues that can be booked at a place and below; everybody reads it."""
    one_of("kind", asked.kind, VenueKind)
    path = path_of(asked.place, empty=CITY_PATH)
    found = queries.venues_at(path, kind=asked.kind, words=asked.q[:60])
    page = page_of(found, BY_ID, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, _venue)


@router.get("/venues/{int:venue_id}/", response=VenueOut)
def read_venue(request: Request, venue_id: int) -> dict[str, Any]:
    """One venue with its rules."""
    return _venue(queries.get_venue(venue_id))


def _venue(one: Any) -> dict[str, Any]:
    week = [write_spans(spans) for _day, spans in sorted(queries.week_of(one).items())]
    return {**plain(one, *COLUMNS), "place": code_of(one.path), "week": week}


@router.get("/venues/{int:venue_id}/times/", response=TimesOut)
def read_times(request: Request, venue_id: int, asked: Query[TimesIn]) -> dict[str, Any]:
    """The pieces of time of some days, from today or another day; who has a time is not told."""
    if not 1 <= asked.days <= MOST_DAYS:
        raise Invalid({"days": [f"1–{MOST_DAYS}"]})
    venue, now = queries.get_venue(venue_id), timezone.now()
    days = queries.days_of(venue, asked.first or localdate(now), asked.days, now=now)
    shown = [
        {"on": day.on, "reason": day.reason,
         "times": [plain(one, "starts_at", "ends_at", "state") for one in day.slots]}
        for day in days
    ]  # fmt: skip
    return {"venue": venue.pk, "days": shown}


@router.post("/places/{code}/venues/", response={201: VenueOut})
def add_venue(request: Request, code: str, given: VenueIn) -> Status[dict[str, Any]]:
    """Enter a venue of a place."""
    form = VenueForm(given.dict())
    form.accepted()
    place = places.open_place(code)
    return Status(
        201, _venue(services.add_venue(place, form.facts, actor=request.actor, now=timezone.now()))
    )


@router.post("/venues/{int:venue_id}/correct", response=VenueOut)
def change_venue(request: Request, venue_id: int, given: VenueIn) -> dict[str, Any]:
    """Correct a venue; with `edition` only if nobody saved meanwhile."""
    found = queries.kept_venue(request.actor, venue_id)
    form = VenueForm(given.dict())
    form.accepted()
    changed = services.change_venue(
        found, form.facts, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _venue(changed)


@router.post("/venues/{int:venue_id}/hours", response=VenueOut)
def set_week(request: Request, venue_id: int, given: WeekIn) -> dict[str, Any]:
    """Set the weekly hours; bookings outside are cancelled only with `drops`."""
    found = queries.kept_venue(request.actor, venue_id)
    typed: dict[str, Any] = {f"day_{n}": text for n, text in enumerate(given.week[:7])}
    form = WeekForm({**typed, "drops": given.drops, "reason": given.reason})
    form.accepted()
    services.set_week(
        found, form.week, drops=given.drops, reason=given.reason, actor=request.actor, now=timezone.now()
    )  # fmt: skip
    return _venue(found)


@router.post("/venues/{int:venue_id}/days", response={201: DaysOut})
def set_days(request: Request, venue_id: int, given: DaysIn) -> Status[dict[str, Any]]:
    """Close a venue on some days or open it at other hours; bookings there only go with `drops`."""
    found = queries.kept_venue(request.actor, venue_id)
    form = DaysForm({**given.dict(), "last_on": given.last_on or given.first_on})
    form.accepted()
    made = openings.set_days(
        found, form.facts, drops=given.drops, actor=request.actor, now=timezone.now()
    )
    return Status(201, plain(made, "id", "first_on", "last_on", "reason"))


@router.post("/venues/days/{int:days_id}/lift", response=DaysOut)
def lift_days(request: Request, days_id: int) -> dict[str, Any]:
    """Let the usual hours hold again."""
    made = openings.lift_days(closing(days_id), actor=request.actor, now=timezone.now())
    return plain(made, "id", "first_on", "last_on", "reason")
