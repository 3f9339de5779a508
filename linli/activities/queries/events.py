"""Events, their programme, who takes part and who came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from linli.activities import permits
from linli.activities.models import (
    Attendance,
    Enrolment,
    EnrolmentVault,
    Event,
    EventSession,
)
from linli.activities.rules.events import Waiting
from linli.activities.rules.venues import at_minute
from linli.activities.types.events import TAKER_PHONE, EventState, News, SeatState
from linli.kernel.errors import NotFound
from linli.kernel.ids import code_typed
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.kernel.sealing import blind_lookup
from linli.rulebook import queries as rulebook

GUARDIAN = "pi.guardian_age"
# names and telephones go this long after the last session
KEEP = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Room:
    """How full an event is, in people."""

    places: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        return max(self.places - self.taken, 0)


def guarded_age(path: str, on: date) -> int:
    """Return the age below which somebody who cares for a child must agree (domain 13.3, PIPL art. 31)."""
    return rulebook.lookup(GUARDIAN, path, on).share.num


def programme(path: str, first: date, *, kind: str = "") -> QuerySet[Event]:
    """Return what was published of a place and below from a day on, soonest first; called off ones stay visible."""
    begin = at_minute(first, 0, timezone.get_current_timezone())
    found = Event.objects.filter(path__startswith=path, last_at__gte=begin).exclude(
        state=EventState.DRAFT
    )
    return (found.filter(kind=kind) if kind else found).order_by("first_at", "pk")


def kinds_of(path: str, first: date) -> list[str]:
    """Return of which kinds something goes on at a place from a day on."""
    return list(programme(path, first).order_by().values_list("kind", flat=True).distinct())


def get_event(code: str) -> Event:
    """Return a published event by its code. Refuses with NotFound."""
    found = (
        Event.objects.filter(code=code.upper()[:12])
        .exclude(state=EventState.DRAFT)
        .select_related("venue")
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def kept_events(actor: Actor) -> QuerySet[Event]:
    """Events of places where the actor keeps them, drafts too."""
    return Event.objects.filter(in_reach(actor, permits.EVENTS))


def may_call_off(event: Event, now: datetime) -> bool:
    """Say whether an event can be called off: not once it was, or is over."""
    is_ahead = event.state == EventState.PUBLISHED and now < event.last_at
    return event.state == EventState.DRAFT or is_ahead


def kept_event(actor: Actor, event_id: int) -> Event:
    """Return an event that the actor keeps. Refuses with NotFound."""
    found = kept_events(actor).filter(pk=event_id).select_related("venue").first()
    if found is None:
        raise NotFound(id=event_id)
    return found


def sessions_of(event: Event) -> list[EventSession]:
    """Return the times of an event in order."""
    return list(EventSession.objects.filter(event=event).order_by("starts_at"))


def sessions_by_event(events: Sequence[Event]) -> dict[int, list[EventSession]]:
    """Return the times of several events; one read."""
    found: dict[int, list[EventSession]] = {one.pk: [] for one in events}
    for session in EventSession.objects.filter(event__in=events).order_by("starts_at"):
        found[session.event_id].append(session)
    return found


def session_of(event: Event, session_id: int) -> EventSession:
    """Return a time of an event. Refuses with NotFound."""
    found = EventSession.objects.filter(event=event, pk=session_id).first()
    if found is None:
        raise NotFound(id=session_id)
    return found


def kept_session(actor: Actor, session_id: int) -> EventSession:
    """Return a time of an event that the actor keeps. Refuses with NotFound."""
    found = EventSession.objects.filter(pk=session_id, event__in=kept_events(actor)).first()
    if found is None:
        raise NotFound(id=session_id)
    return found


def room_of(event: Event) -> Room:
    """Return how full an event is; one read."""
    sums = dict(
        Enrolment.objects.filter(event=event)
        .order_by()
        .values("state")
        .annotate(n=Sum("people"))
        .values_list("state", "n")
    )
    return Room(event.places, sums.get(SeatState.IN, 0), sums.get(SeatState.WAITS, 0))


def waiting_list(event: Event) -> list[Waiting]:
    """Return who waits, in the order in which they came."""
    found = Enrolment.objects.filter(event=event, state=SeatState.WAITS).order_by(
        "entered_at", "pk"
    )
    return [Waiting(*row) for row in found.values_list("pk", "people")]


def next_of(event: Event, now: datetime) -> News:
    """Return the next time of an event that has begun, for a message; else nothing, so that it names the first."""
    ahead = EventSession.objects.filter(event=event, starts_at__gt=now).order_by("starts_at")
    found = ahead.values_list("starts_at", flat=True).first() if event.first_at <= now else None
    return News(times=() if found is None else (found,))


def falling_out(event: Event, now: datetime) -> News:
    """Return the times that fall out of an event that has begun, for a message; else nothing, as above."""
    if event.first_at > now:
        return News()
    left = EventSession.objects.filter(event=event, ends_at__gt=now).order_by("starts_at")
    return News(times=tuple(left.values_list("starts_at", flat=True)))


def goes_on(event: Event, now: datetime) -> bool:
    """Say whether a time of a published event is still to come."""
    if event.state != EventState.PUBLISHED:
        return False
    return EventSession.objects.filter(event=event, starts_at__gt=now).exists()


def took_place(enrolment: Enrolment) -> bool:
    """Say whether an event took place for a family: it was not called off, or the family came before."""
    if enrolment.event.state != EventState.CANCELLED:
        return True
    return Attendance.objects.filter(enrolment=enrolment).exists()


def enrolment_by_code(code: str) -> Enrolment:
    """Return an enrolment by the code that its family has. Refuses with NotFound."""
    typed = code_typed(code)[:12]
    found = Enrolment.objects.filter(code=typed).select_related("event", "event__venue").first()
    if found is None:
        raise NotFound()
    return found


def family_of(event: Event, code: str) -> Enrolment:
    """Return a family that is or was enrolled for an event, by its code. Refuses with NotFound."""
    found = enrolment_by_code(code)
    if found.event_id != event.pk:
        raise NotFound()
    return found


def turn_of(enrolment: Enrolment) -> int:
    """Return how many families wait before this one, itself counted."""
    if enrolment.state != SeatState.WAITS:
        return 0
    ids = [one.id for one in waiting_list(enrolment.event)]
    return ids.index(enrolment.pk) + 1


def vaults_of_phone(event: Event, phone: str) -> list[EnrolmentVault]:
    """Return what lies sealed of those enrolled under a telephone, as far as the vault may be read."""
    found = EnrolmentVault.objects.filter(
        **blind_lookup("phone_index", phone, purpose=TAKER_PHONE), enrolment__event=event,
    ).exclude(enrolment__state=SeatState.WITHDRAWN)  # fmt: skip
    return list(found)


def families_from(origin: bytes, event: Event) -> int:
    """Count the families that one address or account enrolled for an event."""
    found = Enrolment.objects.filter(event=event, origin_mark=origin)
    return found.exclude(state=SeatState.WITHDRAWN).count()


def enrolled(event: Event) -> QuerySet[Enrolment]:
    """All who are or were enrolled, those with a place first, in the order in which they came."""
    return Enrolment.objects.filter(event=event).order_by("state", "entered_at", "pk")


def taking_part(event: Event) -> list[Enrolment]:
    """Return the families that have places or wait for them, in the order in which they came."""
    found = Enrolment.objects.filter(event=event).exclude(state=SeatState.WITHDRAWN)
    return list(found.order_by("pk"))


def came(event: Event, *of: Enrolment) -> dict[tuple[int, int], int]:
    """Return how many came, of all families or of some: {(session, enrolment): people}."""
    rows = Attendance.objects.filter(session__event=event)
    if of:
        rows = rows.filter(enrolment__in=of)
    found = rows.values_list("session_id", "enrolment_id", "people")
    return {(session, enrolment): people for session, enrolment, people in found}


def over(now: datetime) -> QuerySet[Enrolment]:
    """Enrolments whose names and telephones have outlived their term, or from where they came: a day after them."""
    named = Q(forgotten_at__isnull=True, event__last_at__lt=now - KEEP)
    marked = Q(origin_mark__isnull=False, event__last_at__lt=now - timedelta(days=1))
    # in the order of its index
    return Enrolment.objects.filter(named | marked).order_by("event_id", "pk")


def enrolments_over(now: datetime) -> int:
    """Count enrolments over their term, up to a thousand."""
    return over(now)[:1000].count()
