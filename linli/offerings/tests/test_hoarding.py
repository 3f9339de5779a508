"""Nobody takes a whole day by booking without a number: one address holds a few times of it, the counter any."""

from __future__ import annotations

import pytest

from linli.kernel.permits import NOBODY
from linli.offerings.errors import TooManyHere
from linli.offerings.models import Appointment
from linli.offerings.rules.hoarding import Held, holds_enough, network_of
from linli.offerings.services import serving, visits
from linli.offerings.tests.visit_samples import CLERK, NOON, SYSTEM, TOMORROW, at, make_window
from linli.offerings.types.visits import Contact, Way, Wish
from linli.runtime.testing import at_once

HOME, AWAY = "203.0.113.7", "203.0.113.8"


@pytest.mark.parametrize(("every", "unnamed", "has_number", "refused"), [
    (2, 2, False, False), (3, 3, False, True), (3, 3, True, False), (7, 0, True, False), (8, 0, True, True),
    (8, 0, False, True), (5, 0, False, False),
])  # fmt: skip
def test_an_address_holds_some_times_of_a_day_and_more_with_numbers(
    every: int, unnamed: int, has_number: bool, refused: bool
) -> None:
    held = Held(every, unnamed)

    assert holds_enough(held, has_number=has_number, most_unnamed=3, most=8) is refused


def test_one_subscriber_is_one_network() -> None:
    assert network_of("203.0.113.7") == network_of("::ffff:203.0.113.7") == "203.0.113.7"
    assert network_of("2001:db8:1:2::5") == network_of("2001:db8:1:2:9::1") == "2001:db8:1:2::/64"
    assert network_of("") == network_of("unix:") == ""


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


@pytest.mark.django_db(transaction=True)
def test_one_address_at_once_holds_no_more_than_it_may() -> None:
    window = make_window()

    told = at_once(*[
        lambda n=n: visits.book(Wish(window.pk, at(510 + 20 * n)), Contact(), address=HOME,  # type: ignore[misc]
                                actor=NOBODY, now=NOON)
        for n in range(5)
    ])  # fmt: skip

    assert sorted(told) == ["", "", "", "too_many_here", "too_many_here"]
