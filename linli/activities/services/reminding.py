"""Bookers are reminded a day before, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.activities.engine.telling import tell_booker
from linli.activities.queries.bookings import to_remind
from linli.kernel.each import each
from linli.kernel.permits import Actor, open_to_all

JOB = "activities.remind"


@open_to_all("the hourly job is the system")
def remind(*, actor: Actor, now: datetime) -> int:
    """Remind of all that begins within a day, each by itself; return how many bookings.

    One that breaks holds up none of the others, and is tried again the next time.
    """
    done: list[bool] = []
    due = list(to_remind(now).values_list("pk", flat=True))
    each(JOB, due, lambda one: done.append(_remind(one, now)))
    return sum(done)


@transaction.atomic
def _remind(booking_id: int, now: datetime) -> bool:
    """Remind of one and say so; what another run holds, or was cancelled meanwhile, is left alone."""
    rows = to_remind(now).select_for_update(of=("self",), skip_locked=True)
    booking = rows.select_related("venue").filter(pk=booking_id).first()
    if booking is None:
        return False
    booking.reminded_at = now
    booking.save(update_fields=["reminded_at"])
    tell_booker(booking, "activities.booking_soon", now=now)
    return True
