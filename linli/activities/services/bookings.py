"""A time is booked; nobody books what somebody has."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import BOOKERS
from linli.activities.engine.hoarding import origin_for, refuse_more_open, refuse_more_times
from linli.activities.engine.holding import fee_for, save_booking
from linli.activities.engine.telling import TELLER, tell_booker
from linli.activities.errors import TIME_FAULTS, JustTaken, VenueEnded
from linli.activities.models import Booking, BookingVault, Venue
from linli.activities.queries import venues as queries
from linli.activities.rules import venues as rules
from linli.activities.types.venues import (
    DAY_MINUTES,
    Audience,
    BookingFacts,
    BookingState,
    Purpose,
)
from linli.kernel import scope
from linli.kernel.errors import Invalid
from linli.kernel.ids import public_code
from linli.kernel.locks import hold
from linli.kernel.moments import span_of_day
from linli.kernel.permits import PERSONAL, Actor, open_to_all
from linli.kernel.texts import clean_text
from linli.runtime.types import Rate
from linli.trail.services import record
from linli.ui.masks import mask_name

CODE_SIGNS, MOST_NAME = 10, 40
# what was booked from one address or account, and looks by code from one address
BOOKED = Rate(20, timedelta(hours=1))
LOOKS = Rate(120, timedelta(minutes=10))
# an office may book late, long and far ahead; never what is past, closed or taken
OFFICE = rules.Terms(step=1, most=DAY_MINUTES, ahead_days=400, notice=0)


@open_to_all(
    "anybody books without an account where the venue is open to them; the office for others"
)
@transaction.atomic
def book(
    venue: Venue, facts: BookingFacts, *, address: str = "", is_own: bool = False, actor: Actor,
    now: datetime,
) -> Booking:  # fmt: skip
    """Book a time. What needs the office's yes waits for it and holds the time meanwhile.

    What is the office's own (`is_own`), as the times of its events, costs nothing and begins at any minute.
    Refuses with VenueEnded, Invalid (its field is `time` if the time cannot be booked), JustTaken, TooManyOpen,
    TooManyHere for one `address` or account that takes the day.
    """
    hold("activities.venue", venue.pk)
    venue = Venue.objects.get(pk=venue.pk)
    if venue.ended_on is not None:
        raise VenueEnded()
    by_office = actor.may(permits.BOOKINGS, at=venue.path)
    _check_said(venue, facts, by_office)
    check_time(venue, (facts.starts_at, facts.ends_at), is_own=is_own, actor=actor, now=now)
    if not by_office:
        refuse_more_open(venue, facts.phone, now)
    origin = origin_for(address, actor, by_office=by_office)
    refuse_more_times(origin, venue.path, facts.starts_at, now)
    booking = _drafted(venue, facts, actor, now, by_office)
    booking.origin_mark = origin
    if is_own:
        booking.fee_fen = booking.deposit_fen = 0
    save_booking(booking)
    _seal(booking, facts)
    record(
        "activities.booked", on=booking, actor=actor, now=now, place=venue.path, level=PERSONAL,
        state=str(booking.state),
    )  # fmt: skip
    waits = booking.state == BookingState.ASKED
    tell_booker(booking, "activities.booking_asked" if waits else "activities.booked", now=now)
    return booking


@open_to_all("looks at a time; who books it is asked for more")
def check_time(
    venue: Venue, span: tuple[datetime, datetime], *, is_own: bool = False, actor: Actor,
    now: datetime, but: int = 0,
) -> None:  # fmt: skip
    """Refuse with Invalid or JustTaken a time that the actor cannot book; booking `but` is no hindrance.

    What is the office's own keeps to opening hours, not to the pieces in which others book.
    """
    by_office = actor.may(permits.BOOKINGS, at=venue.path)
    on, minutes = timezone.localdate(span[0]), span_of_day(*span)
    own = queries.terms_of(venue)
    terms = replace(OFFICE, step=1 if is_own else own.step) if by_office else own
    until = ((on - timezone.localdate(now)).days, int((span[0] - now).total_seconds() // 60))
    spans = queries.schedule_of([venue], on, on).spans(venue, on)
    fault = rules.fault_of_time(minutes, on, spans, terms, until=until)
    if fault:
        raise Invalid({"time": [str(TIME_FAULTS[fault])]})
    taken = queries.taken_times([venue.pk], on, on, but=but).get(venue.pk, [])
    if any(rules.overlaps(span, other) for other in taken):
        raise JustTaken()


def _check_said(venue: Venue, facts: BookingFacts, by_office: bool) -> None:
    faults: dict[str, list[str]] = {}
    if not clean_text(facts.name).strip():
        faults["name"] = [_("Say whom the office asks for.")]
    if not facts.phone and not by_office:
        faults["phone"] = [_("Leave a number: if the venue must close, you are told under it.")]
    if facts.purpose not in {str(one) for one in Purpose}:
        faults["purpose"] = [_("Choose one of the list.")]
    if not 1 <= facts.people <= venue.people:
        faults["people"] = [_("From 1 to %(most)s people find room.") % {"most": venue.people}]
    if venue.audience == Audience.NEIGHBOURS and not (facts.is_neighbour or by_office):
        faults["is_neighbour"] = [_("This venue is for those who live or work here.")]
    if venue.audience == Audience.OFFICE and not by_office:
        faults["time"] = [_("This venue is booked through the office.")]
    if faults:
        raise Invalid(faults)


def _drafted(
    venue: Venue, facts: BookingFacts, actor: Actor, now: datetime, by_office: bool
) -> Booking:
    span = (facts.starts_at, facts.ends_at)
    waits = venue.needs_approval and not by_office
    return Booking(
        venue=venue, path=venue.path, code=public_code(CODE_SIGNS), starts_at=span[0], ends_at=span[1],
        state=BookingState.ASKED if waits else BookingState.HELD, purpose=facts.purpose,
        people=facts.people, masked_name=mask_name(facts.name),
        account_id=None if by_office or actor.is_machine else actor.account_id,
        language=facts.language, fee_fen=fee_for(venue, span), deposit_fen=venue.deposit_fen, booked_at=now,
    )  # fmt: skip


def _seal(booking: Booking, facts: BookingFacts) -> None:
    name = clean_text(facts.name).strip()[:MOST_NAME]
    found = envelopes.phone_index(facts.phone)
    with scope.acting(TELLER):
        BookingVault.objects.create(
            booking=booking,
            name=envelopes.sealed(name, BOOKERS, "name", booking.pk),
            phone=envelopes.sealed(facts.phone, BOOKERS, "phone", booking.pk),
            phone_index=found.main, phone_index_next=found.next,
        )  # fmt: skip
