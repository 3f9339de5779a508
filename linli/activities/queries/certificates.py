"""Who came every time to an event that is over, and what a certificate of it may tell everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.activities.errors import NoSuchCertificate
from linli.activities.models import Attendance, Enrolment, Event, EventSession
from linli.activities.rules.events import came_each_time
from linli.activities.types.events import SeatState
from linli.documents.queries.checking import target_of
from linli.kernel.errors import NotFound

CERTIFICATE = "activities.certificate"


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate says: of which event, how many times, how many people; nobody's name, no code of a family."""

    event: Event
    times: int
    people: int


def certified(enrolment: Enrolment, now: datetime) -> int:
    """Return how many of a family came to every time of an event that is over; 0 without any."""
    if enrolment.state != SeatState.IN or enrolment.event.last_at > now:
        return 0
    count = EventSession.objects.filter(event=enrolment.event_id).count()
    came = list(Attendance.objects.filter(enrolment=enrolment).values_list("people", "who"))
    return came_each_time(came) if len(came) == count else 0


def certificate_called(code: str, now: datetime) -> Certified:
    """Return what a certificate says, by the code printed on it. Refuses with NoSuchCertificate."""
    try:
        target = target_of(CERTIFICATE, code)
    except NotFound:
        raise NoSuchCertificate() from None
    found = Enrolment.objects.filter(pk=target).select_related("event").first()
    people = certified(found, now) if found is not None else 0
    if found is None or not people:
        raise NoSuchCertificate()
    return Certified(found.event, EventSession.objects.filter(event=found.event_id).count(), people)
