"""Events and courses are entered, published and called off; at a venue their times are booked with them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.engine.entering import (
    columns_of,
    fault_of_times,
    faults_of_facts,
    held_event,
)
from linli.activities.errors import EventOver, NothingStays
from linli.activities.models import Booking, Event, EventSession, Venue
from linli.activities.queries.events import may_call_off
from linli.activities.queries.fees import stays_of
from linli.activities.services.bookings import book
from linli.activities.services.ending import cancel_all
from linli.activities.services.sessions import call_off
from linli.activities.states import EVENT
from linli.activities.types.events import EventFacts
from linli.activities.types.venues import BookingFacts, EndedBy, Purpose
from linli.kernel.errors import Invalid
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def add_event(place: Place, facts: EventFacts, *, actor: Actor, now: datetime) -> Event:
    """Enter an event as a draft; at a venue of the place every session is booked at once.

    Refuses with NotAllowed, Ended, Invalid, JustTaken.
    """
    require(actor, permits.EVENTS, at=place.path)
    register.refuse_ended(place)
    _check(place, facts, now)
    sessions = sorted(facts.sessions)
    event = Event.objects.create(
        path=place.path, code=public_code(10), first_at=sessions[0][0], last_at=sessions[-1][1],
        enrol_until=facts.enrol_until or sessions[0][0], **columns_of(facts),
    )  # fmt: skip
    for span in sessions:
        EventSession.objects.create(
            event=event,
            starts_at=span[0],
            ends_at=span[1],
            booking=book_time(event, span, actor=actor, now=now),
        )
    record(
        "activities.event_added",
        on=event,
        actor=actor,
        now=now,
        place=event.path,
        sessions=len(sessions),
    )
    return event


@transaction.atomic
def publish_event(
    event: Event, *, edition: int | None = None, actor: Actor, now: datetime
) -> Event:
    """Show an event to everybody and take enrolments. Refuses with NotAllowed, WrongState, Stale."""
    event = held_event(event, edition)
    require(actor, permits.EVENTS, at=event.path)
    event.state, event.edition = EVENT.after(event.state, "publish"), event.edition + 1
    event.save(update_fields=["state", "edition"])
    record("activities.event_published", on=event, actor=actor, now=now, place=event.path)
    return event


@transaction.atomic
def cancel_event(
    event: Event, reason: str, *, stays_fen: int | None = None, edition: int | None = None,
    actor: Actor, now: datetime,
) -> Event:  # fmt: skip
    """Call an event off with a reason that everybody enrolled is told; its venue is free again.

    Of one that has begun the times to come fall out, and `stays_fen` of the fee of a person stays owed.
    Refuses with NotAllowed, WrongState, EventOver, Stale, Invalid.
    """
    event = held_event(event, edition)
    require(actor, permits.EVENTS, at=event.path)
    words = clean_text(reason).strip()[:200]
    EVENT.after(event.state, "cancel")
    if not may_call_off(event, now):
        raise EventOver()
    _check_off(event, words, stays_fen, now)
    call_off(event, words, stays_fen=stays_fen or 0, actor=actor, now=now)
    ids = EventSession.objects.filter(event=event, booking__isnull=False).values("booking_id")
    ahead = Booking.objects.filter(pk__in=ids, state__in=("asked", "held"), ends_at__gt=now)
    cancel_all(ahead, words, by=EndedBy.OFFICE, actor=actor, now=now)
    return event


def _check_off(event: Event, words: str, stays_fen: int | None, now: datetime) -> None:
    faults: dict[str, list[str]] = {}
    if not words:
        faults["reason"] = [_("Say why: it is told to everybody who is enrolled.")]
    if stays_of(event, now) is not None:
        if stays_fen is None or not 0 <= stays_fen <= event.fee_fen:
            faults["stays"] = [_("Say what of the fee stays for the times that took place.")]
    elif stays_fen:
        raise NothingStays()
    if faults:
        raise Invalid(faults)


@open_to_all("entering or editing the event asked for its permit; the booking asks for its own")
def book_time(
    event: Event, span: tuple[datetime, datetime], *, actor: Actor, now: datetime
) -> Booking | None:
    """Book a time of an event at its venue, if it has one. Refuses as `book`."""
    if event.venue_id is None:
        return None
    venue = Venue.objects.get(pk=event.venue_id)
    people = min(event.places, venue.people)
    # nobody is written to about it: the event itself tells whoever is enrolled
    facts = BookingFacts(*span, event.title[:40], "", Purpose.COURSE, people, True)
    return book(venue, facts, is_own=True, actor=actor, now=now)


def _check(place: Place, facts: EventFacts, now: datetime) -> None:
    faults = faults_of_facts(place.path, facts)
    fault = fault_of_times(facts.sessions, facts.enrol_until)
    if not fault and min(start for start, _end in facts.sessions) <= now:
        fault = _("This time is past.")
    if fault:
        faults["sessions"] = [fault]
    if faults:
        raise Invalid(faults)
