"""Two and many want one time at once, each over a connection of its own: one gets it."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connections

from linli.activities.errors import JustTaken, TooManyOpen
from linli.activities.models import Booking
from linli.activities.services import changing
from linli.activities.testing import NOON, at, make_booking, make_venue
from linli.kernel.permits import NOBODY

pytestmark = pytest.mark.django_db(transaction=True)


def _all_at_once(*acts: object) -> list[str]:
    """Do all at the same moment; return how each ended."""
    gate, ended = Barrier(len(acts)), [""] * len(acts)

    def go(number: int) -> None:
        try:
            gate.wait(10)
            acts[number]()  # type: ignore[operator]
            ended[number] = "done"
        except (JustTaken, TooManyOpen) as refusal:
            ended[number] = refusal.code
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=(number,)) for number in range(len(acts))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return ended


def test_of_eight_who_book_one_time_at_once_one_gets_it() -> None:
    venue = make_venue()

    ended = _all_at_once(*(
        lambda n=n: make_booking(venue, at(9), phone=f"+861380013810{n}") for n in range(8)
    ))  # fmt: skip

    assert sorted(ended) == ["done", *["just_taken"] * 7]
    assert Booking.objects.filter(state="held").count() == 1


def test_one_telephone_on_two_pages_gets_no_more_than_the_venue_allows() -> None:
    venue = make_venue(open_most=1)

    ended = _all_at_once(
        lambda: make_booking(venue, at(9)), lambda: make_booking(venue, at(10))
    )  # fmt: skip

    assert sorted(ended) == ["done", "too_many_open"]


def test_of_two_who_move_to_one_time_one_moves_and_the_other_keeps_hers() -> None:
    venue = make_venue()
    one = make_booking(venue, at(9))
    other = make_booking(venue, at(10), phone="+8613800138002")

    ended = _all_at_once(
        lambda: changing.move_booking(one, (at(15), at(16)), actor=NOBODY, now=NOON),
        lambda: changing.move_booking(other, (at(15), at(16)), actor=NOBODY, now=NOON),
    )  # fmt: skip

    assert sorted(ended) == ["done", "just_taken"]
    starts = set(Booking.objects.values_list("starts_at", flat=True))
    assert at(15) in starts and len(starts & {at(9), at(10)}) == 1
