"""Times of an event at a venue: what happens to the booking happens to the time, and families are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from linli.activities.engine.entering import let_span
from linli.activities.engine.telling import tell_taker
from linli.activities.models import Attendance, Booking, Enrolment, Event, EventSession
from linli.activities.queries import events as queries
from linli.activities.queries.fees import OF_FAMILY
from linli.activities.queries.going_back import backs_at
from linli.activities.rules.fees import owed_when_off
from linli.activities.states import EVENT
from linli.activities.types.events import EventState, News, SeatState
from linli.exchange.events import OwedOtherwise
from linli.kernel.events import publish
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record

BY_BOOKING = "part of ending or moving the booking, which asked for its permit"


@open_to_all(BY_BOOKING)
def drop_sessions(bookings: Iterable[Booking], reason: str, *, actor: Actor, now: datetime) -> int:
    """Take the times of events that lay on these bookings out; return how many.

    Whoever is enrolled is told which time falls out and why. An event that has no time left is called
    off. A time to which somebody came stays: it took place.
    """
    gone: dict[int, list[EventSession]] = {}
    for one in _sessions_of([booking.pk for booking in bookings]):
        gone.setdefault(one.event_id, []).append(one)
    for event_id, sessions in sorted(gone.items()):
        hold("activities.event", event_id)
        event = Event.objects.select_for_update().get(pk=event_id)
        if event.state != EventState.CANCELLED:
            _drop(event, sessions, reason, actor, now)
    return sum(map(len, gone.values()))


@open_to_all(BY_BOOKING)
def move_session(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Let the time of an event follow its booking, and tell whoever is enrolled."""
    for session in _sessions_of([booking.pk]):
        hold("activities.event", session.event_id)
        event = Event.objects.select_for_update().get(pk=session.event_id)
        old = session.starts_at
        session.starts_at, session.ends_at = booking.starts_at, booking.ends_at
        session.save(update_fields=["starts_at", "ends_at"])
        _span(event)
        record("activities.session_moved", on=event, actor=actor, now=now, place=event.path)
        for one in queries.taking_part(event):
            news = News(times=(old,), to=booking.starts_at)
            tell_taker(one, event, "activities.session_moved", news, now=now)
        _owed_by_another_day(event)


def _owed_by_another_day(event: Event) -> None:
    """Let the numbers to pay under follow the day on which an event begins."""
    if event.fee_fen:
        publish(OwedOtherwise(OF_FAMILY, tuple(one.pk for one in queries.taking_part(event))))


def _sessions_of(ids: Sequence[int]) -> list[EventSession]:
    came = Attendance.objects.filter(session=OuterRef("pk"))
    found = EventSession.objects.filter(booking_id__in=ids).exclude(Exists(came))
    found = found.exclude(others__gt=0)
    return list(found.order_by("event_id", "starts_at"))


def _drop(
    event: Event, sessions: list[EventSession], reason: str, actor: Actor, now: datetime
) -> None:
    left = EventSession.objects.filter(event=event).exclude(pk__in=[one.pk for one in sessions])
    if not left.exists():
        call_off(event, reason, actor=actor, now=now)
        return
    EventSession.objects.filter(pk__in=[one.pk for one in sessions]).delete()
    _span(event)
    record(
        "activities.sessions_dropped", on=event, actor=actor, now=now, place=event.path,
        sessions=len(sessions),
    )  # fmt: skip
    news = News(times=tuple(session.starts_at for session in sessions), reason=reason)
    for one in queries.taking_part(event):
        tell_taker(one, event, "activities.session_dropped", news, now=now)


@open_to_all("calling an event off, or taking its last time away, asked for its permit")
def call_off(event: Event, reason: str, *, stays_fen: int = 0, actor: Actor, now: datetime) -> None:
    """Call off an event that the transaction holds, with a reason that everybody enrolled is told.

    `stays_fen` of the fee of a person stays owed for the times that took place.
    """
    event.state, event.reason = EVENT.after(event.state, "cancel"), reason
    event.edition += 1
    event.save(update_fields=["state", "reason", "edition"])
    record("activities.event_cancelled", on=event, actor=actor, now=now, place=event.path)
    families = queries.taking_part(event)
    news = queries.falling_out(event, now)
    if event.fee_fen:
        _settle_off(event, families, stays_fen)
    backs = backs_at(event, families)
    for one in families:
        told = replace(news, back_fen=backs.get(one.pk, 0))
        tell_taker(one, event, "activities.event_cancelled", told, now=now)


def _settle_off(event: Event, families: list[Enrolment], stays_fen: int) -> None:
    """Write down what of the fee stays owed, also by whoever left once the event had begun."""
    left = Enrolment.objects.filter(event=event, state=SeatState.WITHDRAWN, owed_fen__gt=0)
    ids = []
    for one in (*families, *left.order_by("pk")):
        full = one.people * event.fee_fen
        owed = full if one.owed_fen is None else min(one.owed_fen, full)
        has_left = one.state == SeatState.WITHDRAWN
        if one.state != SeatState.WAITS and (stays_fen or one.owed_fen):
            one.owed_fen = owed_when_off(owed, full, one.people * stays_fen, has_left=has_left)
            one.save(update_fields=["owed_fen"])
        ids.append(one.pk)
    if ids:
        publish(OwedOtherwise(OF_FAMILY, tuple(ids)))


def _span(event: Event) -> None:
    """Let an event begin and end with the times that it has; enrolment that went to its beginning still does."""
    spans = list(EventSession.objects.filter(event=event).values_list("starts_at", "ends_at"))
    let_span(event, spans)
    event.edition += 1
    event.save(update_fields=["first_at", "last_at", "enrol_until", "edition"])
