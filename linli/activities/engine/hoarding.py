"""Nobody takes a day of a place, or an event, that others need: so much one address or account may hold.

Numbers can be invented; what one subscriber holds is counted besides. The office books for anybody.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from linli.activities.engine.telling import TELLER
from linli.activities.errors import TooManyFamiliesHere, TooManyHere, TooManyOpen
from linli.activities.models import Booking, Event, Venue
from linli.activities.queries.bookings import count_ahead, held_from
from linli.activities.queries.events import families_from
from linli.activities.types.venues import OPEN
from linli.kernel import scope
from linli.kernel.hoarding import Held, holds_enough
from linli.kernel.locks import hold
from linli.kernel.permits import Actor
from linli.rulebook import queries as rulebook
from linli.runtime.services.origins import origin_of

ORIGIN = "activities.origin"
TIMES, FAMILIES = "venue.most_address", "event.most_address"


def origin_for(address: str, actor: Actor, *, by_office: bool) -> bytes | None:
    """Return who takes something by herself; nothing of whoever does for others: the office, and programs."""
    if by_office or actor.is_machine or actor.is_system:
        return None
    return origin_of(ORIGIN, address, actor.account_id)


def refuse_more_open(venue: Venue, phone: str, now: datetime) -> None:
    """Refuse with TooManyOpen: times are for many, not for one telephone."""
    hold("activities.booker", phone)
    with scope.acting(TELLER):
        ahead = count_ahead(venue, phone, now)
    if ahead >= venue.open_most:
        raise TooManyOpen(most=venue.open_most)


def refuse_more_times(origin: bytes | None, path: str, starts_at: datetime, now: datetime) -> None:
    """Refuse with TooManyHere who holds enough times of a day in a place; two at once wait for each other."""
    if origin is not None:
        hold(ORIGIN, origin.hex())
        _refuse(held_from(origin, path, localdate(starts_at)), TIMES, path, now, TooManyHere)


def refuse_more_on_another_day(booking: Booking, starts_at: datetime, now: datetime) -> None:
    """Refuse with TooManyHere another day of which whoever booked holds enough times already.

    A time that was called off is not held any more: then its own day counts as well.
    """
    on: tuple[date, date] = localdate(starts_at), localdate(booking.starts_at)
    if booking.origin_mark is not None and (on[0] != on[1] or booking.state not in OPEN):
        refuse_more_times(bytes(booking.origin_mark), booking.path, starts_at, now)


def refuse_more_families(origin: bytes | None, event: Event, now: datetime) -> None:
    """Refuse with TooManyFamiliesHere who enrolled enough families; the event is held already."""
    if origin is not None:
        _refuse(families_from(origin, event), FAMILIES, event.path, now, TooManyFamiliesHere)


def _refuse(
    held: int, key: str, path: str, now: datetime, fault: type[TooManyHere | TooManyFamiliesHere]
) -> None:
    most = rulebook.lookup(key, path, localdate(now)).number
    if holds_enough(Held(held), most=most):
        raise fault()
