"""Nobody takes a whole day by booking without a number: one address holds a few times of it, the counter any."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import make_actor
from linli.offerings.errors import TooManyHere
from linli.offerings.models import Appointment
from linli.offerings.services import serving, visits
from linli.offerings.tests.visit_samples import CLERK, NOON, SYSTEM, TOMORROW, at, make_window
from linli.offerings.types.visits import Contact, Way, Wish
from linli.runtime.testing import at_once

HOME, AWAY = "203.0.113.7", "203.0.113.8"


@pytest.mark.django_db
def test_a_household_books_for_two_and_nobody_takes_the_day_the_counter_books_on() -> None:
    window = make_window()
    free = [at(510 + 20 * n) for n in range(9)]

    def booked(number: int, address: str = HOME, phone: str = "", way: Way = Way.ONLINE) -> None:
        actor = NOBODY if way is Way.ONLINE else CLERK
        visits.book(Wish(window.pk, free[number]), Contact("", phone), way=way, address=address,
                    actor=actor, now=NOON)  # fmt: skip

    for number in range(3):
        booked(number)
    with pytest.raises(TooManyHere):
        booked(3)
    assert Appointment.objects.count() == 3

    booked(3, phone="+8613800000001")
    booked(4, AWAY)
    booked(5, way=Way.COUNTER)
    tomorrow_after = at(510, TOMORROW.replace(day=TOMORROW.day + 1))
    assert visits.book(
        Wish(window.pk, tomorrow_after), Contact(), address=HOME, actor=NOBODY, now=NOON
    )
    first = Appointment.objects.earliest("pk")
    visits.cancel(first.code, actor=NOBODY, now=NOON)
    booked(0)

    assert serving.let_contacts_go(at(0, TOMORROW.replace(day=28)), 50, actor=SYSTEM) == 7
    assert not Appointment.objects.filter(origin_mark__isnull=False).exists()
    assert Appointment.objects.filter(contact_mark__isnull=False).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "address"), [(NOBODY, HOME), (make_actor("resident"), "")])
def test_nobody_takes_a_day_by_moving_there_what_was_booked_on_another(
    who: Actor, address: str
) -> None:
    window, after = make_window(), TOMORROW + timedelta(days=1)

    def booked(number: int) -> Appointment:
        wish = Wish(window.pk, at(510 + 20 * number))
        return visits.book(wish, Contact(), address=address, actor=who, now=NOON)

    def moved(one: Appointment, number: int, actor: Actor = who) -> Appointment:
        wish = Wish(window.pk, at(510 + 20 * number, after))
        return visits.move(one.code, wish, actor=actor, now=NOON)

    for number in range(3):
        moved(booked(number), number)
    more = booked(3)
    with pytest.raises(TooManyHere):
        moved(more, 3)
    more.refresh_from_db()
    assert (more.starts_at, more.moves) == (at(570), 0)
    # within its day a visit moves freely, and the counter moves for who cannot
    assert visits.move(more.code, Wish(window.pk, at(590)), actor=who, now=NOON).moves == 1
    assert moved(more, 3, CLERK).starts_at == at(570, after)


@pytest.mark.django_db
def test_an_account_holds_no_more_of_a_day_than_an_address_and_a_program_books_for_many() -> None:
    window, who = make_window(), make_actor("resident")
    for number in range(3):
        wish = Wish(window.pk, at(510 + 20 * number))
        visits.book(wish, Contact(), address=HOME, actor=who, now=NOON)
    free = Wish(window.pk, at(590))

    with pytest.raises(TooManyHere):
        visits.book(free, Contact(), address=AWAY, actor=who, now=NOON)
    assert Appointment.objects.count() == 3
    for other in (replace(who, account_id=2), replace(who, is_machine=True)):
        made = visits.book(free, Contact(), address=HOME, actor=other, now=NOON)
        free = replace(free, starts_at=made.ends_at)


@pytest.mark.django_db(transaction=True)
def test_one_address_at_once_holds_no_more_than_it_may() -> None:
    window = make_window()

    told = at_once(*[
        lambda n=n: visits.book(Wish(window.pk, at(510 + 20 * n)), Contact(), address=HOME,  # type: ignore[misc]
                                actor=NOBODY, now=NOON)
        for n in range(5)
    ])  # fmt: skip

    assert sorted(told) == ["", "", "", "too_many_here", "too_many_here"]
