"""Bookings as whoever has the code, whoever booked signed in, and the office may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from linli.activities import permits
from linli.activities.models import (
    Booking,
    BookingVault,
    EventSession,
    HandOver,
    Venue,
    VenueDays,
)
from linli.activities.queries.venues import schedule_of
from linli.activities.rules import venues as rules
from linli.activities.types.venues import (
    BOOKER_PHONE,
    DAY_MINUTES,
    HOLDING,
    OPEN,
    BookingState,
    DaysFacts,
    EndedBy,
)
from linli.kernel.errors import NotFound
from linli.kernel.ids import code_typed
from linli.kernel.moments import span_of_day
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.kernel.sealing import blind_lookup

# names and telephones go this long after the booking is over
KEEP = timedelta(days=30)
# what nobody decided is refused so long before it begins, if it was asked for so early that there was time to answer
ANSWERED_BEFORE, ASKED_EARLY = timedelta(minutes=15), timedelta(hours=1)


def visible_bookings(actor: Actor) -> QuerySet[Booking]:
    """Bookings at places where the actor sees and decides them."""
    return Booking.objects.filter(in_reach(actor, permits.BOOKINGS))


def get_booking(actor: Actor, booking_id: int) -> Booking:
    """Return a booking for the office. Refuses with NotFound."""
    found = visible_bookings(actor).filter(pk=booking_id).select_related("venue").first()
    if found is None:
        raise NotFound(id=booking_id)
    return found


def bookings_called(actor: Actor, words: str) -> QuerySet[Booking]:
    """Bookings that the office sees, by the code that a booker says or shows; one or none."""
    return visible_bookings(actor).filter(code=_typed(words)).select_related("venue")


def _typed(code: str) -> str:
    return code_typed(code)[:12]


def booking_by_code(code: str) -> Booking:
    """Return a booking by the code that its booker has. Refuses with NotFound."""
    found = Booking.objects.filter(code=_typed(code)).select_related("venue").first()
    if found is None:
        raise NotFound()
    return found


def own_bookings(actor: Actor, now: datetime) -> QuerySet[Booking]:
    """Bookings that an account made, those ahead first; none for nobody."""
    if actor.account_id is None or actor.is_machine:
        return Booking.objects.none()
    found = Booking.objects.filter(account_id=actor.account_id, ends_at__gte=now)
    return found.select_related("venue").order_by("starts_at", "pk")


def day_bookings(venue_ids: Sequence[int], first: date, last: date) -> QuerySet[Booking]:
    """Bookings that hold time at venues between two days, in order."""
    zone = timezone.get_current_timezone()
    begin, end = rules.at_minute(first, 0, zone), rules.at_minute(last, DAY_MINUTES, zone)
    found = Booking.objects.filter(
        venue_id__in=venue_ids, state__in=HOLDING, starts_at__lt=end, ends_at__gt=begin
    )
    return found.select_related("venue").order_by("starts_at", "pk")


def on_days(venue: Venue, facts: DaysFacts, now: datetime) -> list[Booking]:
    """Return the bookings ahead that have no place any more if these days differ."""
    found = day_bookings([venue.pk], facts.first_on, facts.last_on).filter(
        state__in=OPEN, ends_at__gt=now
    )
    if facts.is_closed:
        return list(found)
    span = (facts.opens or 0, facts.closes or 0)
    return [one for one in found if not _inside(one, span)]


def outside_week(venue: Venue, week: dict[int, list[rules.Span]], now: datetime) -> list[Booking]:
    """Return the bookings ahead that a new weekly opening would leave outside of it."""
    found = list(
        Booking.objects.filter(venue=venue, state__in=OPEN, starts_at__gt=now).order_by("starts_at")
    )
    if not found:
        return []
    last = timezone.localtime(found[-1].starts_at).date()
    schedule = schedule_of([venue], timezone.localdate(now), last)
    schedule.week[venue.pk] = [(day, *span) for day, spans in week.items() for span in spans]
    return [
        one
        for one in found
        if not any(_inside(one, span) for span in schedule.spans(venue, _day_of(one)))
    ]


def _day_of(booking: Booking) -> date:
    return timezone.localtime(booking.starts_at).date()


def minutes_of(booking: Booking) -> tuple[int, int]:
    """Return beginning and end of a booking in minutes of its day."""
    return span_of_day(booking.starts_at, booking.ends_at)


def _inside(booking: Booking, span: rules.Span) -> bool:
    begin, end = minutes_of(booking)
    return span[0] <= begin and end <= span[1]


def waiting(actor: Actor, now: datetime) -> QuerySet[Booking]:
    """Bookings that wait for the office to say yes or no, soonest first."""
    found = visible_bookings(actor).filter(state=BookingState.ASKED, ends_at__gt=now)
    return found.select_related("venue").order_by("starts_at", "pk")


def unanswered(now: datetime) -> QuerySet[Booking]:
    """Bookings that begin in a moment, or have begun, and of which the office has not said yes or no.

    What was asked for shortly before it begins waits until it does.
    """
    is_early = Q(asked_at__lte=F("starts_at") - ASKED_EARLY)
    found = Booking.objects.filter(state=BookingState.ASKED, starts_at__lte=now + ANSWERED_BEFORE)
    found = found.annotate(asked_at=Coalesce("moved_at", "booked_at"))
    return found.filter(Q(starts_at__lte=now) | is_early).order_by("pk")


def hand_overs(booking: Booking) -> dict[str, HandOver]:
    """Return what was handed out and taken back of a booking, by hand."""
    return {one.hand: one for one in HandOver.objects.filter(booking=booking)}


def is_called_off(booking: Booking) -> bool:
    """Say whether the office or a closing took a time from its booker, who is still known and may take another one.

    The time of an event is not hers to take again.
    """
    by_office = booking.ended_by in (EndedBy.OFFICE, EndedBy.CLOSING)
    if booking.state != BookingState.CANCELLED or not by_office or booking.forgotten_at:
        return False
    return not EventSession.objects.filter(booking=booking).exists()


def count_ahead(venue: Venue, phone: str, now: datetime) -> int:
    """Count the bookings ahead of one telephone at a venue, as far as the vault may be read."""
    found = BookingVault.objects.filter(
        **blind_lookup("phone_index", phone, purpose=BOOKER_PHONE),
        booking__venue=venue, booking__state__in=OPEN, booking__ends_at__gt=now,
    )  # fmt: skip
    return found.count()


def held_from(origin: bytes, path: str, on: date) -> int:
    """Count the times of a day in a place that one address or account holds."""
    zone = timezone.get_current_timezone()
    begin, end = rules.at_minute(on, 0, zone), rules.at_minute(on, DAY_MINUTES, zone)
    return Booking.objects.filter(
        origin_mark=origin, path=path, state__in=OPEN, starts_at__gte=begin, starts_at__lt=end
    ).count()


def to_remind(now: datetime) -> QuerySet[Booking]:
    """Confirmed bookings that begin within a day and of which nobody was reminded yet."""
    return (
        Booking.objects.filter(
            state=BookingState.HELD, reminded_at__isnull=True,
            starts_at__gt=now, starts_at__lte=now + timedelta(hours=24),
        )
        .filter(booked_at__lte=now - timedelta(hours=6))
        .order_by("starts_at", "pk")
    )  # fmt: skip


def over(now: datetime) -> QuerySet[Booking]:
    """Bookings whose names and telephones have outlived their term, or from where they came: a day after them."""
    named = Q(forgotten_at__isnull=True, ends_at__lt=now - KEEP)
    marked = Q(origin_mark__isnull=False, ends_at__lt=now - timedelta(days=1))
    # the first bound and the order are those of its index
    ended = Booking.objects.filter(ends_at__lt=now - timedelta(days=1))
    return ended.filter(named | marked).order_by("ends_at", "pk")


def bookings_over(now: datetime) -> int:
    """Count bookings over their term, up to a thousand."""
    return over(now)[:1000].count()


def closing(days_id: int) -> VenueDays:
    """Return days that differ and were not lifted. Refuses with NotFound."""
    found = VenueDays.objects.filter(pk=days_id, lifted_at__isnull=True).first()
    if found is None:
        raise NotFound(id=days_id)
    return found
