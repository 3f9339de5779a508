"""What activities bring to the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.activities import permits
from linli.activities.queries import bookings, desk, events, outcomes
from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import DESK, DeskEntry, DeskItem
from linli.ui.jinja import named

MOST = 100


def due(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return bookings that wait for a yes or no; each is due on the day of its time."""
    return [
        DeskItem(
            named(one.venue), address_of("activities:booking_desk", one.pk), localdate(one.starts_at),
            _("Booking"), _("Decide"), one.code,
        )
        for one in bookings.waiting(actor, timezone.now())[:limit]
    ]  # fmt: skip


def count(actor: Actor, on: date) -> int | None:
    """Return how many bookings wait, or None."""
    return desk.count_waiting(actor, timezone.now()) or None


def count_words(actor: Actor, on: date) -> int | None:
    """Return how many words on events wait for release, or None."""
    return outcomes.words_waiting(event__in=events.kept_events(actor))[:MOST].count() or None


def register() -> None:
    """Add the desk's entries."""
    DESK.add(
        DeskEntry(
            "activities.venues", gettext_lazy("Venues and bookings"), "calendar-event", "activities:day",
            (permits.BOOKINGS, permits.VENUES), order=340, items=due, count=count, group="cases",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "activities.events", gettext_lazy("Events and courses"), "ticket",
            "activities:events_desk", (permits.EVENTS,), order=345, count=count_words, group="cases",
        )
    )  # fmt: skip
