"""How full events were, and how those who took part judged them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.utils import timezone

from linli.activities.models import Attendance, Enrolment, Event, EventFeedback
from linli.activities.rules.events import rate_of
from linli.activities.rules.venues import at_minute
from linli.activities.types.events import EventState, SeatState

STEP = 1000


@dataclass(frozen=True, slots=True)
class Fill:
    """How many people have places at an event, wait for them, and came, all its times together."""

    taken: int
    waiting: int
    came: int


def fill_of(events: Sequence[Event]) -> dict[int, Fill]:
    """Return how many people have places, wait and came, of several events; two reads for each thousand."""
    found: dict[int, Fill] = {}
    for start in range(0, len(events), STEP):
        some = events[start : start + STEP]
        seats = Enrolment.objects.filter(event__in=some).order_by().values_list("event_id", "state")
        taken = {(event, state): n for event, state, n in seats.annotate(n=Sum("people"))}
        times = Attendance.objects.filter(session__event__in=some).order_by()
        there = dict(times.values_list("session__event_id").annotate(n=Sum("people")))
        for one in some:
            seats_in, waiting = (
                taken.get((one.pk, state), 0) for state in (SeatState.IN, SeatState.WAITS)
            )
            found[one.pk] = Fill(seats_in, waiting, there.get(one.pk, 0))
    return found


def grades_of(event: Event) -> list[int]:
    """Return the grades that an event got."""
    return list(EventFeedback.objects.filter(event=event).values_list("grade", flat=True))


@dataclass(frozen=True, slots=True)
class Judged:
    """An event that is over, and how many of its answers are good."""

    title: str
    code: str
    path: str
    good: int
    answers: int


def judged(path: str, first: date, last: date) -> list[Judged]:
    """Return the events of a place and below that ended between two days, latest first; two reads."""
    zone = timezone.get_current_timezone()
    found = Event.objects.filter(
        path__startswith=path, state=EventState.PUBLISHED, last_at__gte=at_minute(first, 0, zone),
        last_at__lt=at_minute(last, 0, zone) + timedelta(days=1),
    ).order_by("-last_at", "-pk")  # fmt: skip
    events = list(found[:2000])
    grades: dict[int, list[int]] = {one.pk: [] for one in events}
    for event_id, grade in EventFeedback.objects.filter(event__in=events).values_list(
        "event_id", "grade"
    ):
        grades[event_id].append(grade)
    return [Judged(one.title, one.code, one.path, *rate_of(grades[one.pk])) for one in events]
