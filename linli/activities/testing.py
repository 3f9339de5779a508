"""Makers of venues and bookings for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from linli.activities import permits
from linli.activities.models import Booking, Venue
from linli.activities.services import bookings, venues
from linli.activities.types.venues import BookingFacts, VenueFacts
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village

# a Monday noon in Shanghai; no public holiday is near
NOON = datetime(2026, 8, 10, 4, 0, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 8, 10), date(2026, 8, 11)
SYSTEM = system_actor("test")
PHONE = "+8613800138001"
HALL = VenueFacts(
    "hall",
    "village",
    "Fig Hall",
    "Fig Hall",
    "Fig lane 2",
    people=80,
    checks="Lights off\nDoor shut",
)
EVERY_DAY = {day: [(8 * 60, 22 * 60)] for day in range(7)}


def make_office() -> Actor:
    """Return somebody who keeps venues of the village and decides bookings."""
    return make_actor("office", permits.VENUES, permits.BOOKINGS)


def make_venue(week: Any = None, **other: Any) -> Venue:
    """Make a hall that is open from 8 to 22 every day."""
    venue = venues.add_venue(make_village(), replace(HALL, **other), actor=SYSTEM, now=NOON)
    return venues.set_week(venue, EVERY_DAY if week is None else week, actor=SYSTEM, now=NOON)


def at(hour: float, on: date = TOMORROW) -> datetime:
    """Return an hour of a day in Shanghai."""
    midnight = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(hours=8)
    return midnight + timedelta(hours=hour)


def facts_of(start: datetime, hours: float = 1, **other: Any) -> BookingFacts:
    """Return what somebody books."""
    said = BookingFacts(start, start + timedelta(hours=hours), "Chen Ah Po", PHONE, "dance", 12)
    return replace(said, **other)


def make_booking(
    venue: Venue, start: datetime, hours: float = 1, *, actor: Actor = NOBODY, now: datetime = NOON,
    **other: Any,
) -> Booking:  # fmt: skip
    """Book a time, as nobody unless somebody is named."""
    return bookings.book(venue, facts_of(start, hours, **other), actor=actor, now=now)


def page(address: str, who: Actor = NOBODY) -> str:
    """Return a page in English as somebody reads it."""
    answer = client_of(who).get(f"/en/{address}")
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())
