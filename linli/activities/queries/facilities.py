"""The register of facilities: hours and use between two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from linli.activities.models import Booking, Venue
from linli.activities.queries.bookings import minutes_of
from linli.activities.queries.venues import Schedule, schedule_of
from linli.activities.rules import venues as rules
from linli.activities.types.venues import DAY_MINUTES, HOLDING, BookingState


@dataclass(frozen=True, slots=True)
class UseRow:
    """A facility in a month: minutes open and used, bookings by how they went, people announced."""

    venue: Venue
    opened: int
    booked: int
    bookings: int
    missed: int
    cancelled: int
    people: int

    @property
    def share(self) -> int | None:
        return rules.use_share(self.booked, self.opened)


def use_of(venues: Sequence[Venue], first: date, last: date) -> list[UseRow]:
    """Return the register of facilities with hours and use between two days; three reads."""
    schedule = schedule_of(venues, first, last)
    zone = timezone.get_current_timezone()
    begin, end = rules.at_minute(first, 0, zone), rules.at_minute(last, DAY_MINUTES, zone)
    found: dict[int, list[Booking]] = {venue.pk: [] for venue in venues}
    for one in Booking.objects.filter(venue__in=venues, starts_at__gte=begin, starts_at__lt=end):
        found[one.venue_id].append(one)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [_use(venue, schedule, days, found[venue.pk]) for venue in venues]


def _use(venue: Venue, schedule: Schedule, days: list[date], rows: list[Booking]) -> UseRow:
    spans = [span for on in days for span in schedule.spans(venue, on)]
    # what waits for a yes is no use of a place yet
    kept = [one for one in rows if one.state in HOLDING and one.state != BookingState.ASKED]
    used = [one for one in kept if one.state != BookingState.MISSED]
    return UseRow(
        venue,
        sum(closes - opens for opens, closes in spans),
        sum(end - begin for begin, end in map(minutes_of, used)),
        len(kept),
        sum(one.state == BookingState.MISSED for one in rows),
        sum(one.state == BookingState.CANCELLED for one in rows),
        sum(one.people for one in used),
    )
