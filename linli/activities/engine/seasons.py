"""A group's weekly time becomes bookings, week by week, as far as the venue is open and free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import BOOKERS, GROUPS
from linli.activities.engine.holding import save_booking
from linli.activities.engine.telling import TELLER
from linli.activities.models import Booking, BookingVault, Group, GroupVault, Round, RoundTime
from linli.activities.queries.venues import schedule_of, taken_times
from linli.activities.rules import venues as rules
from linli.activities.types.venues import BookingState, Purpose
from linli.kernel import scope
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor

PURPOSES = {
    "dance": Purpose.DANCE,
    "music": Purpose.DANCE,
    "theatre": Purpose.DANCE,
    "sport": Purpose.SPORT,
}


def book_season(
    at: Round, times: Sequence[RoundTime], *, actor: Actor, now: datetime
) -> list[dict[str, str]]:
    """Book every week to come of a season for those who got a time; return the weeks that could not be booked."""
    given = [one for one in times if one.group is not None]
    venues = {one.venue_id: one.venue for one in given}
    schedule = schedule_of(venues.values(), at.first_on, at.last_on)
    taken = taken_times(list(venues), at.first_on, at.last_on)
    zone, skipped = timezone.get_current_timezone(), []
    for one in given:
        for on in _weeks(at, one.weekday):
            span = (rules.at_minute(on, one.begins, zone), rules.at_minute(on, one.ends, zone))
            opened = any(
                o <= one.begins and one.ends <= c for o, c in schedule.spans(one.venue, on)
            )
            free = not any(rules.overlaps(span, other) for other in taken.get(one.venue_id, ()))
            why = "past" if span[0] <= now else "closed" if not opened else "" if free else "taken"
            if why:
                skipped.append({"time": str(one.pk), "on": on.isoformat(), "why": why})
                continue
            assert one.group is not None
            _book(one, one.group, span, now)
            taken.setdefault(one.venue_id, []).append(span)
    return skipped


def booked_of(
    at: Round, times: Sequence[RoundTime], skipped: Sequence[dict[str, str]]
) -> dict[int, tuple[int, int]]:
    """Return by group how many of its times in a season are booked, and how many there are."""
    left_out = Counter(one["time"] for one in skipped)
    found: dict[int, tuple[int, int]] = {}
    for one in times:
        if one.group_id is not None:
            weeks, (booked, of) = len(_weeks(at, one.weekday)), found.get(one.group_id, (0, 0))
            found[one.group_id] = (booked + weeks - left_out[str(one.pk)], of + weeks)
    return found


def _weeks(at: Round, weekday: int) -> list[date]:
    first = at.first_on + timedelta(days=(weekday - at.first_on.weekday()) % 7)
    count = (at.last_on - first).days // 7 + 1
    return [first + timedelta(days=7 * n) for n in range(max(count, 0))]


def _book(one: RoundTime, group: Group, span: tuple[datetime, datetime], now: datetime) -> None:
    booking = Booking(
        venue=one.venue, path=one.venue.path, code=public_code(10), starts_at=span[0], ends_at=span[1],
        state=BookingState.HELD, purpose=PURPOSES.get(group.kind, Purpose.OTHER),
        people=min(group.people, one.venue.people), masked_name=group.name, language="zh-hans",
        fee_fen=0, deposit_fen=one.venue.deposit_fen, booked_at=now,
    )  # fmt: skip
    save_booking(booking)
    with scope.acting(TELLER):
        vault = GroupVault.objects.filter(group=group).first()
        if vault is None:
            return
        phone = envelopes.opened(vault.phone, GROUPS, "phone", group.pk)
        name = envelopes.opened(vault.contact, GROUPS, "contact", group.pk)
        found = envelopes.phone_index(phone)
        BookingVault.objects.create(
            booking=booking, name=envelopes.sealed(name, BOOKERS, "name", booking.pk),
            phone=envelopes.sealed(phone, BOOKERS, "phone", booking.pk),
            phone_index=found.main, phone_index_next=found.next,
        )  # fmt: skip
