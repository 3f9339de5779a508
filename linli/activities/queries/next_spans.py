"""The free times that come next at a venue for whoever lost hers, or came too late: as long, of each day a few."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from linli.activities.models import Booking, Venue
from linli.activities.queries.venues import DayTimes, days_of
from linli.activities.types.venues import Audience
from linli.kernel.free_times import nearest

DAYS = 31
Span = tuple[datetime, datetime]


def next_spans(booking: Booking, now: datetime) -> list[Span]:
    """Return free times of the venue of a booking, soonest first; of a day those nearest to its hour.

    Her own time comes first where it is free again. Three reads.
    """
    venue = booking.venue
    if venue.audience == Audience.OFFICE:
        return []
    return spans_near(venue, booking.starts_at, booking.ends_at - booking.starts_at, now)


def spans_near(venue: Venue, start: datetime, length: timedelta, now: datetime) -> list[Span]:
    """Return free times of a venue, soonest first; of a day those nearest to the hour of `start`. Three reads."""
    if venue.ended_on is not None:
        return []
    first, count = timezone.localdate(now), min(venue.ahead_days + 1, DAYS)
    days = (list(_spans(day, length)) for day in days_of(venue, first, count, now=now))
    return nearest(days, start, lambda span: span[0])


def _spans(day: DayTimes, length: timedelta) -> Iterator[Span]:
    ends = {one.starts_at: one.ends_at for one in day.slots if one.is_free}
    for start in ends:
        at = start
        while at in ends and at < start + length:
            at = ends[at]
        if at == start + length:
            yield start, at
