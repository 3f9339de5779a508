"""Who came to an event: noted by the office, or at doors that had no network. People are counted, never staff."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.errors import NotYet
from linli.activities.models import Attendance, Enrolment, Event, EventSession
from linli.activities.queries import doors
from linli.activities.queries import events as queries
from linli.activities.rules.events import bits_of, joined
from linli.activities.services.takers import read_names
from linli.activities.types.events import (
    MOST_OTHERS,
    Came,
    DoorEvent,
    DoorFamily,
    EventState,
    Noted,
    SeatState,
)
from linli.kernel.errors import Invalid, NotFound, Refusal, WrongState
from linli.kernel.locks import hold
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.trail.services import record


@transaction.atomic
def check_in(
    session: EventSession, enrolment: Enrolment, people: int, *, actor: Actor, now: datetime
) -> Attendance:
    """Record how many of a family came to a session; again corrects it.

    Refuses with NotAllowed, NotYet, Invalid.
    """
    event = _admitted(session, enrolment, actor, now)
    if not 1 <= people <= enrolment.people:
        words = _("From 1 to %(most)s people of this family.") % {"most": enrolment.people}
        raise Invalid({"people": [words]})
    row = _held(session, enrolment)
    if row.pk and people < row.people:
        row.lowered_at, row.who = now, 0
    row.people, row.at = people, now
    return _kept(row, event, actor, now)


@transaction.atomic
def note_came(came: Came, *, actor: Actor, now: datetime) -> Attendance:
    """Record who of a family was seen at a door; the same again, or at another door, counts nobody twice.

    Refuses with NotAllowed, NotFound, NotYet, Invalid.
    """
    session = queries.kept_session(actor, came.session_id)
    enrolment = queries.enrolment_by_code(came.code)
    event = _admitted(session, enrolment, actor, came.at)
    more = bits_of(came.who, enrolment.people)
    if more is None:
        raise Invalid({"who": [_("This family has fewer people.")]})
    row = _held(session, enrolment)
    people, who = joined(row.people, row.who, more)
    # the office corrected the number after the door had seen them
    is_over = row.lowered_at is not None and came.at <= row.lowered_at
    if is_over or (row.pk and (people, who) == (row.people, row.who)):
        return row
    row.people, row.who, row.at = people, who, came.at
    return _kept(row, event, actor, now)


@transaction.atomic
def count_others(
    session: EventSession, people: int, *, actor: Actor, now: datetime
) -> EventSession:
    """Record how many came to a time without signing up, by heads; again corrects it.

    Refuses with NotAllowed, NotYet, WrongState where the event does not take place, Invalid.
    """
    hold("activities.event", session.event_id)
    session = EventSession.objects.select_for_update().get(pk=session.pk)
    event = Event.objects.get(pk=session.event_id)
    require(actor, permits.EVENTS, at=event.path)
    _refuse_early(session, now)
    if event.state != EventState.PUBLISHED:
        raise WrongState(move="count", state=event.state)
    if not 0 <= people <= MOST_OTHERS:
        raise Invalid({"others": [_("From nobody to %(most)s people.") % {"most": MOST_OTHERS}]})
    session.others = people
    session.save(update_fields=["others"])
    record("activities.others_counted", on=event, actor=actor, now=now, place=event.path, people=people)  # fmt: skip
    return session


@open_to_all("each entry asks for the right at its event")
def note_all(entries: list[Came], *, actor: Actor, now: datetime) -> list[Noted]:
    """Record what a door noted without network, each entry for itself, and say what became of each."""
    told = []
    for one in entries:
        try:
            told.append(Noted(one.key, note_came(one, actor=actor, now=now).people))
        except Invalid as fault:
            told.append(Noted(one.key, reason=" ".join(w for words in fault.fields.values() for w in words)))  # fmt: skip
        except NotFound:
            told.append(Noted(one.key, reason=_("This code has no place at this event.")))
        except Refusal as refusal:
            told.append(Noted(one.key, reason=str(refusal)))
    return told


@open_to_all("only events that the actor keeps are opened, each with its own permit")
def open_door(*, actor: Actor, now: datetime) -> list[DoorEvent]:
    """Return the events of the day that the actor keeps, with the names of who is enrolled; each look is recorded.

    Refuses with NotAllowed where she keeps none.
    """
    doors.require_any(actor)
    return [
        _door(event, sessions, read_names(event, _("At the door"), actor=actor, now=now))
        for event, sessions in doors.sessions_on(actor, localdate(now))
    ]


def _door(
    event: Event, sessions: list[EventSession], names: dict[int, tuple[str, ...]]
) -> DoorEvent:
    came = doors.bits_by_family([one.pk for one in sessions])
    families = tuple(
        DoorFamily(one.code, names.get(one.pk, ()), tuple(came.get(one.pk, ())))
        for one in queries.enrolled(event) if one.state == SeatState.IN
    )  # fmt: skip
    times = tuple((one.pk, one.starts_at, one.ends_at) for one in sessions)
    return DoorEvent(event.code, event.title, event.title_en, event.where, times, families)


def _admitted(session: EventSession, enrolment: Enrolment, actor: Actor, at: datetime) -> Event:
    event = Event.objects.get(pk=session.event_id)
    require(actor, permits.EVENTS, at=event.path)
    _refuse_early(session, at)
    is_on = event.state == EventState.PUBLISHED
    if enrolment.event_id != event.pk or enrolment.state != SeatState.IN or not is_on:
        raise Invalid({"code": [_("This code has no place at this event.")]})
    return event


def _refuse_early(session: EventSession, at: datetime) -> None:
    if localdate(at) < localdate(session.starts_at):
        raise NotYet()


def _held(session: EventSession, enrolment: Enrolment) -> Attendance:
    """Return the row of a family at a session, held until the transaction ends, or a new one."""
    hold("activities.came", session.pk, enrolment.pk)
    found = Attendance.objects.filter(session=session, enrolment=enrolment).first()
    return found or Attendance(session=session, enrolment=enrolment, people=0)


def _kept(row: Attendance, event: Event, actor: Actor, now: datetime) -> Attendance:
    row.save()
    record("activities.came", on=row.enrolment, actor=actor, now=now, place=event.path,
           level=PERSONAL, people=row.people)  # fmt: skip
    return row
