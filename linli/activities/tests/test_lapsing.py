"""Bookings that nobody decided, reminders by the thousand, rounds decided late, what was paid for a moved booking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.activities import permits
from linli.activities.engine import drawing, telling
from linli.activities.engine.seasons import booked_of
from linli.activities.errors import RoundClosed, TooLateToAgree
from linli.activities.models import (
    Booking,
    FeePayment,
    Group,
    Round,
    RoundObjection,
    RoundTime,
    Venue,
)
from linli.activities.queries import rounds as queries
from linli.activities.queries.facilities import use_of
from linli.activities.queries.fees import fee_of, with_fee
from linli.activities.services import (
    changing,
    fees,
    groups,
    lapsing,
    objections,
    paying,
    reminding,
    rounds,
)
from linli.activities.testing import (
    NOON,
    SYSTEM,
    TOMORROW,
    at,
    make_booking,
    make_office,
    make_venue,
)
from linli.activities.tests.test_paying import round_of
from linli.activities.types.rounds import GroupFacts, RoundFacts, Weekly
from linli.exchange.models import PayOrder
from linli.exchange.services import paying as online
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.fees import NotThatMuch
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import OTHER_TOWN, make_actor
from linli.notify.models import Delivery
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
OFFICE = make_actor("office", permits.VENUES, permits.BOOKINGS, permits.EVENTS)
JOB = system_actor("exchange.payments")


def _told(template: str) -> int:
    return Delivery.objects.filter(template=template).count()


def test_what_the_office_never_answers_is_refused_before_it_begins_and_the_booker_is_told() -> None:
    venue = make_venue(needs_approval=True)
    early, late = make_booking(venue, at(9)), make_booking(venue, at(20), phone="+8613800138002")
    before = at(9) - timedelta(minutes=10)

    assert lapsing.refuse_unanswered(actor=SYSTEM, now=NOON) == 0
    assert lapsing.refuse_unanswered(actor=SYSTEM, now=before) == 1
    assert lapsing.refuse_unanswered(actor=SYSTEM, now=before) == 0

    early.refresh_from_db(), late.refresh_from_db()
    assert (early.state, late.state, early.ended_by) == ("refused", "asked", "office")
    assert early.reason and _told("activities.booking_refused") == 1


def test_what_was_asked_for_shortly_before_waits_until_it_begins() -> None:
    venue = make_venue(needs_approval=True, notice_minutes=0)
    soon = make_booking(venue, at(9), now=at(9) - timedelta(minutes=10))

    assert lapsing.refuse_unanswered(actor=SYSTEM, now=at(9) - timedelta(minutes=5)) == 0
    soon.refresh_from_db()
    assert soon.state == "asked" and _told("activities.booking_refused") == 0
    assert lapsing.refuse_unanswered(actor=SYSTEM, now=at(9)) == 1


def test_nobody_is_told_of_what_was_over_long_ago() -> None:
    old = make_booking(make_venue(needs_approval=True), at(9))

    assert lapsing.refuse_unanswered(actor=SYSTEM, now=at(9) + timedelta(days=3)) == 1

    old.refresh_from_db()
    assert old.state == "refused" and _told("activities.booking_refused") == 0


def test_nobody_agrees_to_a_time_that_is_over_and_nothing_is_owed_for_it() -> None:
    asked = make_booking(make_venue(needs_approval=True, hour_fen=3000), at(9))

    with pytest.raises(TooLateToAgree):
        changing.decide_booking(asked, "agree", actor=OFFICE, now=at(10))

    asked.refresh_from_db()
    assert asked.state == "asked" and fee_of(asked).owed_fen == 0
    assert (
        changing.decide_booking(asked, "refuse", reason="Late", actor=OFFICE, now=at(10)).state
        == "refused"
    )


def test_what_waits_for_a_yes_is_no_use_of_a_facility() -> None:
    venue = make_venue(needs_approval=True)
    make_booking(venue, at(9)), make_booking(venue, at(11), actor=OFFICE)

    (row,) = use_of([venue], TOMORROW, TOMORROW)

    assert (row.booked, row.bookings, row.people) == (60, 1, 12)


def test_all_are_reminded_once_and_a_booking_costs_no_query_for_its_venue() -> None:
    venue = make_venue(open_most=9)
    for hour in range(9, 14):
        make_booking(venue, at(hour))

    with CaptureQueriesContext(connection) as done:
        assert reminding.remind(actor=SYSTEM, now=at(8)) == 5

    assert not [one for one in done if 'FROM "activities_venue" ' in one["sql"]]
    assert reminding.remind(actor=SYSTEM, now=at(8)) == 0


@pytest.mark.parametrize("job", [lapsing.refuse_unanswered, reminding.remind])
def test_a_booking_that_breaks_holds_no_other_up_and_is_tried_again(
    job: Any, monkeypatch: Any
) -> None:
    venue = make_venue(needs_approval=job is lapsing.refuse_unanswered)
    first, second = make_booking(venue, at(9)), make_booking(venue, at(10))
    tell = telling.tell_booker

    def breaks(booking: Booking, *given: Any, **named: Any) -> None:
        if booking.pk == first.pk:
            raise ValueError("broken")
        tell(booking, *given, **named)

    for module in (changing, reminding):
        monkeypatch.setattr(module, "tell_booker", breaks)
    now = at(10) if job is lapsing.refuse_unanswered else at(8)
    state = first.state

    assert job(actor=SYSTEM, now=now) == 1

    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, first.reminded_at) == (state, None)
    assert second.state == "refused" or second.reminded_at == now
    monkeypatch.undo()
    assert job(actor=SYSTEM, now=now) == 1


def _moved(**other: Any) -> Booking:
    """Return a booking that the office held and its booker moved, so that it waits for a yes."""
    venue = make_venue(hour_fen=3000, needs_approval=True)
    made = changing.decide_booking(make_booking(venue, at(9)), "agree", actor=OFFICE, now=NOON)
    if other.get("is_paid"):
        fees.take_payment(made, 3000, "cash", actor=OFFICE, now=NOON)
    if other.get("is_ordered"):
        paying.ask_own_payment(made, actor=NOBODY, now=NOON)
    return changing.move_booking(made, (at(14), at(15)), actor=NOBODY, now=NOON)


def test_what_was_paid_for_a_booking_that_waits_again_stays_until_it_is_decided() -> None:
    moved = _moved(is_paid=True)

    assert (moved.state, fee_of(moved).back_fen) == ("asked", 0)
    assert list(with_fee(Booking.objects.all(), "back")) == []
    with pytest.raises(NotThatMuch):
        fees.take_payment(moved, 100, "cash", actor=OFFICE, now=NOON)

    refused = changing.decide_booking(moved, "refuse", reason="Full", actor=OFFICE, now=NOON)
    assert fee_of(refused).back_fen == 3000
    assert list(with_fee(Booking.objects.all(), "back")) == [refused]


def test_a_payment_under_way_comes_in_while_a_moved_booking_waits_and_is_owed_once(
    settings: Any,
) -> None:
    settings.LINLI_DEMO = True
    moved = _moved(is_ordered=True)
    order = PayOrder.objects.get()
    online.follow_owed("booking", moved.pk, actor=JOB, now=NOON)
    order.refresh_from_db()
    assert order.state == "open"
    with pytest.raises(NotThatMuch):
        paying.ask_own_payment(moved, actor=NOBODY, now=NOON)

    assert round_of() == [("taken", "")] and FeePayment.objects.get().amount_fen == 3000
    agreed = changing.decide_booking(moved, "agree", actor=OFFICE, now=NOON)
    assert (fee_of(agreed).open_fen, fee_of(agreed).back_fen) == (0, 0)


FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)
OBJECTIONS = date(2026, 8, 27)


def _group(path: str = "", **other: Any) -> Group:
    facts = GroupFacts("dance", "Fig dancers", 12, "Aunt Huang", "+8613800138001")
    made = groups.add_group(make_village(), facts, actor=SYSTEM, now=NOON)
    if path:
        Group.objects.filter(pk=made.pk).update(path=path)
        made.refresh_from_db()
    return made


def _round(*times: Weekly, **other: Any) -> Round:
    hall = Venue.objects.first() or make_venue()
    offered = times or (Weekly(hall.pk, 0, 1140, 1260),)
    facts = RoundFacts("Autumn", FIRST, LAST, date(2026, 8, 20), OBJECTIONS, 1, offered)
    return rounds.open_round(make_village(), replace(facts, **other), actor=make_office(), now=NOON)


def _drawn() -> Round:
    it = _round()
    rounds.wish(it, _group(), [queries.times_of(it)[0].pk], actor=NOBODY, now=NOON)
    return rounds.draw_round(it, actor=make_office(), now=at(12, date(2026, 8, 21)))


def test_a_season_decided_late_is_booked_from_then_on_and_the_group_hears_how_many() -> None:
    it = _drawn()

    it = rounds.decide_round(it, actor=make_office(), now=at(20, date(2026, 9, 14)))

    # Mondays 7, 14 (has begun), 21, 28
    assert [(one["on"], one["why"]) for one in it.skipped] == [
        ("2026-09-07", "past"), ("2026-09-14", "past"),
    ]  # fmt: skip
    assert Booking.objects.filter(state="held").count() == 2
    assert _told("activities.round_decided") == 1
    (group,) = Group.objects.all()
    assert booked_of(it, queries.times_of(it), it.skipped) == {group.pk: (2, 4)}


@pytest.mark.parametrize(
    ("booked", "words"),
    [
        ((4, 4), "全部 4 次都已预订。"),
        ((2, 4), "4 次中已预订 2 次，其余的和原因见页面。"),
        ((0, 4), "4 次中已预订 0 次，其余的和原因见页面。"),
        (None, "没有分到时段。"),
    ],
)
def test_a_group_hears_how_many_of_its_times_are_booked(
    booked: tuple[int, int] | None, words: str, monkeypatch: Any
) -> None:
    it, told = _drawn(), []
    (group,) = Group.objects.all()
    monkeypatch.setattr(drawing, "tell_group", lambda *given, **_now: told.append(given))

    drawing.tell_decided(it, {group.pk: booked} if booked else {}, NOON)

    assert told == [(group, it, "activities.round_decided", {"outcome": words})]


def test_a_season_that_is_over_is_not_decided_any_more() -> None:
    it = _drawn()

    with pytest.raises(RoundClosed):
        rounds.decide_round(it, actor=make_office(), now=at(9, LAST + timedelta(days=1)))

    it.refresh_from_db()
    assert it.state == "drawn" and not Booking.objects.exists()
    with pytest.raises(WrongState):
        rounds.drop_round(rounds.drop_round(it, actor=make_office(), now=NOON), actor=make_office(), now=NOON)  # fmt: skip


def test_a_time_outside_the_hours_of_its_venue_is_not_offered() -> None:
    hall = make_venue()

    with pytest.raises(Invalid) as fault:
        _round(Weekly(hall.pk, 0, 1140, 1260), Weekly(hall.pk, 2, 1260, 1380))

    assert set(fault.value.fields) == {"times"}
    assert not Round.objects.exists() and not RoundTime.objects.exists()


def test_a_group_of_elsewhere_does_not_hold_a_season_up() -> None:
    it, stranger = _drawn(), _group(OTHER_TOWN)

    with pytest.raises(Invalid) as fault:
        objections.object_to(it, stranger, "Not right", actor=NOBODY, now=at(9, OBJECTIONS))

    assert set(fault.value.fields) == {"code"} and not RoundObjection.objects.exists()
