"""An event is edited: its words, single times, room and capacity; each family hears of it in one message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.engine.entering import (
    columns_of,
    fault_of_times,
    faults_of_facts,
    held_event,
    let_span,
)
from linli.activities.engine.telling import tell_taker
from linli.activities.models import Booking, Event, EventSession
from linli.activities.queries import events as queries
from linli.activities.queries.fees import OF_FAMILY
from linli.activities.rules.events import Shift, Span, shift_of
from linli.activities.services.changing import put_booking
from linli.activities.services.ending import cancel_all
from linli.activities.services.enrolling import move_up
from linli.activities.services.events import book_time
from linli.activities.types.events import Changes, EventEdit, EventState, News, SessionTime
from linli.activities.types.venues import OPEN, BookingState, EndedBy
from linli.exchange.events import OwedOtherwise
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.events import publish
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.trail.services import record

TOLD = ("where", "fee_fen", "title")
MOST_REASON = 200


@transaction.atomic
def edit_event(
    event: Event, edit: EventEdit, *, edition: int | None = None, actor: Actor, now: datetime
) -> Event:
    """Let an event be as it is said; whoever is enrolled is told what matters to her, once.

    Times that have begun stay. Bookings follow: a moved time stays in its room, another room is booked
    for all times to come. More places let whoever waits move up.
    Refuses with NotAllowed, WrongState, Stale, Invalid, JustTaken.
    """
    for venue_id in sorted({event.venue_id or 0, edit.facts.venue_id or 0} - {0}):
        hold("activities.venue", venue_id)
    event = held_event(event, edition)
    require(actor, permits.EVENTS, at=event.path)
    if event.state == EventState.CANCELLED:
        raise WrongState(move="edit", state=event.state)
    open_, begun = _sessions(event, now)
    shift = _checked(event, edit, open_, begun, now)
    was = {name: getattr(event, name) for name in TOLD}
    room, reason = event.venue_id, clean_text(edit.reason).strip()[:MOST_REASON]
    for name, value in columns_of(edit.facts).items():
        setattr(event, name, value)
    if event.venue_id != room:
        _leave(open_.values(), reason, actor, now)
    _drop([open_[number] for number in shift.dropped], reason, actor, now)
    _move(event, open_, shift, actor, now)
    _settle(event, edit, shift, actor, now)
    _tell(event, _changes(event, was, open_, shift), reason, actor, now)
    return event


def _sessions(event: Event, now: datetime) -> tuple[dict[int, EventSession], list[EventSession]]:
    """Return the times to come by id, and those that have begun or to which somebody came."""
    came = {session for session, _enrolment in queries.came(event)}
    found = queries.sessions_of(event)
    begun = [one for one in found if one.starts_at <= now or one.pk in came or one.others]
    return {one.pk: one for one in found if one not in begun}, begun


def _checked(
    event: Event, edit: EventEdit, open_: Mapping[int, EventSession], begun: list[EventSession],
    now: datetime,
) -> Shift:  # fmt: skip
    """Return what becomes of the times to come. Refuses with Invalid."""
    faults = faults_of_facts(event.path, edit.facts)
    taken = queries.room_of(event).taken
    if taken > edit.facts.places:
        words = _("%(num)s people have places already; not fewer than these.") % {"num": taken}
        faults.setdefault("places", []).append(words)
    largest = max((one.people for one in queries.waiting_list(event)), default=0)
    # a family that waits already for more than there ever was is no hindrance
    if edit.facts.places < largest <= event.places:
        words = _(
            "A family of %(num)s people waits; with fewer places than that it never gets any."
        )
        faults.setdefault("places", []).append(words % {"num": largest})
    spans = _spans(open_.values())
    wanted = [one for one in edit.times if one.id not in {old.pk for old in begun}]
    known = [(one.id, one.span) for one in wanted if one.id is None or one.id in spans]
    shift = shift_of(spans, known)
    fault = _fault_of(edit, wanted, shift, begun, now)
    if len(known) < len(wanted):
        fault = _("This time is not one of the event. Open the page again.")
    if fault:
        faults["sessions"] = [fault]
    if faults:
        raise Invalid(faults)
    return shift


def _fault_of(
    edit: EventEdit, wanted: list[SessionTime], shift: Shift, begun: list[EventSession], now: datetime
) -> str:  # fmt: skip
    stays = {one.pk: (one.starts_at, one.ends_at) for one in begun}
    if any(one.span != stays[one.id] for one in edit.times if one.id in stays):
        return _("A time that has begun stays as it was.")
    fresh = [*shift.added, *(new for _old, new in shift.moved.values())]
    if any(start <= now for start, _end in fresh):
        return _("This time is past.")
    spans = [*stays.values(), *(one.span for one in wanted)]
    if not spans:
        return _("One time stays. To drop them all, call the event off.")
    return fault_of_times(spans, edit.facts.enrol_until)


def _spans(sessions: Iterable[EventSession]) -> dict[int, Span]:
    return {one.pk: (one.starts_at, one.ends_at) for one in sessions}


def _leave(sessions: Iterable[EventSession], reason: str, actor: Actor, now: datetime) -> None:
    """Give the bookings of times back without a word to families: the event itself tells them."""
    ids = [one.booking_id for one in sessions if one.booking_id is not None]
    for one in sessions:
        one.booking = None
        one.save(update_fields=["booking"])
    ahead = Booking.objects.filter(pk__in=ids, state__in=OPEN)
    cancel_all(ahead, reason, by=EndedBy.OFFICE, actor=actor, now=now)


def _drop(sessions: list[EventSession], reason: str, actor: Actor, now: datetime) -> None:
    _leave(sessions, reason, actor, now)
    EventSession.objects.filter(pk__in=[one.pk for one in sessions]).delete()


def _move(
    event: Event, open_: Mapping[int, EventSession], shift: Shift, actor: Actor, now: datetime
) -> None:
    """Put moved times and their bookings where they are to be; two may change places with each other."""
    moved = [open_[number] for number in shift.moved]
    ids = [one.booking_id for one in moved if one.booking_id is not None]
    bookings = {one.pk: one for one in Booking.objects.filter(pk__in=ids).select_related("venue")}
    # all of them let go of their old times before the first takes its new one
    Booking.objects.filter(pk__in=ids).update(state=BookingState.CANCELLED)
    for session in moved:
        span = shift.moved[session.pk][1]
        session.starts_at, session.ends_at = span
        session.save(update_fields=["starts_at", "ends_at"])
        if session.booking_id is not None:
            put_booking(bookings[session.booking_id], span, actor=actor, now=now)
    for span in shift.added:
        EventSession.objects.create(event=event, starts_at=span[0], ends_at=span[1])


def _settle(event: Event, edit: EventEdit, shift: Shift, actor: Actor, now: datetime) -> None:
    """Book what lies in the room without a booking, and write the event down."""
    sessions = queries.sessions_of(event)
    let_span(event, list(_spans(sessions).values()))
    if edit.facts.enrol_until is not None:
        event.enrol_until = edit.facts.enrol_until
    event.edition += 1
    event.save()
    for one in sessions if event.venue_id is not None else ():
        if one.booking_id is None and one.starts_at > now:
            one.booking = book_time(event, (one.starts_at, one.ends_at), actor=actor, now=now)
            one.save(update_fields=["booking"])
    record(
        "activities.event_changed", on=event, actor=actor, now=now, place=event.path,
        moved=len(shift.moved), dropped=len(shift.dropped), added=len(shift.added),
    )  # fmt: skip


def _changes(
    event: Event, was: dict[str, object], open_: Mapping[int, EventSession], shift: Shift
) -> Changes:
    return Changes(
        moved=tuple((old[0], new[0]) for old, new in sorted(shift.moved.values())),
        dropped=tuple(sorted(open_[number].starts_at for number in shift.dropped)),
        added=tuple(start for start, _end in shift.added),
        where=event.where if event.where != was["where"] else None,
        fee_fen=event.fee_fen if event.fee_fen != was["fee_fen"] else None,
        title=str(was["title"]) if event.title != was["title"] else None,
    )


def _tell(event: Event, changes: Changes, reason: str, actor: Actor, now: datetime) -> None:
    """Let whoever waits move up, and tell all others what changed for them."""
    if event.state != EventState.PUBLISHED:
        return
    is_another_day = bool(event.fee_fen and (changes.moved or changes.dropped or changes.added))
    if changes.fee_fen is not None or is_another_day:
        publish(OwedOtherwise(OF_FAMILY, tuple(one.pk for one in queries.taking_part(event))))
    up = move_up(event, actor=actor, now=now)
    if not changes.is_any:
        return
    for one in queries.taking_part(event):
        if one.pk not in up:
            tell_taker(
                one,
                event,
                "activities.event_changed",
                News(reason=reason, changes=changes),
                now=now,
            )
