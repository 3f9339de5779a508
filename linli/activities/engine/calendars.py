"""Events as calendars read them: the whole of a place, or one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from linli.activities.models import Event
from linli.activities.queries.events import sessions_by_event
from linli.kernel.calendar_files import Entry, calendar_text
from linli.ui.jinja import named

# how far ahead the calendar of a place goes, and how many events telephones are sent each time they ask
AHEAD, MOST_EVENTS = timedelta(days=180), 1_000


def coming_first(coming: QuerySet[Event], now: datetime) -> list[Event]:
    """Return what begins in time for a calendar; of very many what begins first.

    Cut by when they begin, not in the middle of a moment: what is left out comes later by itself.
    """
    found = list(coming.filter(first_at__lt=now + AHEAD)[: MOST_EVENTS + 1])
    if len(found) <= MOST_EVENTS:
        return found
    border = found.pop().first_at
    return [one for one in found if one.first_at < border] or found


def calendar_of(events: Sequence[Event], title: str, *, now: datetime) -> str:
    """Return events as a calendar; a time keeps its name there, whatever becomes of the others."""
    times = sessions_by_event(events)
    entries = [
        Entry(
            uid=f"event-{event.code}-{one.pk}@linli", title=named(event), place=event.where,
            starts_at=one.starts_at, ends_at=one.ends_at, text=event.about,
            url=settings.LINLI_PUBLIC_URL + reverse("activities:event", args=[event.code]),
            is_cancelled=event.state == "cancelled",
        )
        for event in events
        for one in times[event.pk]
    ]  # fmt: skip
    return calendar_text(entries, now=now, of="activities", name=title)
