"""What search finds of activities: venues by name and street, events by name and place, bookings by code."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from linli.activities import permits
from linli.activities.queries.bookings import bookings_called
from linli.activities.queries.events import programme
from linli.activities.queries.narrowing import Narrowed, events_wanted
from linli.activities.queries.venues import venues_at
from linli.activities.types.venues import STATE_TITLES, BookingState
from linli.kernel.addresses import address_of
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH, Hit, SearchSource
from linli.ui.formats import clauses, moment_short
from linli.ui.jinja import named


def find(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Return venues whose name or street has every word; they are public."""
    if not words.split():
        return []
    return [
        Hit(named(one), address_of("activities:venue", one.pk), one.address, _("Place to book"))
        for one in venues_at(CITY_PATH, words=words)[:limit]
    ]


def find_events(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Return published events from today on whose name or place has every word; they are public."""
    if not words.split():
        return []
    found = events_wanted(programme(CITY_PATH, localdate()), Narrowed(words=words))
    return [
        Hit(
            named(one), address_of("activities:event", one.code), f"{moment_short(one.first_at)} · {one.where}",
            pgettext("activities", "Event"),
        )
        for one in found[:limit]
    ]  # fmt: skip


def find_bookings(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Return the booking of this code, for the office that decides it."""
    if not actor.holds(permits.BOOKINGS):
        return []
    return [
        Hit(
            named(one.venue), address_of("activities:booking_desk", one.pk),
            clauses((one.code, moment_short(one.starts_at), STATE_TITLES[BookingState(one.state)])), _("Booking"),
        )
        for one in bookings_called(actor, words)[:limit]
    ]  # fmt: skip


def register() -> None:
    """Add the sources. Called once at start."""
    SEARCH.add(SearchSource("activities.events", gettext_lazy("Events and courses"), find_events))
    SEARCH.add(SearchSource("activities.bookings", gettext_lazy("Bookings"), find_bookings))
    SEARCH.add(SearchSource("activities.venues", gettext_lazy("Places to book"), find))
