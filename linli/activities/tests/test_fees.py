"""Fees of bookings and events: noted as paid with a receipt, given back with a reason, never more than is right."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from linli.activities import permits
from linli.activities.models import Booking, Enrolment, Event, FeePayment, FeeRefund, Venue
from linli.activities.queries.fees import fee_of, kept_by, with_fee
from linli.activities.rules.fees import owed_for_places, owed_for_time
from linli.activities.services import changing, enrolling, events, fees
from linli.activities.testing import NOON, at, make_booking, make_venue
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.fees import NotThatMuch
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.testing import make_village

OFFICE = make_actor("office", permits.VENUES, permits.BOOKINGS, permits.EVENTS)


def test_what_is_owed_hangs_on_where_it_stands() -> None:
    assert [owed_for_time(state, 500) for state in ("asked", "held", "used", "missed", "cancelled")] == [
        0, 500, 500, 500, 0,
    ]  # fmt: skip
    assert owed_for_places("in", 3, 1000, is_off=False) == 3000
    assert owed_for_places("in", 3, 1000, is_off=True) == 0
    assert owed_for_places("waits", 3, 1000, is_off=False) == 0


def booking_with_fee(hour: int = 9) -> Booking:
    venue = Venue.objects.first() or make_venue(hour_fen=3000)
    return make_booking(venue, at(hour), 2)


def family_with_fee(people: int = 2) -> Enrolment:
    facts = EventFacts("course", "Chess", "", "Fig lane 2", ((at(9), at(10)),), 9, fee_fen=1500)
    event: Event = events.add_event(make_village(), facts, actor=OFFICE, now=NOON)
    event = events.publish_event(event, actor=OFFICE, now=NOON)
    takers = tuple(Taker(f"Chen {n}", 1980) for n in range(people))
    return enrolling.enrol(event, EnrolFacts(takers, "+8613800138001"), actor=NOBODY, now=NOON)


@pytest.mark.django_db
def test_a_booking_is_paid_in_parts_and_what_was_paid_goes_back_when_it_is_cancelled() -> None:
    booking = booking_with_fee()
    first = fees.take_payment(booking, 2000, "cash", actor=OFFICE, now=NOON)
    fees.take_payment(booking, 4000, "transfer", actor=OFFICE, now=NOON)
    assert fee_of(booking).open_fen == 0 and first.number.startswith("SF-2026-")
    assert list(with_fee(Booking.objects.all(), "open")) == []

    booking = changing.cancel_booking(booking, reason="Repairs", actor=OFFICE, now=NOON)
    assert fee_of(booking).back_fen == 6000 and list(with_fee(Booking.objects.all(), "back")) == [
        booking
    ]
    fees.give_back(booking, first.number, 2000, "Repairs", actor=OFFICE, now=NOON)

    assert fee_of(booking).back_fen == 4000 and kept_by([booking]) == {booking.pk: 4000}


@pytest.mark.django_db
def test_nobody_pays_or_gets_back_more_than_is_right_and_nothing_is_kept_then() -> None:
    booking, family = booking_with_fee(), family_with_fee()
    paid = fees.take_payment(family, 3000, "phone", actor=OFFICE, now=NOON)

    for amount, way in ((6001, "cash"), (0, "cash"), (100, "online"), (100, "shells")):
        with pytest.raises(Invalid):
            fees.take_payment(booking, amount, way, actor=OFFICE, now=NOON)
    for amount, reason in ((3001, "Ill"), (100, " ")):
        with pytest.raises(Invalid):
            fees.give_back(family, paid.number, amount, reason, actor=OFFICE, now=NOON)
    with pytest.raises(NotFound):
        fees.give_back(booking, paid.number, 100, "Ill", actor=OFFICE, now=NOON)
    for payer, actor in (
        (booking, make_actor("x", permits.EVENTS)),
        (family, make_actor("y", permits.BOOKINGS)),
    ):
        with pytest.raises(NotAllowed):
            fees.take_payment(payer, 100, "cash", actor=actor, now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeePayment.objects.create(number="SF-X", amount_fen=1, way="cash", paid_at=NOON)

    assert FeePayment.objects.count() == 1 and not FeeRefund.objects.exists()
    enrolling.withdraw(family, actor=NOBODY, now=NOON)
    family.refresh_from_db()
    with pytest.raises(NotThatMuch):
        fees.take_payment(family, 1, "cash", actor=OFFICE, now=NOON)
    assert fee_of(family).back_fen == 3000


@pytest.mark.django_db
def test_the_office_notes_it_by_page_and_api_and_whoever_paid_reads_and_prints_it() -> None:
    booking, family = booking_with_fee(), family_with_fee()
    client, to = client_of(OFFICE), f"/en/desk/venues/bookings/{booking.pk}/fee/"

    def type_in(**typed: object) -> int:
        return client.post(to, {**typed, "key": str(uuid4())}).status_code

    too_much = type_in(move="pay", amount="100", way="cash")
    paid = type_in(move="pay", amount="60", way="cash")
    number = FeePayment.objects.get().number
    wrong = type_in(move="back", receipt=number, amount="10", reason="")
    back = type_in(move="back", receipt=number, amount="10", reason="One hour less")
    api = f"/api/v1/desk/events/{family.event_id}/families/{family.code}/fee/"
    made = post_json(client, api, {"amount_fen": 3000, "way": "card"}).json()
    receipt = made["payments"][0]["receipt"]
    gone = post_json(
        client, f"{api}back", {"receipt": receipt, "amount_fen": 5, "reason": "Coin"}
    ).json()

    assert (too_much, paid, wrong, back) == (422, 303, 422, 303)
    assert (
        made["open_fen"] == 0 and gone["open_fen"] == 5 and gone["payments"][0]["returned_fen"] == 5
    )
    assert "One hour less" in client.get(to).content.decode()
    assert (
        receipt
        in client.get(f"/en/desk/events/{family.event_id}/families/{family.code}/").content.decode()
    )
    for page in (f"/en/bookings/{booking.code}/", f"/en/bookings/{booking.code}/?paper=fee"):
        assert number in Client().get(page).content.decode()
    assert receipt in Client().get(f"/en/enrolments/{family.code}/?paper=fee").content.decode()
    other = client_of(make_actor("stranger")).get(to)
    assert other.status_code == 404


@pytest.mark.django_db
def test_times_of_the_office_s_own_events_owe_nothing_begin_at_any_minute_and_may_move() -> None:
    venue = make_venue(hour_fen=3000, deposit_fen=500, step_minutes=60)
    said = EventFacts(
        "course", "Chess", "", "Fig Hall", ((at(9.5), at(11)),), 9, fee_fen=1500, venue_id=venue.pk
    )
    events.add_event(make_village(), said, actor=OFFICE, now=NOON)
    booking, paid = Booking.objects.get(), make_booking(venue, at(14))

    changing.move_booking(booking, (at(11.5), at(13)), actor=OFFICE, now=NOON)
    paid = changing.move_booking(paid, (at(14), at(16)), actor=NOBODY, now=NOON)

    booking.refresh_from_db()
    assert (booking.starts_at, booking.fee_fen, booking.deposit_fen) == (at(11.5), 0, 0)
    assert list(with_fee(Booking.objects.all(), "open")) == [paid] and paid.fee_fen == 6000
