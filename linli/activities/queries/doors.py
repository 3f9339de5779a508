"""What a door of an event shows: the times of a day, and who came already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from linli.activities import permits
from linli.activities.models import Attendance, Event, EventSession
from linli.activities.queries.events import kept_events
from linli.activities.rules.venues import at_minute
from linli.activities.types.events import EventState
from linli.kernel.permits import Actor, require_somewhere

# more times a day than one office looks after
MOST_AT_DOOR = 60
# a session, the bits of those of a family who were named, how many came
Came = tuple[int, int, int]


def require_any(actor: Actor) -> None:
    """Refuse with NotAllowed whoever keeps no events anywhere."""
    require_somewhere(actor, permits.EVENTS)


def sessions_on(actor: Actor, on: date) -> list[tuple[Event, list[EventSession]]]:
    """Return the published events that the actor keeps with their times on a day, soonest first; one read."""
    begin = at_minute(on, 0, timezone.get_current_timezone())
    found = EventSession.objects.filter(
        event__in=kept_events(actor), event__state=EventState.PUBLISHED,
        starts_at__gte=begin, starts_at__lt=begin + timedelta(days=1),
    ).select_related("event").order_by("starts_at", "pk")  # fmt: skip
    by_event: dict[int, tuple[Event, list[EventSession]]] = {}
    for one in found[:MOST_AT_DOOR]:
        by_event.setdefault(one.event_id, (one.event, []))[1].append(one)
    return list(by_event.values())


def bits_by_family(session_ids: Sequence[int]) -> dict[int, list[Came]]:
    """Return who came to sessions: {enrolment: [(session, bits of those named, people)]}; one read."""
    found: dict[int, list[Came]] = {}
    rows = Attendance.objects.filter(session_id__in=session_ids).order_by("pk")
    for enrolment, *came in rows.values_list("enrolment_id", "session_id", "who", "people"):
        found.setdefault(enrolment, []).append((came[0], came[1], came[2]))
    return found


def bits_by_code(actor: Actor, on: date) -> dict[str, list[Came]]:
    """Return who came on a day to the events that the actor keeps, by the codes of families; two reads."""
    ids = [one.pk for _event, sessions in sessions_on(actor, on) for one in sessions]
    found: dict[str, list[Came]] = {}
    rows = Attendance.objects.filter(session_id__in=ids).order_by("pk")
    for code, *came in rows.values_list("enrolment__code", "session_id", "who", "people"):
        found.setdefault(code, []).append((came[0], came[1], came[2]))
    return found
