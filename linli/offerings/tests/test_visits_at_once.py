"""Two who want one time at the same moment, and a closing that runs while somebody books."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import F

from linli.kernel.permits import NOBODY
from linli.offerings.models import Appointment, ServiceWindow
from linli.offerings.services import visits, windows
from linli.offerings.tests.test_draw_offers import a_draw_with_a_line
from linli.offerings.tests.test_rounds import AFTER, FIRST
from linli.offerings.tests.visit_samples import KEEPER, NOON, TOMORROW, at, make_visit, make_window
from linli.offerings.types.visits import ClosingFacts, Contact, Why, Wish
from linli.runtime.testing import Elsewhere, at_once
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_who_book_one_time_at_once_one_gets_it() -> None:
    window = make_window()

    told = at_once(*[lambda: make_visit(window)] * 8)

    assert sorted(told) == [""] + ["time_taken"] * 7
    assert Appointment.objects.filter(state="booked").count() == 1
    assert Entry.objects.filter(verb="offerings.visit_booked").count() == 1


def test_of_two_who_move_to_one_time_at_once_one_gets_it_and_the_other_keeps_hers() -> None:
    window = make_window()
    one, other = make_visit(window, 510), make_visit(window, 530)

    told = at_once(
        lambda: visits.move(one.code, Wish(window.pk, at(610)), actor=NOBODY, now=NOON),
        lambda: visits.move(other.code, Wish(window.pk, at(610)), actor=NOBODY, now=NOON),
    )

    assert sorted(told) == ["", "time_taken"]
    assert Appointment.objects.filter(starts_at=at(610)).count() == 1


def test_one_number_at_two_places_at_once_holds_no_more_than_it_may() -> None:
    window = make_window()
    make_visit(window, 510, phone="13800000001")

    told = at_once(*[
        lambda minutes=minutes: make_visit(window, minutes, phone="13800000001")  # type: ignore[misc]
        for minutes in (530, 550, 570)
    ])  # fmt: skip

    assert sorted(told) == ["", "too_many_visits", "too_many_visits"]


def test_a_booking_that_meets_a_closing_waits_for_it_and_is_refused() -> None:
    window = make_window()
    make_visit(window, 510)  # its hours are in memory now
    storm = ClosingFacts(TOMORROW, TOMORROW, 0, 1440, Why.WEATHER)
    with transaction.atomic():
        windows.close_days(window.centre_id, window.path, storm, actor=KEEPER, now=NOON)
        booking = Elsewhere(lambda: at_once(lambda: make_visit(window, 530)))
        assert booking.is_waiting()

    assert booking.result() == ["no_such_time"]
    assert not Appointment.objects.filter(state="booked").exists()


def test_a_booking_that_meets_a_change_of_its_window_is_made_anew_if_the_time_is_still_there() -> (
    None
):
    window = make_window()
    make_visit(window, 510)  # its hours are in memory now
    with transaction.atomic():
        ServiceWindow.objects.filter(pk=window.pk).update(edition=F("edition") + 1)
        booking = Elsewhere(lambda: at_once(lambda: make_visit(window, 530)))
        assert booking.is_waiting()

    assert booking.result() == [""]
    assert Appointment.objects.filter(state="booked").count() == 2


def test_a_wish_for_a_time_that_is_seen_to_be_taken_waits_for_nobody() -> None:
    window = make_window()
    make_visit(window, 510)
    with transaction.atomic():
        ServiceWindow.objects.select_for_update().get(pk=window.pk)
        asking = Elsewhere(lambda: at_once(lambda: make_visit(window, 510)))

        assert asking.result() == ["time_taken"]

    assert Appointment.objects.count() == 1


def test_a_closing_that_meets_a_booking_waits_for_it_and_cancels_it() -> None:
    window = make_window()
    storm = ClosingFacts(TOMORROW, TOMORROW, 0, 1440, Why.WEATHER)
    with transaction.atomic():
        visits.book(Wish(window.pk, at(510)), Contact(), actor=NOBODY, now=NOON)
        closing = Elsewhere(lambda: windows.close_days(
            window.centre_id, window.path, storm, actor=KEEPER, now=NOON
        ))  # fmt: skip
        assert closing.is_waiting()

    assert closing.result()[1] == 1
    assert Appointment.objects.get().state == "closed"


def test_a_closing_that_meets_a_date_of_a_draw_given_back_closes_also_its_offer() -> None:
    _one, winner, line = a_draw_with_a_line()
    visit = winner.visit
    assert visit is not None
    window, storm = visit.window, ClosingFacts(FIRST, FIRST, 0, 1440, Why.WEATHER)
    with transaction.atomic():
        visits.cancel(visit.code, actor=NOBODY, now=AFTER)
        closing = Elsewhere(lambda: windows.close_days(
            window.centre_id, window.path, storm, actor=KEEPER, now=AFTER
        ))  # fmt: skip
        assert closing.is_waiting()

    assert closing.result()[1] == 4
    assert Appointment.objects.get(entry__sign=line[0].sign).state == "closed"


def test_who_moves_while_a_window_closes_does_not_hold_her_visit_against_it() -> None:
    window = make_window()
    visit = make_visit(window)
    storm = ClosingFacts(FIRST, FIRST, 0, 1440, Why.WEATHER)
    with transaction.atomic():
        windows.close_days(window.centre_id, window.path, storm, actor=KEEPER, now=NOON)
        moving = Elsewhere(
            lambda: visits.move(visit.code, Wish(window.pk, at(610)), actor=NOBODY, now=NOON)
        )
        assert moving.is_waiting()
        assert Appointment.objects.select_for_update(nowait=True).get(pk=visit.pk)

    assert moving.result().starts_at == at(610)
