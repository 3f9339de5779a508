"""Bookings that the office or a closing ends: each with its reason, told to whoever booked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from linli.activities.engine.telling import tell_booker
from linli.activities.models import Booking
from linli.activities.queries.fees import OF_BOOKING
from linli.activities.queries.going_back import backs_of
from linli.activities.services.sessions import drop_sessions
from linli.activities.states import BOOKING
from linli.activities.types.venues import EndedBy
from linli.exchange.events import OwedOtherwise
from linli.kernel.events import publish
from linli.kernel.permits import PERSONAL, Actor, open_to_all
from linli.trail.services import record


@open_to_all("the service that ends them has required its own permit")
def cancel_all(
    bookings: Iterable[Booking], reason: str, *, by: EndedBy, actor: Actor, now: datetime
) -> int:
    """Cancel bookings inside the running transaction and tell their bookers; return how many.

    Times of events that lay on them fall out too, and whoever is enrolled is told.
    """
    ids = [one.pk for one in bookings]
    found = list(
        Booking.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .order_by("pk")
        .select_related("venue")
    )
    for booking in found:
        booking.state = BOOKING.after(booking.state, "cancel")
        booking.ended_at, booking.ended_by, booking.reason = now, by, reason
        booking.edition += 1
        booking.save(update_fields=["state", "ended_at", "ended_by", "reason", "edition"])
        record(
            "activities.booking_cancelled", on=booking, actor=actor, now=now, place=booking.path,
            level=PERSONAL, by=str(by),
        )  # fmt: skip
    backs = backs_of([one for one in found if one.fee_fen])
    for booking in found:
        tell_booker(booking, _letter(by), back_fen=backs.get(booking.pk, 0), now=now)
    owing = tuple(one.pk for one in found if one.fee_fen)
    if owing:
        publish(OwedOtherwise(OF_BOOKING, owing))
    drop_sessions(found, reason, actor=actor, now=now)
    return len(found)


def _letter(by: EndedBy) -> str:
    """Return what tells a booker: who cancelled herself is offered no other time."""
    return f"activities.booking_{'cancelled' if by == EndedBy.BOOKER else 'called_off'}"
