"""Events and courses are entered, published and called off; at a venue their times are booked with them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.models import Booking, Event, EventSession, Venue
from linli.activities.services.bookings import book
from linli.activities.services.ending import cancel_all
from linli.activities.services.sessions import call_off
from linli.activities.states import EVENT
from linli.activities.types.events import EventFacts, EventKind
from linli.activities.types.venues import MOST_PEOPLE, BookingFacts, EndedBy, Purpose
from linli.kernel.errors import Invalid, Stale
from linli.kernel.ids import public_code
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

MOST_SESSIONS, OLDEST = 60, 120


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
        path=place.path, code=public_code(10), kind=facts.kind, title=clean_text(facts.title).strip()[:80],
        title_en=clean_text(facts.title_en).strip()[:120], about=clean_text(facts.about).strip()[:1500],
        where=clean_text(facts.where).strip()[:120], venue_id=facts.venue_id, first_at=sessions[0][0],
        last_at=sessions[-1][1], places=facts.places, waiting=facts.waiting,
        enrol_until=facts.enrol_until or sessions[0][0], least_age=facts.least_age, most_age=facts.most_age,
        for_neighbours=facts.for_neighbours, fee_fen=facts.fee_fen, phone=clean_text(facts.phone).strip()[:40],
    )  # fmt: skip
    for span in sessions:
        EventSession.objects.create(
            event=event,
            starts_at=span[0],
            ends_at=span[1],
            booking=_booked(event, span, actor, now),
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
    event = _held(event, edition)
    require(actor, permits.EVENTS, at=event.path)
    event.state, event.edition = EVENT.after(event.state, "publish"), event.edition + 1
    event.save(update_fields=["state", "edition"])
    record("activities.event_published", on=event, actor=actor, now=now, place=event.path)
    return event


@transaction.atomic
def cancel_event(
    event: Event, reason: str, *, edition: int | None = None, actor: Actor, now: datetime
) -> Event:
    """Call an event off with a reason that everybody enrolled is told; its venue is free again.

    Refuses with NotAllowed, WrongState, Stale, Invalid.
    """
    hold("activities.event", event.pk)
    event = _held(event, edition)
    require(actor, permits.EVENTS, at=event.path)
    words = clean_text(reason).strip()[:200]
    EVENT.after(event.state, "cancel")
    if not words:
        raise Invalid({"reason": [_("Say why: it is told to everybody who is enrolled.")]})
    call_off(event, words, actor=actor, now=now)
    ids = EventSession.objects.filter(event=event, booking__isnull=False).values("booking_id")
    ahead = Booking.objects.filter(pk__in=ids, state__in=("asked", "held"), ends_at__gt=now)
    cancel_all(ahead, words, by=EndedBy.OFFICE, actor=actor, now=now)
    return event


def _held(event: Event, edition: int | None) -> Event:
    event = Event.objects.select_for_update(of=("self",)).select_related("venue").get(pk=event.pk)
    if edition is not None and edition != event.edition:
        raise Stale()
    return event


def _booked(
    event: Event, span: tuple[datetime, datetime], actor: Actor, now: datetime
) -> Booking | None:
    if event.venue_id is None:
        return None
    venue = Venue.objects.get(pk=event.venue_id)
    people = min(event.places, venue.people)
    # nobody is written to about it: the event itself tells whoever is enrolled
    facts = BookingFacts(*span, event.title[:40], "", Purpose.COURSE, people, True)
    return book(venue, facts, actor=actor, now=now)


def _check(place: Place, facts: EventFacts, now: datetime) -> None:
    faults: dict[str, list[str]] = {}
    if not clean_text(facts.title).strip():
        faults["title"] = [_("Say what it is called.")]
    if not clean_text(facts.where).strip():
        faults["where"] = [_("Say where it is.")]
    if facts.kind not in {str(one) for one in EventKind}:
        faults["kind"] = [_("Choose one of the list.")]
    if not 1 <= facts.places <= MOST_PEOPLE:
        faults["places"] = [
            _("Give a number from %(least)s to %(most)s.") % {"least": 1, "most": MOST_PEOPLE}
        ]
    if not 0 <= facts.waiting <= MOST_PEOPLE:
        faults["waiting"] = [
            _("Give a number from %(least)s to %(most)s.") % {"least": 0, "most": MOST_PEOPLE}
        ]
    if fault := _wrong_times(facts, now):
        faults["sessions"] = [fault]
    ages = [one for one in (facts.least_age, facts.most_age) if one is not None]
    if any(not 0 <= one <= OLDEST for one in ages) or ages != sorted(ages):
        faults["most_age"] = [_("The greatest age is not below the least.")]
    ours = Venue.objects.filter(path__startswith=place.path, ended_on__isnull=True)
    if facts.venue_id is not None and not ours.filter(pk=facts.venue_id).exists():
        faults["venue_id"] = [_("Choose a venue of this place.")]
    if faults:
        raise Invalid(faults)


def _wrong_times(facts: EventFacts, now: datetime) -> str:
    """Return what is wrong with the sessions, or nothing."""
    spans = sorted(facts.sessions)
    if not 1 <= len(spans) <= MOST_SESSIONS:
        return _("Give one to %(most)s times.") % {"most": MOST_SESSIONS}
    if any(end <= start for start, end in spans):
        return _("The end comes after the beginning.")
    if any(later[0] < earlier[1] for earlier, later in zip(spans, spans[1:], strict=False)):
        return _("Two times overlap.")
    if spans[0][0] <= now:
        return _("This time is past.")
    if facts.enrol_until is not None and facts.enrol_until > spans[-1][1]:
        return _("Enrolment ends before the event does.")
    return ""
