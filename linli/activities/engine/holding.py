"""Venues and bookings locked for a step, and bookings written so that no two overlap."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from linli.activities.errors import JustTaken, VenueEnded
from linli.activities.models import Booking, Venue
from linli.activities.rules.venues import fee_of
from linli.kernel.errors import Stale


def held_venue(venue: Venue, edition: int | None) -> Venue:
    """Return a venue locked in this transaction. Refuses with VenueEnded, Stale."""
    venue = Venue.objects.select_for_update().get(pk=venue.pk)
    if venue.ended_on is not None:
        raise VenueEnded()
    if edition is not None and edition != venue.edition:
        raise Stale()
    return venue


def held_booking(booking: Booking, edition: int | None) -> Booking:
    """Return a booking locked in this transaction, with its venue. Refuses with Stale."""
    found = Booking.objects.select_for_update(of=("self",)).select_related("venue")
    booking = found.get(pk=booking.pk)
    if edition is not None and edition != booking.edition:
        raise Stale()
    return booking


def save_booking(booking: Booking) -> None:
    """Write a booking; the table has the last word on whether its time is free. Refuses with JustTaken."""
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        if "activities_booking_no_overlap" not in str(error):
            raise
        raise JustTaken() from error


def fee_for(venue: Venue, span: tuple[datetime, datetime]) -> int:
    """Return what a time at a venue costs, in fen."""
    return fee_of(int((span[1] - span[0]).total_seconds() // 60), venue.hour_fen)
