"""Whether anybody can still enrol for an event."""

from __future__ import annotations

from datetime import datetime

from linli.activities.models import Event
from linli.activities.queries.events import Room, waiting_list
from linli.activities.rules.events import fitting
from linli.activities.types.events import EventState


def is_open(event: Event, now: datetime) -> bool:
    """Say whether an event takes enrolments at a moment."""
    return event.state == EventState.PUBLISHED and now < event.enrol_until


def is_full(event: Event, room: Room) -> bool:
    """Say whether nobody finds a place any more, not on the waiting list either; as `enrol` would refuse it."""
    return room.waiting >= event.waiting and (not room.free or is_in_line(event, room))


def is_in_line(event: Event, room: Room) -> bool:
    """Say whether whoever comes now waits behind others; a family larger than the event holds up nobody."""
    return bool(room.waiting and fitting(waiting_list(event), event.places))
