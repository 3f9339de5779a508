"""Venues, their hours and free times. Venues are public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from linli.activities import permits
from linli.activities.models import Booking, Venue, VenueDays, WeekHours
from linli.activities.rules import venues as rules
from linli.activities.types.venues import DAY_MINUTES, HOLDING, Audience, Slot
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.places import queries as places
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.places.models import Place

Taken = dict[int, list[tuple[datetime, datetime]]]
BY_PLACE = Keyset("place", ("path", "name", "id"))


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is needed to say of some venues when they are open: one read for all of them."""

    week: dict[int, list[tuple[int, int, int]]]
    days: dict[int, list[VenueDays]]

    def spans(self, venue: Venue, on: date) -> list[rules.Span]:
        """Return when a venue is open on a day."""
        if venue.ended_on is not None and on >= venue.ended_on:
            return []
        differing = [
            rules.Differing(d.first_on, d.last_on, None if d.opens is None else (d.opens, d.closes or 0))
            for d in self.days.get(venue.pk, ())
        ]  # fmt: skip
        calendar = rulebook.calendar() if venue.follows_calendar else None
        return rules.open_spans(on, self.week.get(venue.pk, ()), differing, calendar)

    def reason(self, venue: Venue, on: date) -> str:
        """Return why a day differs, or nothing."""
        found = [d for d in self.days.get(venue.pk, ()) if d.first_on <= on <= d.last_on]
        return found[-1].reason if found else ""


@dataclass(frozen=True, slots=True)
class DayTimes:
    """A day of a venue: its pieces of time, and why it differs, if it does."""

    on: date
    slots: list[Slot]
    reason: str = ""

    @property
    def free(self) -> int:
        return sum(one.is_free for one in self.slots)


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A venue in a list, with the times of one day."""

    venue: Venue
    day: DayTimes
    next_free: list[Slot] = field(default_factory=list)


def terms_of(venue: Venue) -> rules.Terms:
    """Return how a venue may be booked."""
    return rules.Terms(
        venue.step_minutes, venue.most_minutes, venue.ahead_days, venue.notice_minutes
    )


def open_place(code: str) -> Place:
    """Return a place whose venues are shown. Refuses with NotFound."""
    place = places.get_place(code)
    if place.level not in ("village", "town", "city"):
        raise NotFound(code=code)
    return place


def venues_at(path: str, *, kind: str = "", words: str = "") -> QuerySet[Venue]:
    """Return the venues at a place and below that can be booked."""
    found = Venue.objects.filter(path__startswith=path, ended_on__isnull=True)
    if kind:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(name_en__icontains=word) | Q(address__icontains=word)
        )
    return found.order_by("path", "name", "pk")


def get_venue(venue_id: int) -> Venue:
    """Return a venue that can be booked. Refuses with NotFound."""
    found = Venue.objects.filter(pk=venue_id, ended_on__isnull=True).first()
    if found is None:
        raise NotFound(id=venue_id)
    return found


def kept_venues(actor: Actor) -> QuerySet[Venue]:
    """Venues that the actor keeps or whose bookings she sees; those that ended too."""
    return Venue.objects.filter(in_reach(actor, permits.VENUES, permits.BOOKINGS))


def kept_venue(actor: Actor, venue_id: int) -> Venue:
    """Return a venue for whoever works with it. Refuses with NotFound."""
    found = kept_venues(actor).filter(pk=venue_id).first()
    if found is None:
        raise NotFound(id=venue_id)
    return found


def schedule_of(venues: Iterable[Venue], first: date, last: date) -> Schedule:
    """Return the hours of venues and what differs between two days; two reads."""
    ids = [venue.pk for venue in venues]
    week: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in WeekHours.objects.filter(venue_id__in=ids).order_by("weekday", "opens"):
        week[row.venue_id].append((row.weekday, row.opens, row.closes))
    days: dict[int, list[VenueDays]] = defaultdict(list)
    found = VenueDays.objects.filter(venue_id__in=ids, lifted_at__isnull=True)
    for one in found.filter(first_on__lte=last, last_on__gte=first).order_by("made_at", "pk"):
        days[one.venue_id].append(one)
    return Schedule(week, days)


def taken_times(venue_ids: Sequence[int], first: date, last: date, *, but: int = 0) -> Taken:
    """Return the times that are taken between two days, booking `but` aside; one read."""
    zone = timezone.get_current_timezone()
    begin, end = rules.at_minute(first, 0, zone), rules.at_minute(last, DAY_MINUTES, zone)
    found = Booking.objects.filter(
        venue_id__in=venue_ids, state__in=HOLDING, starts_at__lt=end, ends_at__gt=begin
    ).exclude(pk=but)
    taken: Taken = defaultdict(list)
    for venue_id, starts_at, ends_at in found.values_list("venue_id", "starts_at", "ends_at"):
        taken[venue_id].append((starts_at, ends_at))
    return taken


def days_of(venue: Venue, first: date, count: int, *, now: datetime) -> list[DayTimes]:
    """Return some days of a venue with all their pieces of time; three reads."""
    last = first + timedelta(days=count - 1)
    schedule = schedule_of([venue], first, last)
    taken = taken_times([venue.pk], first, last).get(venue.pk, [])
    return [
        _day(venue, first + timedelta(days=n), schedule, taken, now=now) for n in range(count)
    ]  # fmt: skip


def first_free(venues: Sequence[Venue], count: int, *, now: datetime) -> date:
    """Return the first of some days on which anybody may book something, else today; three reads."""
    today, free_to_book = localdate(now), [v for v in venues if v.audience != Audience.OFFICE]
    last = today + timedelta(days=count - 1)
    schedule = schedule_of(free_to_book, today, last)
    taken = taken_times([venue.pk for venue in free_to_book], today, last)
    for on in (today + timedelta(days=n) for n in range(count)):
        if any(_day(v, on, schedule, taken.get(v.pk, []), now=now).free for v in free_to_book):
            return on
    return today


def rows_on(venues: Sequence[Venue], on: date, *, now: datetime) -> list[VenueRow]:
    """Return venues with their times of one day; three reads for all of them."""
    schedule = schedule_of(venues, on, on)
    taken = taken_times([venue.pk for venue in venues], on, on)
    rows = []
    for venue in venues:
        day = _day(venue, on, schedule, taken.get(venue.pk, []), now=now)
        rows.append(VenueRow(venue, day, [one for one in day.slots if one.is_free]))
    return rows


def _day(
    venue: Venue, on: date, schedule: Schedule, taken: Sequence[tuple[datetime, datetime]], *,
    now: datetime,
) -> DayTimes:  # fmt: skip
    zone, terms, today = timezone.get_current_timezone(), terms_of(venue), localdate(now)
    slots = []
    for start, end in rules.pieces(schedule.spans(venue, on), venue.step_minutes):
        span = (rules.at_minute(on, start, zone), rules.at_minute(on, end, zone))
        state = rules.piece_state(span, taken, now=now, terms=terms, today=today)
        slots.append(Slot(*span, state))
    return DayTimes(on, slots, schedule.reason(venue, on))


def week_of(venue: Venue) -> dict[int, list[rules.Span]]:
    """Return the weekly opening of a venue by weekday."""
    week: dict[int, list[rules.Span]] = {day: [] for day in range(7)}
    for row in WeekHours.objects.filter(venue=venue).order_by("weekday", "opens"):
        week[row.weekday].append((row.opens, row.closes))
    return week


def days_ahead(venue: Venue, today: date) -> QuerySet[VenueDays]:
    """Return the days that differ from today on, soonest first."""
    found = VenueDays.objects.filter(venue=venue, lifted_at__isnull=True, last_on__gte=today)
    return found.order_by("first_on", "pk")
