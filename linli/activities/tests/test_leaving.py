"""Families larger than an event, places given back in the middle of a course, events called off while they run."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from linli.activities import permits
from linli.activities.errors import EnrolmentClosed, EventOver
from linli.activities.models import Enrolment, Event, EventFeedback, EventSession
from linli.activities.queries import events as queries
from linli.activities.queries.fees import fee_of, stays_of
from linli.activities.rules import events as rules
from linli.activities.rules.fees import owed_when_off, share_for_times
from linli.activities.services import (
    accounts,
    attending,
    editing,
    enrolling,
    events,
    fees,
    sessions,
)
from linli.activities.testing import NOON, SYSTEM, TOMORROW, at
from linli.activities.types.events import EnrolFacts, EventEdit, EventFacts, SessionTime, Taker
from linli.exchange.events import OwedOtherwise
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notify.models import Delivery
from linli.places.testing import make_village

OFFICE = make_actor("office", permits.VENUES, permits.BOOKINGS, permits.EVENTS)
DAYS = [TOMORROW + timedelta(days=7 * week) for week in range(3)]
COURSE = EventFacts(
    "course", "Chess", "", "Fig lane 2", tuple((at(9, on), at(10, on)) for on in DAYS), 3, waiting=9,
    fee_fen=1000, enrol_until=at(10, DAYS[-1]),
)  # fmt: skip
# the first of three times is over
RUNNING = at(12, DAYS[0])


def _event(**other: Any) -> Event:
    event = events.add_event(make_village(), replace(COURSE, **other), actor=OFFICE, now=NOON)
    return events.publish_event(event, actor=OFFICE, now=NOON)


def _enrol(event: Event, number: int, people: int = 1, *, now: Any = NOON) -> Enrolment:
    takers = tuple(Taker(f"Chen {n}", 1980) for n in range(people))
    facts = EnrolFacts(takers, f"+86138001380{number:02d}")
    return enrolling.enrol(event, facts, actor=NOBODY, now=now)


@pytest.mark.django_db
def test_who_enrols_halfway_owes_the_times_to_come_and_is_free_of_them_before_the_first() -> None:
    event = _event()
    mine = _enrol(event, 1, now=RUNNING)
    assert (mine.state, fee_of(mine).owed_fen) == ("in", 600)

    left = enrolling.withdraw(mine, actor=NOBODY, now=RUNNING + timedelta(minutes=1))

    assert (left.state, fee_of(left).owed_fen) == ("withdrawn", 0)


@pytest.mark.django_db
def test_who_enrols_halfway_and_had_a_time_owes_her_share_when_she_leaves() -> None:
    mine = _enrol(_event(), 1, now=RUNNING)

    left = enrolling.withdraw(mine, actor=NOBODY, now=at(12, DAYS[1]))

    assert fee_of(left).owed_fen == 600


@pytest.mark.django_db
def test_who_enrols_while_a_time_is_on_joins_it_and_owes_it() -> None:
    event = _event()
    mine = _enrol(event, 1, now=at(9.5, DAYS[1]))
    late = _enrol(event, 2, now=at(9.5, DAYS[2]))
    assert (fee_of(mine).owed_fen, fee_of(late).owed_fen) == (600, 300)

    left = enrolling.withdraw(mine, actor=NOBODY, now=at(9.6, DAYS[1]))

    assert fee_of(left).owed_fen == 600


@pytest.mark.django_db
def test_who_enrols_once_the_only_time_has_begun_owes_the_whole_fee() -> None:
    event = _event(sessions=((at(9), at(11)),), enrol_until=at(11))

    assert fee_of(_enrol(event, 1, now=at(10))).owed_fen == 1000


def _ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def _running() -> Event:
    """Return a course whose first time of three was yesterday, by the real clock."""
    times = tuple((_ago(1 - 7 * week), _ago(0.9 - 7 * week)) for week in range(3))
    facts = replace(COURSE, sessions=times, enrol_until=times[-1][0])
    event = events.add_event(make_village(), facts, actor=OFFICE, now=_ago(2))
    return events.publish_event(event, actor=OFFICE, now=_ago(2))


def test_a_family_larger_than_an_event_is_passed_over() -> None:
    line = [rules.Waiting(1, 6), rules.Waiting(2, 1), rules.Waiting(3, 2)]

    assert rules.moves_up(rules.fitting(line, 5), free=5) == [2, 3]


def test_the_share_of_times_that_took_place_is_in_whole_yuan() -> None:
    assert [share_for_times(1000, over, 3) for over in (0, 1, 2, 3)] == [0, 300, 600, 1000]
    assert share_for_times(1000, 0, 0) == 0


@pytest.mark.django_db
def test_a_family_larger_than_a_course_is_refused_and_the_next_finds_a_place() -> None:
    event = _event()

    with pytest.raises(Invalid) as fault:
        _enrol(event, 1, 4)

    assert set(fault.value.fields) == {"takers"} and not Enrolment.objects.exists()
    assert _enrol(event, 2).state == "in"


@pytest.mark.django_db
def test_a_family_that_can_never_fit_holds_up_nobody() -> None:
    event = _event()
    large = _enrol(event, 1, 3)
    Enrolment.objects.filter(pk=large.pk).update(state="waits", people=4)

    assert _enrol(event, 2, 2).state == "in"


@pytest.mark.django_db
def test_places_are_not_lowered_below_a_family_that_waits() -> None:
    event = _event()
    _enrol(event, 1), _enrol(event, 2, 3)
    times = tuple(SessionTime(o.starts_at, o.ends_at, o.pk) for o in EventSession.objects.all())
    edit = EventEdit(replace(COURSE, places=2, sessions=()), times)

    with pytest.raises(Invalid) as fault:
        editing.edit_event(event, edit, actor=OFFICE, now=NOON)

    assert set(fault.value.fields) == {"places"} and Event.objects.get().places == 3


@pytest.mark.django_db
def test_who_moves_away_gives_back_in_the_middle_and_the_fee_is_for_the_office_to_decide() -> None:
    event = _event()
    gone, waits, last = _enrol(event, 1, 3), _enrol(event, 2), _enrol(event, 3, 3)
    paid = fees.take_payment(gone, 3000, "cash", actor=OFFICE, now=NOON)

    gone = enrolling.withdraw(gone, actor=NOBODY, now=RUNNING)

    waits.refresh_from_db()
    assert (gone.state, waits.state) == ("withdrawn", "in")
    assert (fee_of(gone).owed_fen, fee_of(gone).back_fen) == (3000, 0)
    told = Delivery.objects.filter(template="activities.moved_up")
    assert told.count() == 1
    # the message names the next time
    assert queries.next_of(event, RUNNING).times == (at(9, DAYS[1]),)
    assert queries.next_of(event, NOON).times == ()
    for actor, owed, refusal in (
        (NOBODY, 900, NotAllowed), (OFFICE, 3001, Invalid), (OFFICE, -1, Invalid),
    ):  # fmt: skip
        with pytest.raises(refusal):
            fees.settle_owed(gone, owed, actor=actor, now=RUNNING)
    with pytest.raises(WrongState):
        fees.settle_owed(last, 0, actor=OFFICE, now=RUNNING)
    assert Enrolment.objects.get(pk=gone.pk).owed_fen == 3000

    gone = fees.settle_owed(gone, 900, actor=OFFICE, now=RUNNING)

    assert fee_of(gone).back_fen == 2100
    fees.give_back(gone, paid.number, 2100, "Moved away", actor=OFFICE, now=RUNNING)
    assert (fee_of(gone).back_fen, fee_of(gone).open_fen) == (0, 0)


@pytest.mark.django_db
def test_places_are_given_back_until_the_last_time_begins_and_not_after() -> None:
    event = _event(fee_fen=0)
    first, second = _enrol(event, 1), _enrol(event, 2)

    enrolling.withdraw(first, actor=NOBODY, now=at(9, DAYS[-1]) - timedelta(minutes=1))
    with pytest.raises(EnrolmentClosed):
        enrolling.withdraw(second, actor=NOBODY, now=at(9, DAYS[-1]))

    assert Enrolment.objects.get(pk=second.pk).state == "in"


@pytest.mark.django_db
def test_a_family_gives_back_on_its_page_while_the_course_runs() -> None:
    gone = _enrol(_running(), 1, now=_ago(2))
    client = Client()

    shown = client.get(f"/en/enrolments/{gone.code}/").content.decode()
    response = client.post(f"/en/enrolments/{gone.code}/withdraw", {"key": str(uuid4())})

    assert f"/enrolments/{gone.code}/withdraw" in shown
    assert response.status_code == 303
    gone.refresh_from_db()
    assert (gone.state, gone.owed_fen) == ("withdrawn", 1000)


@pytest.mark.django_db
def test_an_event_that_is_over_is_not_called_off_and_nobody_is_told() -> None:
    event = _event()
    family = _enrol(event, 1)
    fees.take_payment(family, 1000, "cash", actor=OFFICE, now=NOON)
    before = Delivery.objects.count()

    with pytest.raises(EventOver):
        events.cancel_event(event, "Storm", stays_fen=0, actor=OFFICE, now=at(10, DAYS[-1]))

    assert Event.objects.get().state == "published" and Delivery.objects.count() == before
    assert fee_of(family).back_fen == 0


@pytest.mark.django_db
def test_a_running_course_is_called_off_with_the_times_that_fall_out_and_the_share_that_stays() -> (
    None
):
    event = _event()
    family, waits = _enrol(event, 1, 3), _enrol(event, 2)
    fees.take_payment(family, 3000, "cash", actor=OFFICE, now=NOON)
    assert stays_of(event, NOON) is None and stays_of(event, RUNNING) == 300
    for stays in (None, 1001):
        with pytest.raises(Invalid) as fault:
            events.cancel_event(event, "Ill", stays_fen=stays, actor=OFFICE, now=RUNNING)
        assert set(fault.value.fields) == {"stays"}
    assert Event.objects.get().state == "published"

    events.cancel_event(event, "Ill", stays_fen=300, actor=OFFICE, now=RUNNING)

    family.refresh_from_db(), waits.refresh_from_db()
    family.event.refresh_from_db()
    assert (fee_of(family).owed_fen, fee_of(family).back_fen, waits.owed_fen) == (900, 2100, None)
    assert queries.falling_out(event, RUNNING).times == (at(9, DAYS[1]), at(9, DAYS[2]))
    assert queries.falling_out(event, NOON).times == ()


@pytest.mark.django_db
def test_what_did_not_take_place_is_not_judged_and_what_one_came_to_is() -> None:
    event = _event()
    came, missed = _enrol(event, 1), _enrol(event, 2)
    session = EventSession.objects.order_by("starts_at")[0]
    attending.check_in(session, came, 1, actor=OFFICE, now=RUNNING)
    events.cancel_event(event, "Ill", stays_fen=0, actor=OFFICE, now=RUNNING)
    came.refresh_from_db(), missed.refresh_from_db()

    enrolling.say_what_you_thought(Enrolment.objects.get(pk=came.pk), 5, actor=NOBODY, now=RUNNING)
    with pytest.raises(Invalid):
        enrolling.say_what_you_thought(
            Enrolment.objects.get(pk=missed.pk), 1, actor=NOBODY, now=RUNNING
        )

    assert list(EventFeedback.objects.values_list("grade", flat=True)) == [5]


@pytest.mark.django_db
def test_what_of_the_fee_stays_is_refused_where_nothing_took_place_and_it_goes_on() -> None:
    soon = timezone.now() + timedelta(days=2)
    event = _event(sessions=((soon, soon + timedelta(hours=1)),), enrol_until=soon)
    address, client = f"/api/v1/desk/events/{event.pk}/cancel", client_of(OFFICE)

    for said in ("3", "much"):
        told = post_json(client, address, {"reason": "Ill", "stays": said})
        assert told.status_code == 422 and "stays" in told.json()["fields"]
    with pytest.raises(Invalid):
        events.cancel_event(event, "Ill", stays_fen=300, actor=OFFICE, now=timezone.now())
    assert Event.objects.get().state == "published"

    assert post_json(client, address, {"reason": "Ill", "stays": "0.00"}).status_code == 200


@pytest.mark.django_db
def test_page_and_program_ask_what_stays_of_the_fee_of_a_running_course() -> None:
    one, two = _running(), _running()
    family = _enrol(one, 1, now=_ago(2))
    client = client_of(OFFICE)
    page = f"/en/desk/events/{one.pk}/cancel"

    assert client.post(page, {"reason": "Ill", "key": str(uuid4())}).status_code == 422
    assert (
        client.post(page, {"reason": "Ill", "stays": "3", "key": str(uuid4())}).status_code == 303
    )
    address = f"/api/v1/desk/events/{two.pk}/cancel"
    assert post_json(client, address, {"reason": "Ill"}).status_code == 422
    assert post_json(client, address, {"reason": "Ill", "stays": "3"}).status_code == 200

    assert set(Event.objects.values_list("state", flat=True)) == {"cancelled"}
    fee = f"/desk/events/{one.pk}/families/{family.code}/"
    assert 'value="settle"' in client.get(f"/en{fee}").content.decode()
    assert (
        client.post(f"/en{fee}", {"move": "settle", "owed": "11", "key": str(uuid4())}).status_code
        == 422
    )
    assert (
        client.post(f"/en{fee}", {"move": "settle", "owed": "2", "key": str(uuid4())}).status_code
        == 303
    )
    assert Enrolment.objects.get(pk=family.pk).owed_fen == 200
    told = post_json(client, f"/api/v1{fee}fee/owed", {"owed_fen": 100})
    assert told.status_code == 200 and told.json()["owed_fen"] == 100


def _moved_up(event: Event, people: int = 1) -> tuple[Enrolment, Enrolment]:
    """Return a family that left after the first of three times, and the one that got its places."""
    gone, up = _enrol(event, 1, 3), _enrol(event, 2, people)
    gone = enrolling.withdraw(gone, actor=NOBODY, now=RUNNING)
    return gone, Enrolment.objects.get(pk=up.pk)


@pytest.mark.django_db
def test_who_moves_up_halfway_owes_the_times_to_come_and_nothing_if_none_of_them_began() -> None:
    event = _event()
    _gone, up = _moved_up(event, 2)

    assert (up.state, fee_of(up).owed_fen, up.moved_up_at) == ("in", 1200, RUNNING)
    with pytest.raises(Invalid):
        fees.settle_owed(up, 2001, actor=OFFICE, now=RUNNING)
    assert Enrolment.objects.get(pk=up.pk).owed_fen == 1200

    left = enrolling.withdraw(up, actor=NOBODY, now=at(8, DAYS[1]))

    assert (left.state, fee_of(left).owed_fen) == ("withdrawn", 0)


@pytest.mark.django_db
def test_who_moved_up_and_had_a_time_owes_her_share_and_the_office_decides() -> None:
    _gone, up = _moved_up(_event())

    left = enrolling.withdraw(up, actor=NOBODY, now=at(12, DAYS[1]))

    assert fee_of(left).owed_fen == 600
    assert fee_of(fees.settle_owed(left, 300, actor=OFFICE, now=RUNNING)).owed_fen == 300


@pytest.mark.django_db
def test_nobody_moves_up_once_no_time_is_to_come() -> None:
    event = _event()
    _enrol(event, 1, 3), _enrol(event, 2)
    event.places = 9

    assert enrolling.move_up(event, actor=OFFICE, now=at(9, DAYS[-1])) == set()
    assert Enrolment.objects.get(state="waits").owed_fen is None


def test_what_falls_out_comes_off_what_is_owed_and_who_left_owes_no_more_than_who_stayed() -> None:
    assert owed_when_off(1000, 1000, 300, has_left=False) == 300
    assert owed_when_off(600, 1000, 600, has_left=False) == 200
    assert owed_when_off(200, 1000, 300, has_left=False) == 0
    assert owed_when_off(1000, 1000, 300, has_left=True) == 300
    assert owed_when_off(200, 1000, 300, has_left=True) == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("stays", "left_owes", "up_owes"), [(600, 1800, 200), (0, 0, 0)])
def test_a_course_called_off_settles_who_left_and_who_moved_up_too(
    stays: int, left_owes: int, up_owes: int, monkeypatch: Any
) -> None:
    told: list[OwedOtherwise] = []
    monkeypatch.setattr(sessions, "publish", told.append)
    event = _event()
    gone, up = _moved_up(event)
    assert fee_of(gone).owed_fen == 3000

    events.cancel_event(event, "Ill", stays_fen=stays, actor=OFFICE, now=at(12, DAYS[1]))

    gone, up = (Enrolment.objects.get(pk=one.pk) for one in (gone, up))
    assert (fee_of(gone).owed_fen, fee_of(up).owed_fen) == (left_owes, up_owes)
    assert set(told[0].ids) == {gone.pk, up.pk}


@pytest.mark.django_db
def test_an_erased_account_gives_its_places_back_halfway_and_owes_no_more_than_it_paid() -> None:
    """Domain 13: what is erased leaves no place held and no fee open for nobody."""
    event = _event()
    gone, waits = _enrol(event, 1, 3), _enrol(event, 2)
    Enrolment.objects.filter(pk=gone.pk).update(account_id=77)
    fees.take_payment(gone, 500, "cash", actor=OFFICE, now=NOON)
    with pytest.raises(NotAllowed):
        accounts.forget_account(77, actor=OFFICE, now=RUNNING)
    assert Enrolment.objects.get(pk=gone.pk).state == "in"

    assert accounts.forget_account(77, actor=SYSTEM, now=RUNNING) == 1

    gone, waits = (Enrolment.objects.get(pk=one.pk) for one in (gone, waits))
    assert (gone.state, gone.account_id, waits.state) == ("withdrawn", None, "in")
    assert (fee_of(gone).open_fen, fee_of(gone).back_fen) == (0, 0)
