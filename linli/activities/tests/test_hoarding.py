"""Nobody takes a day of a place, or an event, with invented numbers: one address holds some of it, the office any."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from linli.activities.errors import TooManyFamiliesHere, TooManyHere
from linli.activities.models import Booking, Enrolment, Venue
from linli.activities.services import bookers, bookings, changing, enrolling, events, takers
from linli.activities.testing import NOON, TOMORROW, at, facts_of, make_venue
from linli.activities.tests.test_fees import OFFICE
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import make_actor
from linli.places.testing import make_village
from linli.runtime.testing import at_once

HOME, AWAY = "203.0.113.7", "203.0.113.8"
NEXT = TOMORROW + timedelta(days=1)


def booked(
    number: int, address: str = HOME, actor: Actor = NOBODY, on: object = TOMORROW, name: str = ""
) -> Booking:
    """Book an hour of the hall under a number of its own."""
    venue = Venue.objects.filter(name=name or "Fig Hall").first() or make_venue(
        name=name or "Fig Hall"
    )
    facts = facts_of(at(8 + number, on), phone=f"+86138001380{number:02d}")  # type: ignore[arg-type]
    return bookings.book(venue, facts, address=address, actor=actor, now=NOON)


def family(number: int, event: object, address: str = HOME, actor: Actor = NOBODY) -> Enrolment:
    facts = EnrolFacts((Taker(f"Chen {number}"),), f"+86138001380{number:02d}", has_child=False)
    return enrolling.enrol(event, facts, address=address, actor=actor, now=NOON)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_one_address_takes_no_day_of_a_place_and_the_office_books_on() -> None:
    made = [booked(number) for number in range(3)]
    booked(3, name="Elm Court")
    with pytest.raises(TooManyHere):
        booked(4)
    assert Booking.objects.count() == 4

    booked(4, AWAY)
    booked(5, actor=OFFICE)
    booked(6, actor=replace(make_actor("program"), is_machine=True))
    other = booked(7, on=NEXT)
    with pytest.raises(TooManyHere):
        changing.move_booking(other, (at(18), at(19)), actor=NOBODY, now=NOON)
    other.refresh_from_db()
    assert other.starts_at == at(15, NEXT)
    changing.cancel_booking(made[0], actor=NOBODY, now=NOON)
    changing.move_booking(other, (at(18), at(19)), actor=NOBODY, now=NOON)


@pytest.mark.django_db
def test_an_account_holds_no_more_than_an_address_and_marks_go_a_day_after() -> None:
    who = make_actor("resident")
    for number in range(4):
        booked(number, actor=who)
    with pytest.raises(TooManyHere):
        booked(4, AWAY, who)
    booked(4, actor=replace(who, account_id=2))

    bookers.let_go(NOON + timedelta(days=1), 50, actor=OFFICE)
    assert Booking.objects.filter(origin_mark__isnull=True).count() == 0
    bookers.let_go(NOON + timedelta(days=3), 50, actor=OFFICE)
    assert not Booking.objects.filter(origin_mark__isnull=False).exists()
    assert Booking.objects.filter(forgotten_at__isnull=True).count() == 5


@pytest.mark.django_db
def test_one_address_enrols_some_families_and_the_office_any() -> None:
    facts = EventFacts("course", "Chess", "", "Fig lane 2", ((at(9), at(10)),), 30)
    event = events.add_event(make_village(), facts, actor=OFFICE, now=NOON)
    event = events.publish_event(event, actor=OFFICE, now=NOON)
    first = [family(number, event) for number in range(5)][0]
    with pytest.raises(TooManyFamiliesHere):
        family(5, event)
    assert Enrolment.objects.count() == 5

    family(5, event, AWAY)
    family(6, event, actor=OFFICE)
    enrolling.withdraw(first, actor=NOBODY, now=NOON)
    family(7, event)
    takers.let_go(NOON + timedelta(days=3), 50, actor=OFFICE)
    assert not Enrolment.objects.filter(origin_mark__isnull=False).exists()
    assert not Enrolment.objects.filter(forgotten_at__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_one_address_at_once_holds_no_more_than_it_may() -> None:
    make_venue()

    told = at_once(*[lambda n=n: booked(n) for n in range(6)])  # type: ignore[misc]

    assert sorted(told) == ["", "", "", "", "too_many_here", "too_many_here"]
