"""Booking, moving, cancelling, deciding: one has a time, nobody a time that somebody has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from linli.activities.errors import JustTaken, TooLateToMove, TooManyOpen, VenueEnded
from linli.activities.models import Booking, BookingVault
from linli.activities.queries import bookings as queries
from linli.activities.services import bookers, bookings, changing, reminding, venues
from linli.activities.testing import (
    HALL,
    NOON,
    PHONE,
    SYSTEM,
    TODAY,
    at,
    facts_of,
    make_booking,
    make_office,
    make_venue,
)
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import make_actor
from linli.notify.models import Delivery
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db


def test_a_booking_holds_its_time_and_the_second_one_is_told() -> None:
    venue = make_venue()
    first = make_booking(venue, at(9), 2)

    for start, hours in ((9, 1), (10, 1), (8, 2), (9, 2)):
        with pytest.raises(JustTaken):
            make_booking(venue, at(start), hours, phone="+8613800138002")
    next_to = make_booking(venue, at(11), phone="+8613800138002")

    assert (first.state, next_to.state) == ("held", "held")
    assert Booking.objects.count() == 2


def test_the_table_itself_refuses_what_a_program_would_let_through() -> None:
    venue = make_venue()
    made = make_booking(venue, at(9))
    copy = Booking.objects.get(pk=made.pk)
    copy.pk, copy.code = None, "OTHERCODE2"

    with pytest.raises(IntegrityError, match="activities_booking_no_overlap"), transaction.atomic():
        copy.save()
    Booking.objects.filter(pk=made.pk).update(state="cancelled")
    copy.save()

    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    ("start", "hours", "wrong", "field"),
    [(9, 1, {"name": " "}, "name"), (9, 1, {"phone": ""}, "phone"), (9, 1, {"people": 81}, "people"),
     (9, 1, {"people": 0}, "people"), (9, 1, {"purpose": "gamble"}, "purpose"), (9, 3, {}, "time"),
     (9, 0, {}, "time"), (9, -1, {}, "time"), (7, 1, {}, "time"), (22, 1, {}, "time"), (9.25, 1, {}, "time"),
     (-15, 1, {}, "time"), (24 * 40, 1, {}, "time")],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    start: float, hours: float, wrong: dict[str, Any], field: str
) -> None:
    venue = make_venue()

    with pytest.raises(Invalid) as fault:
        make_booking(venue, at(start), hours, **wrong)

    assert field in fault.value.fields
    assert (
        not Booking.objects.exists() and not Entry.objects.filter(verb="activities.booked").exists()
    )


def test_one_second_after_its_beginning_a_time_is_past_for_the_office_too() -> None:
    venue, office = make_venue(notice_minutes=0), make_office()

    with pytest.raises(Invalid):
        make_booking(venue, at(13, TODAY), now=at(13, TODAY) + timedelta(seconds=1), actor=office)
    with pytest.raises(Invalid):
        make_booking(venue, at(13, TODAY), now=at(13, TODAY), actor=office)
    assert make_booking(
        venue, at(13, TODAY), now=at(13, TODAY) - timedelta(minutes=1), actor=office
    )


def test_one_telephone_has_no_more_bookings_ahead_than_the_venue_says() -> None:
    venue = make_venue(open_most=2)
    first = make_booking(venue, at(9))
    make_booking(venue, at(10))

    with pytest.raises(TooManyOpen):
        make_booking(venue, at(11))
    changing.cancel_booking(first, actor=NOBODY, now=NOON)
    make_booking(venue, at(11))

    assert make_booking(venue, at(14), actor=make_office()).state == "held"


def test_a_venue_for_neighbours_or_through_the_office_keeps_to_it() -> None:
    near, closed, office = (
        make_venue(audience="neighbours"),
        make_venue(audience="office"),
        make_office(),
    )

    with pytest.raises(Invalid):
        make_booking(near, at(9))
    with pytest.raises(Invalid):
        make_booking(closed, at(9))

    assert make_booking(near, at(9), is_neighbour=True).state == "held"
    assert make_booking(closed, at(9), actor=office).account_id is None


def test_what_needs_a_yes_holds_its_time_until_the_no() -> None:
    venue, office = make_venue(needs_approval=True), make_office()
    asked = make_booking(venue, at(9))
    with pytest.raises(JustTaken):
        make_booking(venue, at(9), phone="+8613800138002")

    with pytest.raises(Invalid):
        changing.decide_booking(asked, "refuse", actor=office, now=NOON)
    with pytest.raises(NotFound):
        changing.decide_booking(asked, "agree", actor=make_actor("stranger"), now=NOON)
    refused = changing.decide_booking(asked, "refuse", reason="Repair", actor=office, now=NOON)
    other = make_booking(venue, at(9), phone="+8613800138002")
    agreed = changing.decide_booking(other, "agree", actor=office, now=NOON)

    assert (refused.state, refused.reason, agreed.state) == ("refused", "Repair", "held")
    with pytest.raises(WrongState):
        changing.decide_booking(refused, "agree", actor=office, now=NOON)


def test_moving_frees_the_old_time_and_takes_the_new_one_or_neither() -> None:
    venue = make_venue()
    mine = make_booking(venue, at(9))
    make_booking(venue, at(11), phone="+8613800138002")

    with pytest.raises(JustTaken):
        changing.move_booking(mine, (at(11), at(12)), actor=NOBODY, now=NOON)
    with pytest.raises(Stale):
        changing.move_booking(mine, (at(13), at(14)), edition=9, actor=NOBODY, now=NOON)
    mine.refresh_from_db()
    assert mine.starts_at == at(9)
    # an hour later overlaps only with itself
    moved = changing.move_booking(mine, (at(10), at(11)), actor=NOBODY, now=NOON)

    assert moved.starts_at == at(10)
    assert make_booking(venue, at(9), phone="+8613800138003").state == "held"


def test_after_the_beginning_the_booker_neither_moves_nor_cancels() -> None:
    mine = make_booking(make_venue(), at(9))

    with pytest.raises(TooLateToMove):
        changing.move_booking(mine, (at(15), at(16)), actor=NOBODY, now=at(9))
    with pytest.raises(TooLateToMove):
        changing.cancel_booking(mine, actor=NOBODY, now=at(9))

    assert Booking.objects.get().state == "held"


def test_several_are_cancelled_with_a_reason_all_or_none_and_everybody_is_told() -> None:
    venue, office = make_venue(), make_office()
    both = [make_booking(venue, at(9)), make_booking(venue, at(10), phone="+8613800138002")]
    ids = [one.pk for one in both]
    sent = Delivery.objects.count()

    with pytest.raises(Invalid):
        changing.cancel_many(ids, " ", actor=office, now=NOON)
    with pytest.raises(NotFound):
        changing.cancel_many([*ids, 10**9], "Flood", actor=office, now=NOON)
    with pytest.raises(NotFound):
        changing.cancel_many(ids, "Flood", actor=make_actor("stranger"), now=NOON)
    assert set(Booking.objects.values_list("state", flat=True)) == {"held"}
    count = changing.cancel_many(ids, "Flood", actor=office, now=NOON)

    assert count == 2 and Delivery.objects.count() == sent + 2
    assert set(Booking.objects.values_list("state", "reason", "ended_by")) == {
        ("cancelled", "Flood", "office")
    }


def test_name_and_number_lie_sealed_are_read_with_a_trace_and_go_after_30_days() -> None:
    mine, office = make_booking(make_venue(), at(9)), make_office()

    told = bookers.read_booker(mine, "to call", actor=office, now=NOON)
    with pytest.raises(NotFound):
        bookers.read_booker(mine, "curious", actor=make_actor("stranger"), now=NOON)

    assert told == ("Chen Ah Po", PHONE)
    assert Entry.objects.filter(details__reason="to call").count() == 1
    with scope.acting(SYSTEM):
        vault = BookingVault.objects.get()
    assert b"Chen" not in bytes(vault.name) and b"138" not in bytes(vault.phone)
    assert bookers.let_go(at(10) + timedelta(days=30), 10, actor=SYSTEM) == 0
    assert bookers.let_go(at(10) + timedelta(days=30, seconds=1), 10, actor=SYSTEM) == 1
    mine.refresh_from_db()
    assert (mine.masked_name, mine.account_id) == ("", None)
    with scope.acting(SYSTEM):
        assert not BookingVault.objects.exists()


def test_without_scope_the_vault_shows_nothing() -> None:
    make_booking(make_venue(), at(9))

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM activities_bookingvault")
        assert cursor.fetchone()[0] == 0


def test_a_booker_is_reminded_once_of_what_begins_within_a_day() -> None:
    mine = make_booking(make_venue(), at(20))
    late = at(20) - timedelta(hours=3)

    assert reminding.remind(actor=SYSTEM, now=NOON) == 0
    assert reminding.remind(actor=SYSTEM, now=late) == 1
    assert reminding.remind(actor=SYSTEM, now=late) == 0
    mine.refresh_from_db()
    assert mine.reminded_at == late


def test_a_venue_out_of_use_is_booked_no_more() -> None:
    venue, office = make_venue(), make_office()
    mine = make_booking(venue, at(9))

    venues.end_venue(venue, drops=True, reason="Sold", actor=office, now=NOON)

    with pytest.raises(VenueEnded):
        bookings.book(venue, facts_of(at(10)), actor=NOBODY, now=NOON)
    assert queries.booking_by_code(mine.code).reason == "Sold"
    with pytest.raises(NotAllowed):
        venues.add_venue(make_village(), HALL, actor=make_actor("stranger"), now=NOON)
