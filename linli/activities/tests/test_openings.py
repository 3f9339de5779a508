"""Hours, days that differ, hand-overs: nobody loses a time without a word, damage is a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from linli.activities.errors import HasBookings, NotYet
from linli.activities.models import Booking, HandOver, VenueDays, WeekHours
from linli.activities.queries import facilities
from linli.activities.queries import venues as queries
from linli.activities.services import handing, openings, venues
from linli.activities.testing import (
    HALL,
    NOON,
    SYSTEM,
    TOMORROW,
    at,
    make_booking,
    make_office,
    make_venue,
)
from linli.activities.types.venues import DaysFacts
from linli.cases.models import Case
from linli.kernel.errors import Invalid, NotAllowed, Stale, WrongState
from linli.kernel.testing import make_actor

pytestmark = pytest.mark.django_db
SHUT = DaysFacts(TOMORROW, TOMORROW, "Typhoon")


def test_a_closing_day_with_bookings_is_said_first_then_cancels_them_with_the_reason() -> None:
    venue, office = make_venue(), make_office()
    hit = make_booking(venue, at(9))
    kept = make_booking(venue, at(9, TOMORROW + timedelta(days=1)))

    with pytest.raises(HasBookings):
        openings.set_days(venue, SHUT, actor=office, now=NOON)
    assert not VenueDays.objects.exists() and Booking.objects.filter(state="held").count() == 2
    openings.set_days(venue, SHUT, drops=True, actor=office, now=NOON)

    hit.refresh_from_db()
    kept.refresh_from_db()
    assert (hit.state, hit.reason, hit.ended_by) == ("cancelled", "Typhoon", "closing")
    assert kept.state == "held"
    with pytest.raises(Invalid):
        make_booking(venue, at(9), phone="+8613800138002")


def test_other_hours_cancel_only_what_lies_outside_and_lifting_opens_again() -> None:
    venue, office = make_venue(), make_office()
    inside = make_booking(venue, at(10))
    outside = make_booking(venue, at(20))

    short = DaysFacts(TOMORROW, TOMORROW, "Exam", 9 * 60, 12 * 60)
    days = openings.set_days(venue, short, drops=True, actor=office, now=NOON)

    inside.refresh_from_db()
    outside.refresh_from_db()
    assert (inside.state, outside.state) == ("held", "cancelled")
    openings.lift_days(days, actor=office, now=NOON)
    assert make_booking(venue, at(20)).state == "held"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"reason": " "}, "reason"), ({"first_on": date(2026, 8, 1), "last_on": date(2026, 8, 9)}, "last_on"),
     ({"last_on": date(2026, 8, 10)}, "last_on"), ({"last_on": date(2028, 8, 10)}, "last_on"),
     ({"opens": 600}, "hours"), ({"opens": 600, "closes": 500}, "hours"), ({"opens": 600, "closes": 1500}, "hours")],
)  # fmt: skip
def test_days_that_cannot_be_are_refused(wrong: dict[str, object], field: str) -> None:
    venue = make_venue()

    with pytest.raises(Invalid) as fault:
        openings.set_days(venue, replace(SHUT, **wrong), actor=SYSTEM, now=NOON)  # type: ignore[arg-type]

    assert field in fault.value.fields and not VenueDays.objects.exists()


def test_a_new_week_asks_before_it_takes_times_away() -> None:
    venue, office = make_venue(), make_office()
    make_booking(venue, at(20))
    mornings = {day: [(8 * 60, 12 * 60)] for day in range(7)}

    with pytest.raises(HasBookings):
        venues.set_week(venue, mornings, actor=office, now=NOON)
    with pytest.raises(Invalid):
        venues.set_week(venue, mornings, drops=True, actor=office, now=NOON)
    assert WeekHours.objects.first().closes == 22 * 60  # type: ignore[union-attr]
    venues.set_week(venue, mornings, drops=True, reason="Winter", actor=office, now=NOON)

    assert Booking.objects.get().state == "cancelled"
    assert queries.week_of(venue)[0] == [(480, 720)]


def test_only_who_keeps_venues_changes_them_and_the_second_editor_is_told() -> None:
    venue, stranger = make_venue(), make_actor("stranger")
    new = replace(HALL, name="New Hall")

    for act in (
        lambda: venues.change_venue(venue, new, actor=stranger, now=NOON),
        lambda: venues.set_week(venue, {}, actor=stranger, now=NOON),
        lambda: openings.set_days(venue, SHUT, actor=stranger, now=NOON),
        lambda: venues.end_venue(venue, actor=stranger, now=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()
    venues.change_venue(venue, new, edition=1, actor=make_office(), now=NOON)
    with pytest.raises(Stale):
        venues.change_venue(venue, HALL, edition=1, actor=make_office(), now=NOON)

    assert queries.get_venue(venue.pk).name == "New Hall"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": ""}, "name"), ({"address": " "}, "address"), ({"kind": "bank"}, "kind"),
     ({"owner": "me"}, "owner"), ({"audience": "hukou"}, "audience"), ({"people": 0}, "people"),
     ({"step_minutes": 5}, "step_minutes"), ({"most_minutes": 30}, "most_minutes"),
     ({"ahead_days": 999}, "ahead_days"), ({"hour_fen": -1}, "hour_fen"), ({"terms": "x" * 1001}, "terms")],
)  # fmt: skip
def test_a_venue_that_cannot_be_is_refused(wrong: dict[str, object], field: str) -> None:
    venue = make_venue()

    with pytest.raises(Invalid) as fault:
        venues.change_venue(venue, replace(HALL, **wrong), actor=SYSTEM, now=NOON)  # type: ignore[arg-type]

    assert field in fault.value.fields and queries.get_venue(venue.pk).name == HALL.name


def test_what_is_broken_becomes_a_case_and_the_deposit_goes_back_in_part() -> None:
    venue, office = make_venue(deposit_fen=20_000), make_office()
    mine = make_booking(venue, at(9))

    handing.hand_out(mine, deposit_fen=20_000, actor=office, now=at(9))
    with pytest.raises(WrongState):
        handing.hand_out(mine, actor=office, now=at(9))
    with pytest.raises(Invalid):
        handing.take_back(mine, [7], actor=office, now=at(10))
    with pytest.raises(Invalid):
        handing.take_back(mine, deposit_fen=20_001, actor=office, now=at(10))
    assert not Case.objects.exists()
    made = handing.take_back(
        mine, [1], damage="A window is broken", deposit_fen=5_000, actor=office, now=at(10)
    )

    mine.refresh_from_db()
    assert (mine.state, made.bad, made.deposit_fen) == ("used", ["Door shut"], 5_000)
    assert Case.objects.get(number=made.case_number).path == venue.path


def test_nobody_came_is_told_after_the_beginning_and_can_be_taken_back() -> None:
    office, mine = make_office(), make_booking(make_venue(), at(9))

    with pytest.raises(NotYet):
        handing.mark_missed(mine, actor=office, now=at(9) - timedelta(seconds=1))
    assert handing.mark_missed(mine, actor=office, now=at(9)).state == "missed"
    with pytest.raises(WrongState):
        handing.take_back(mine, actor=office, now=at(10))
    undone = handing.undo_end(mine, actor=office, now=at(10))

    assert undone.state == "held" and not HandOver.objects.exists()


def test_the_register_tells_hours_open_and_used() -> None:
    venue, office = make_venue(), make_office()
    used = make_booking(venue, at(9), 2)
    missed = make_booking(venue, at(12))
    handing.take_back(used, actor=office, now=at(13))
    handing.mark_missed(missed, actor=office, now=at(13))

    (row,) = facilities.use_of([venue], TOMORROW, TOMORROW)

    assert (row.opened, row.booked, row.bookings, row.missed, row.people) == (
        14 * 60,
        120,
        2,
        1,
        12,
    )
    assert row.share == 14
