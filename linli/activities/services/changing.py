"""A booking is moved, cancelled, agreed to or refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.clients.envelopes import BOOKERS, opened
from linli.activities.engine.hoarding import refuse_more_on_another_day, refuse_more_open
from linli.activities.engine.holding import fee_for, held_booking, save_booking
from linli.activities.engine.telling import TELLER, tell_booker
from linli.activities.errors import TooLateToAgree, TooLateToMove, VenueEnded
from linli.activities.models import Booking, BookingVault, EventSession
from linli.activities.queries.bookings import get_booking, is_called_off, visible_bookings
from linli.activities.queries.fees import OF_BOOKING
from linli.activities.queries.going_back import backs_of
from linli.activities.services.bookings import check_time
from linli.activities.services.ending import cancel_all
from linli.activities.services.sessions import drop_sessions, move_session
from linli.activities.states import BOOKING
from linli.activities.types.venues import BookingState, EndedBy
from linli.exchange.events import OwedOtherwise
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.events import publish
from linli.kernel.locks import hold
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.trail.services import record

BY_CODE = "whoever has the code is the booker, as with reports"


@open_to_all(BY_CODE)
@transaction.atomic
def move_booking(
    booking: Booking, span: tuple[datetime, datetime], *, edition: int | None = None, actor: Actor,
    now: datetime,
) -> Booking:  # fmt: skip
    """Move a booking to another time of its venue; the old time is free at the same moment.

    What the office or a closing called off is booked again, under the code that its booker has.
    Refuses with NotFound, WrongState, Stale, VenueEnded, TooLateToMove, TooManyOpen, TooManyHere, Invalid, JustTaken.
    """
    hold("activities.venue", booking.venue_id)
    booking = held_booking(booking, edition)
    by_office = actor.may(permits.BOOKINGS, at=booking.path)
    if is_off := is_called_off(booking):
        _refuse_again(booking, by_office=by_office, now=now)
    else:
        BOOKING.after(booking.state, "cancel")  # what may not be cancelled may not be moved either
    if not is_off and booking.starts_at <= now and not by_office:
        raise TooLateToMove()
    if not by_office:
        refuse_more_on_another_day(booking, span[0], now)
    if is_off:
        booking.state = BOOKING.after(booking.state, "again")
        booking.reason, booking.ended_at, booking.ended_by = "", None, ""
    put_booking(booking, span, actor=actor, now=now)
    move_session(booking, actor=actor, now=now)
    tell_booker(booking, "activities.booking_moved", now=now)
    return booking


def _refuse_again(booking: Booking, *, by_office: bool, now: datetime) -> None:
    """Refuse with VenueEnded, TooManyOpen a time in the place of one that was called off."""
    if booking.venue.ended_on is not None:
        raise VenueEnded()
    if by_office:
        return
    with scope.acting(TELLER):
        vault = BookingVault.objects.filter(booking=booking).first()
    phone = opened(vault.phone, BOOKERS, "phone", booking.pk) if vault else ""
    if phone:
        refuse_more_open(booking.venue, phone, now)


@open_to_all("part of moving a booking, or of editing the event that it is for")
def put_booking(
    booking: Booking, span: tuple[datetime, datetime], *, actor: Actor, now: datetime
) -> None:
    """Put a held booking onto another time of its venue; one that costs nothing stays free.

    Refuses with Invalid, JustTaken.
    """
    is_own = EventSession.objects.filter(booking=booking).exists()
    check_time(booking.venue, span, is_own=is_own, actor=actor, now=now, but=booking.pk)
    booking.starts_at, booking.ends_at = span
    # the times of events and of groups in a season cost nothing at a venue that has a price
    was_owed = booking.fee_fen
    booking.fee_fen = fee_for(booking.venue, span) if was_owed else 0
    if was_owed:
        # also where the venue has become free since: the number given before is for too much
        publish(OwedOtherwise(OF_BOOKING, (booking.pk,)))
    booking.moved_at, booking.reminded_at, booking.edition = now, None, booking.edition + 1
    if booking.venue.needs_approval and not actor.may(permits.BOOKINGS, at=booking.path):
        booking.state = BookingState.ASKED
    save_booking(booking)
    record(
        "activities.booking_moved", on=booking, actor=actor, now=now, place=booking.path,
        level=PERSONAL,
    )  # fmt: skip


@open_to_all(BY_CODE)
@transaction.atomic
def cancel_booking(
    booking: Booking, *, reason: str = "", edition: int | None = None, actor: Actor, now: datetime
) -> Booking:
    """Cancel a booking: its booker before it begins, without a reason; the office with one.

    Refuses with WrongState, Stale, TooLateToMove, Invalid.
    """
    booking = held_booking(booking, edition)
    words = clean_text(reason).strip()[:200]
    if words:
        require(actor, permits.BOOKINGS, at=booking.path)
    elif booking.starts_at <= now:
        raise TooLateToMove()
    by = EndedBy.OFFICE if words else EndedBy.BOOKER
    cancel_all([booking], words, by=by, actor=actor, now=now)
    booking.refresh_from_db()
    return booking


@transaction.atomic
def cancel_many(ids: Sequence[int], reason: str, *, actor: Actor, now: datetime) -> int:
    """Cancel several bookings at once with one reason; all of them or none.

    Refuses with NotFound for one that is not the actor's to see, Invalid, WrongState.
    """
    found = list(visible_bookings(actor).filter(pk__in=ids))
    if len(found) != len(set(ids)) or not found:
        raise NotFound()
    for path in sorted({one.path for one in found}):
        require(actor, permits.BOOKINGS, at=path)
    words = clean_text(reason).strip()[:200]
    if not words:
        raise Invalid({"reason": [_("Say why: it is told to everybody who booked.")]})
    return cancel_all(found, words, by=EndedBy.OFFICE, actor=actor, now=now)


@transaction.atomic
def decide_booking(
    booking: Booking, move: str, *, reason: str = "", edition: int | None = None, actor: Actor,
    now: datetime,
) -> Booking:  # fmt: skip
    """Agree to a booking that waits, or refuse it with a reason.

    Refuses with NotFound, NotAllowed, WrongState, TooLateToAgree, Stale, Invalid.
    """
    get_booking(actor, booking.pk)
    booking = held_booking(booking, edition)
    require(actor, permits.BOOKINGS, at=booking.path)
    words = clean_text(reason).strip()[:200]
    if move not in ("agree", "refuse"):
        raise Invalid({"move": [_("Choose what to do.")]})
    state = BOOKING.after(booking.state, move)
    if move == "refuse":
        if not words:
            raise Invalid({"reason": [_("Say why: it is told to whoever booked.")]})
        refuse_held(booking, words, actor=actor, now=now)
        return booking
    if booking.ends_at <= now:
        raise TooLateToAgree()
    booking.state, booking.reason, booking.edition = state, words, booking.edition + 1
    booking.save(update_fields=["state", "reason", "edition"])
    record("activities.booking_agreed", on=booking, actor=actor, now=now, place=booking.path,
           level=PERSONAL)  # fmt: skip
    tell_booker(booking, "activities.booked", now=now)
    return booking


@open_to_all("deciding asked for its permit; what nobody decided is refused by a job")
def refuse_held(
    booking: Booking, words: str, *, is_told: bool = True, actor: Actor, now: datetime
) -> None:
    """Refuse a held booking that waits, with a reason that its booker is told; what was paid goes back.

    Of a time long past nobody `is_told`, and what an event had there stays as it was.
    """
    booking.state, booking.reason = BOOKING.after(booking.state, "refuse"), words
    booking.ended_at, booking.ended_by, booking.edition = now, EndedBy.OFFICE, booking.edition + 1
    booking.save(update_fields=["state", "reason", "ended_at", "ended_by", "edition"])
    record("activities.booking_refused", on=booking, actor=actor, now=now, place=booking.path,
           level=PERSONAL)  # fmt: skip
    if booking.fee_fen:
        publish(OwedOtherwise(OF_BOOKING, (booking.pk,)))
    if is_told:
        drop_sessions([booking], words, actor=actor, now=now)
        back_fen = backs_of([booking]).get(booking.pk, 0)
        tell_booker(booking, "activities.booking_refused", back_fen=back_fen, now=now)
