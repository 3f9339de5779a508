"""The free times that come next at a venue for whoever lost hers: as long as it was, of each day a few."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from linli.activities.models import Booking
from linli.activities.queries.venues import DayTimes, days_of
from linli.activities.types.venues import Audience

A_DAY, MOST, DAYS = 3, 6, 31
Span = tuple[datetime, datetime]


def next_spans(booking: Booking, now: datetime) -> list[Span]:
    """Return free times of the venue of a booking, soonest first; of a day those nearest to its hour. Three reads."""
    venue, length = booking.venue, booking.ends_at - booking.starts_at
    if venue.ended_on is not None or venue.audience == Audience.OFFICE:
        return []
    found: list[Span] = []
    first: date = timezone.localdate(now)
    for day in days_of(venue, first, min(venue.ahead_days + 1, DAYS), now=now):
        near = sorted(_spans(day, length), key=lambda one: _apart(one[0], booking.starts_at))
        found += sorted(near[:A_DAY])
        if len(found) >= MOST:
            break
    return found[:MOST]


def _spans(day: DayTimes, length: timedelta) -> Iterator[Span]:
    ends = {one.starts_at: one.ends_at for one in day.slots if one.is_free}
    for start in ends:
        at = start
        while at in ends and at < start + length:
            at = ends[at]
        if at == start + length:
            yield start, at


def _apart(at: datetime, other: datetime) -> int:
    one, two = timezone.localtime(at), timezone.localtime(other)
    return abs(one.hour * 60 + one.minute - two.hour * 60 - two.minute)
