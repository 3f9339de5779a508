"""Bookers are reminded a day before, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.activities.engine.telling import tell_booker
from linli.activities.models import Booking
from linli.activities.queries.bookings import to_remind
from linli.kernel.permits import Actor, open_to_all

AT_ONCE = 200


@open_to_all("the hourly job is the system")
def remind(*, actor: Actor, now: datetime) -> int:
    """Remind of all that begins within a day; return how many bookings."""
    done = 0
    while more := _remind_some(now):
        done += more
    return done


@transaction.atomic
def _remind_some(now: datetime) -> int:
    """Remind of some; what another run holds is left to it."""
    rows = Booking.objects.select_for_update(of=("self",), skip_locked=True)
    due = list(to_remind(now).values_list("pk", flat=True)[:AT_ONCE])
    done = 0
    for booking in rows.filter(pk__in=due, reminded_at__isnull=True).order_by("pk"):
        booking.reminded_at = now
        booking.save(update_fields=["reminded_at"])
        tell_booker(booking, "activities.booking_soon", now=now)
        done += 1
    return done
