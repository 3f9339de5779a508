"""Events as calendars read them: the whole of a place, or one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from linli.activities.models import Event
from linli.activities.queries.events import sessions_by_event
from linli.kernel.calendar_files import Entry, calendar_text
from linli.ui.jinja import named

KIND = "text/calendar"


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
