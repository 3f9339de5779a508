"""What activities bring to the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.activities import permits
from linli.activities.queries import bookings, desk, events, going_back, outcomes
from linli.activities.queries.family_fees import fees_of
from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import DESK, DeskEntry, DeskItem
from linli.ui.formats import money
from linli.ui.jinja import named

MOST = 100


def due(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return bookings that wait for a yes or no, each due on the day of its time; then what is to go back."""
    asked = [
        DeskItem(
            named(one.venue), address_of("activities:booking_desk", one.pk), localdate(one.starts_at),
            _("Booking"), _("Decide"), one.code,
        )
        for one in bookings.waiting(actor, timezone.now())[:limit]
    ]  # fmt: skip
    back = list(going_back.bookings_back(actor)[: max(0, limit - len(asked))])
    fens = going_back.backs_of(back)
    return asked + [
        _fee_back(fens[one.pk], named(one.venue), address_of("activities:booking_fee", one.pk), one.code)
        for one in back
    ]  # fmt: skip


def due_families(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return families at events of which something that was paid is to go back."""
    return [
        _fee_back(
            row.back_fen, named(row.family.event),
            address_of("activities:family_fee", row.family.event_id, row.family.code), row.family.code,
        )
        for row in fees_of(list(going_back.families_back(actor)[:limit]))
    ]  # fmt: skip


def _fee_back(fen: int, what: str, url: str, code: str) -> DeskItem:
    return DeskItem(
        f"{money(fen)} · {what}", url, None, _("Fee to go back"), _("Give the fee back"), code
    )


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
            "activities:events_desk", (permits.EVENTS,), order=345, items=due_families, count=count_words,
            group="cases",
        )
    )  # fmt: skip
