"""How full events were, and how those who took part judged them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from linli.activities.models import Attendance, Enrolment, Event, EventFeedback, EventSession
from linli.activities.queries.culture import WORDS_KEPT
from linli.activities.rules.events import rate_of
from linli.activities.rules.venues import at_minute
from linli.activities.types.culture import WishState
from linli.activities.types.events import EventState, SeatState
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset

STEP, MOST_WORDS = 1000, 50
WAITING_FIRST = Keyset("state", ("-state", "-at", "-id"))


@dataclass(frozen=True, slots=True)
class Fill:
    """How many people have places at an event, wait for them, and came, signed up or not, all its times together."""

    taken: int
    waiting: int
    came: int


def fill_of(events: Sequence[Event]) -> dict[int, Fill]:
    """Return how many people have places, wait and came, of several events; three reads for each thousand."""
    found: dict[int, Fill] = {}
    for start in range(0, len(events), STEP):
        some = events[start : start + STEP]
        seats = Enrolment.objects.filter(event__in=some).order_by().values_list("event_id", "state")
        taken = {(event, state): n for event, state, n in seats.annotate(n=Sum("people"))}
        times = Attendance.objects.filter(session__event__in=some).order_by()
        there = dict(times.values_list("session__event_id").annotate(n=Sum("people")))
        heads = dict(EventSession.objects.filter(event__in=some).order_by().values_list("event_id").annotate(n=Sum("others")))  # fmt: skip
        for one in some:
            seats_in, waiting = (
                taken.get((one.pk, state), 0) for state in (SeatState.IN, SeatState.WAITS)
            )
            found[one.pk] = Fill(seats_in, waiting, there.get(one.pk, 0) + (heads.get(one.pk) or 0))
    return found


def grades_of(event: Event) -> list[int]:
    """Return the grades that an event got."""
    return list(EventFeedback.objects.filter(event=event).values_list("grade", flat=True))


def thoughts_of(event: Event) -> QuerySet[EventFeedback]:
    """What was said of an event in words, those that wait for release first; for the office."""
    found = EventFeedback.objects.filter(event=event).exclude(words="", shown="")
    return found.order_by(*WAITING_FIRST.columns)


def get_thought(event: Event, thought_id: int) -> EventFeedback:
    """Return what somebody said of an event. Refuses with NotFound."""
    found = thoughts_of(event).filter(pk=thought_id).first()
    if found is None:
        raise NotFound(id=thought_id)
    return found


def released_words(event: Event) -> list[str]:
    """Return the words on an event that were released, the newest first."""
    found = EventFeedback.objects.filter(event=event, state=WishState.SHOWN).order_by("-at", "-pk")
    return list(found.values_list("shown", flat=True)[:MOST_WORDS])


def words_waiting(**of: Any) -> QuerySet[EventFeedback]:
    """Words that wait for release, of what is named."""
    return EventFeedback.objects.filter(state=WishState.WAITS, **of).exclude(words="")


def count_waiting(events: Sequence[Event]) -> dict[int, int]:
    """Return how many words of several events wait for release; those without any are left out."""
    found = words_waiting(event__in=events).order_by()
    return dict(found.values_list("event_id").annotate(n=Count("pk")))


def words_over(now: datetime) -> QuerySet[EventFeedback]:
    """What was said of events in words longer ago than a year."""
    return (
        EventFeedback.objects.filter(at__lt=now - WORDS_KEPT).exclude(words="").order_by("at", "pk")
    )


def count_words_over(now: datetime) -> int:
    """Count words over their term, up to a thousand."""
    return words_over(now)[:1000].count()


@dataclass(frozen=True, slots=True)
class Judged:
    """An event that is over, and how many of its answers are good."""

    title: str
    code: str
    path: str
    good: int
    answers: int


@dataclass(frozen=True, slots=True)
class JudgedSum:
    """How many events are over, how many of them got an answer, and the latest of both kinds by name."""

    over: int
    answered: int
    there: list[Judged]
    missing: list[Judged]


def judged(path: str, first: date, last: date, shown: int) -> JudgedSum:
    """Return how the events of a place and below that ended between two days were judged; five reads.

    All are counted, the latest `shown` of those with and without an answer are named.
    """
    zone = timezone.get_current_timezone()
    found = Event.objects.filter(
        path__startswith=path, state=EventState.PUBLISHED, last_at__gte=at_minute(first, 0, zone),
        last_at__lt=at_minute(last, 0, zone) + timedelta(days=1),
    )  # fmt: skip
    has_answer = Exists(EventFeedback.objects.filter(event=OuterRef("pk")))
    there, missing = (
        list(rows.order_by("-last_at", "-pk")[:shown])
        for rows in (found.filter(has_answer), found.exclude(has_answer))
    )
    grades: dict[int, list[int]] = {one.pk: [] for one in (*there, *missing)}
    told = EventFeedback.objects.filter(event__in=there).values_list("event_id", "grade")
    for event_id, grade in told:
        grades[event_id].append(grade)
    rows = [[Judged(one.title, one.code, one.path, *rate_of(grades[one.pk])) for one in some]
            for some in (there, missing)]  # fmt: skip
    return JudgedSum(found.count(), found.filter(has_answer).count(), *rows)
