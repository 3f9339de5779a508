"""Who booked: read with a trace, forgotten 30 days after the time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.activities import permits
from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import BOOKERS
from linli.activities.engine.telling import TELLER
from linli.activities.models import Booking, BookingVault
from linli.activities.queries.bookings import KEEP, get_booking, over
from linli.kernel import scope
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.trail.services import record_read


@transaction.atomic
def read_booker(booking: Booking, why: str, *, actor: Actor, now: datetime) -> tuple[str, str]:
    """Return name and telephone of a booker; the look and its reason are recorded.

    Refuses with NotFound, NotAllowed.
    """
    get_booking(actor, booking.pk)
    require(actor, permits.BOOKINGS, at=booking.path)
    record_read(
        on=booking, fields=["name", "phone"], actor=actor, now=now, reason=why, place=booking.path,
        level=PERSONAL,
    )  # fmt: skip
    with scope.acting(actor):
        vault = BookingVault.objects.filter(booking=booking).first()
    if vault is None:
        return "", ""
    return (
        envelopes.opened(vault.name, BOOKERS, "name", booking.pk),
        envelopes.opened(vault.phone, BOOKERS, "phone", booking.pk),
    )


@open_to_all("the nightly job is the system")
@transaction.atomic
def let_go(now: datetime, limit: int, *, actor: Actor) -> int:
    """Forget names and telephones 30 days after the time, from where she booked a day after; return of how many."""
    found = list(over(now).values_list("pk", flat=True)[:limit])
    rows = Booking.objects.filter(pk__in=found)
    named = list(rows.filter(ends_at__lt=now - KEEP).values_list("pk", flat=True))
    with scope.acting(TELLER):
        BookingVault.objects.filter(booking_id__in=named).delete()
    Booking.objects.filter(pk__in=named).update(masked_name="", account_id=None, forgotten_at=now)
    return rows.update(origin_mark=None)
