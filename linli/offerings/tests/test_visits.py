"""A visit is booked without an account, moved and cancelled by its code, and no time is given twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import OTHER_TOWN, make_actor
from linli.notify.models import Delivery
from linli.offerings import permits
from linli.offerings.errors import KeptTime, NoSuchTime, TimeTaken, TooManyVisits
from linli.offerings.models import Appointment
from linli.offerings.queries.slots import free_days, is_free
from linli.offerings.queries.visits import missed
from linli.offerings.queries.windows import ground_of
from linli.offerings.services import serving, visits, windows
from linli.offerings.tests.visit_samples import (
    CLERK,
    KEEPER,
    NOON,
    SYSTEM,
    TODAY,
    TOMORROW,
    at,
    make_centre,
    make_visit,
    make_window,
)
from linli.offerings.types.visits import ClosingFacts, Contact, Span, Way, WeekPlan, Why, Wish
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
STRANGER = make_actor("stranger", permits.SERVE, permits.WINDOWS, at=OTHER_TOWN)


def free(
    window: Any, on: date = TOMORROW, *, way: Way = Way.ONLINE, now: datetime = NOON
) -> list[str]:
    (day,) = free_days(window.centre_id, window.path, on, 1, way=way, now=now)
    return [f"{one.starts_at.astimezone(NOON.tzinfo):%H%M}" for one in day.times]


def test_who_books_gets_a_code_and_the_time_is_gone() -> None:
    window = make_window()
    before = free(window)

    visit = make_visit(window, phone="13800000001", name="陈阿姨")

    assert len(visit.code) == 8 and visit.state == "booked"
    assert free(window) == before[1:]
    kept = Appointment.objects.get(pk=visit.pk)
    assert "13800000001" not in str(bytes(kept.contact)) and kept.phone_masked.endswith("0001")
    assert Entry.objects.get(verb="offerings.visit_booked").details == {"way": "online"}


def test_a_time_that_is_taken_is_refused_and_nothing_changes() -> None:
    window = make_window()
    make_visit(window)

    with pytest.raises(TimeTaken):
        make_visit(window)

    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(("minutes", "on"), [
    (511, TOMORROW), (720, TOMORROW), (1050, TOMORROW), (510, TODAY), (510, date(2026, 11, 28)),
    (510, date(2027, 2, 1)), (510, date(2026, 11, 23)),
])  # fmt: skip
def test_a_time_that_is_not_offered_cannot_be_booked(minutes: int, on: date) -> None:
    # off the grid, one minute after closing, past, on a Saturday, beyond the horizon, yesterday
    with pytest.raises(NoSuchTime):
        make_visit(make_window(), minutes, on=on)

    assert not Appointment.objects.exists()


def test_one_second_after_the_time_has_begun_it_cannot_be_booked_any_more() -> None:
    window = make_window()

    with pytest.raises(NoSuchTime):
        make_visit(window, 840, on=TODAY, now=at(840, TODAY) + timedelta(seconds=1))

    assert make_visit(window, 840, on=TODAY, now=at(840, TODAY) - timedelta(seconds=1)).pk


def test_a_moment_between_two_minutes_is_no_time() -> None:
    wish = Wish(make_window().pk, at(510) + timedelta(seconds=1))

    with pytest.raises(NoSuchTime):
        visits.book(wish, Contact(), actor=NOBODY, now=NOON)


def test_a_program_may_name_a_time_without_its_zone(client: Client) -> None:
    window, visit = make_window(), make_visit()
    said = {"window": window.pk, "starts_at": "2020-01-01T09:00:00"}

    for way in ("slots/", f"visits/{visit.code}/move"):
        answer = client.post(
            f"/api/v1/{way}", said, "application/json", headers={"Idempotency-Key": way}
        )
        assert answer.status_code in {404, 409}, answer.content

    assert Appointment.objects.get().starts_at == visit.starts_at


def test_a_code_finds_its_visit_as_it_is_typed_and_a_wrong_one_is_told_at_the_field(
    client: Client,
) -> None:
    visit = make_visit()
    typed = f" {visit.code[:4].lower()} {visit.code[4:]}"

    found = client.get("/en/visits/", {"code": typed})
    lost = client.get("/en/visits/", {"code": "NOSUCHCD"})

    assert found["Location"] == f"/en/visits/of/{visit.code}/"
    assert lost.status_code == 404 and "No visit has this code" in lost.content.decode()


def test_a_time_that_cannot_be_booked_opens_no_form(client: Client) -> None:
    centre = make_centre()
    window = make_window(centre)
    make_visit(window)
    ahead = f"/en/visits/{centre.code}/book/?window={window.pk}&at="

    answer = client.get(f"{ahead}2020-01-01T09:00:00%2B08:00")

    assert answer.status_code in {302, 303}
    assert is_free(ground_of(window.pk, TODAY), at(530), Way.ONLINE, NOON)
    for minutes in (510, 531):
        assert not is_free(ground_of(window.pk, TODAY), at(minutes), Way.ONLINE, NOON)


def test_a_cancelled_visit_asks_nobody_to_keep_its_code(client: Client) -> None:
    visit = make_visit()
    visits.cancel(visit.code, actor=NOBODY, now=NOON)

    page = client.get(f"/en/visits/of/{visit.code}/").content.decode()

    assert "Write the code down" not in page and "Into my calendar" not in page


def test_times_kept_for_callers_are_not_shown_online_until_they_are_near() -> None:
    window = make_window(phone=2, counter=2)
    soon = TOMORROW + timedelta(days=6)

    online, by_phone = free(window, soon), free(window, soon, way=Way.PHONE)
    kept = sorted(set(by_phone) - set(online))

    assert len(kept) == 8
    minutes = (int(kept[0][:2]) * 60 + int(kept[0][2:]) + 480) % 1440
    with pytest.raises(KeptTime):
        make_visit(window, minutes, on=soon)
    assert visits.book(
        Wish(window.pk, at(minutes, soon)), Contact(), way=Way.PHONE, actor=CLERK, now=NOON
    )
    near = at(510, soon) - timedelta(hours=12)
    assert len(free(window, soon, now=near)) == len(by_phone) - 1


def test_only_who_serves_there_books_for_others() -> None:
    wish = Wish(make_window().pk, at(510))

    for actor in (NOBODY, STRANGER):
        with pytest.raises(NotAllowed):
            visits.book(wish, Contact(), way=Way.COUNTER, actor=actor, now=NOON)

    assert not Appointment.objects.exists()


def test_one_number_does_not_hoard_times() -> None:
    window = make_window()
    for minutes in (510, 530):
        make_visit(window, minutes, phone="13800000001")

    with pytest.raises(TooManyVisits):
        make_visit(window, 550, phone="13800000001")

    assert make_visit(window, 550, phone="13800000002")
    visits.cancel(Appointment.objects.earliest("pk").code, actor=NOBODY, now=NOON)
    assert make_visit(window, 570, phone="13800000001")


def test_a_visit_is_moved_by_its_code_and_the_old_time_is_free_again() -> None:
    window = make_window()
    visit = make_visit(window)

    moved = visits.move(visit.code, Wish(window.pk, at(550)), actor=NOBODY, now=NOON)

    assert (moved.starts_at, moved.moves, moved.code) == (at(550), 1, visit.code)
    assert make_visit(window, 510)


def test_a_visit_cannot_be_moved_to_a_taken_time_another_centre_or_into_the_past() -> None:
    window, elsewhere = make_window(), make_window(make_centre())
    visit = make_visit(window)
    make_visit(window, 530)

    for wish, refusal in (
        (Wish(window.pk, at(530)), TimeTaken), (Wish(elsewhere.pk, at(550)), NotFound),
        (Wish(window.pk, at(510, TODAY)), NoSuchTime),
    ):  # fmt: skip
        with pytest.raises(refusal):
            visits.move(visit.code, wish, actor=NOBODY, now=NOON)

    assert Appointment.objects.get(pk=visit.pk).starts_at == at(510)


def test_a_cancelled_visit_cannot_be_cancelled_or_moved_again() -> None:
    window = make_window()
    visit = make_visit(window)
    visits.cancel(visit.code, actor=NOBODY, now=NOON)

    with pytest.raises(WrongState):
        visits.cancel(visit.code, actor=NOBODY, now=NOON)
    with pytest.raises(WrongState):
        visits.move(visit.code, Wish(window.pk, at(550)), actor=NOBODY, now=NOON)
    with pytest.raises(NotFound):
        visits.cancel("NOSUCHCD", actor=NOBODY, now=NOON)

    assert Entry.objects.filter(verb="offerings.visit_cancelled").count() == 1


def test_the_database_itself_refuses_a_second_visit_at_a_time_and_one_that_overlaps() -> None:
    visit = make_visit()
    for shift in (timedelta(0), timedelta(minutes=5)):
        twin = Appointment.objects.get(pk=visit.pk)
        twin.pk, twin.code = None, f"TWIN{shift.seconds}"
        twin.starts_at += shift
        twin.ends_at += shift
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)


def test_a_closing_cancels_the_visits_in_it_and_tells_those_who_left_a_number() -> None:
    window = make_window()
    told, silent = make_visit(window, 510, phone="13800000001"), make_visit(window, 530)
    later = make_visit(window, 840)
    storm = ClosingFacts(TOMORROW, TOMORROW, 0, 720, Why.WEATHER)

    _rows, gone = windows.close_days(window.centre_id, window.path, storm, actor=KEEPER, now=NOON)

    assert gone == 2
    states = {one.pk: (one.state, one.why) for one in Appointment.objects.all()}
    assert states[told.pk] == states[silent.pk] == ("closed", "weather")
    assert states[later.pk] == ("booked", "")
    assert Delivery.objects.count() == 1
    with pytest.raises(NoSuchTime):
        make_visit(window, 510)


def test_a_closing_taken_back_opens_the_times_and_brings_no_visit_back() -> None:
    window = make_window()
    visit = make_visit(window)
    day = ClosingFacts(TOMORROW, TOMORROW, 0, 1440, Why.POWER)
    (row,), _gone = windows.close_days(window.centre_id, window.path, day, actor=KEEPER, now=NOON)

    windows.take_back(row, actor=KEEPER, now=NOON)

    assert Appointment.objects.get(pk=visit.pk).state == "closed"
    assert make_visit(window)
    with pytest.raises(WrongState):
        windows.take_back(row, actor=KEEPER, now=NOON)


def test_hours_that_were_read_before_a_change_book_nothing_wrong() -> None:
    window = make_window()
    make_visit(window, 510)
    evening = [Span(2, 1140, 1200, 20)]
    windows.set_hours(window, WeekPlan(TOMORROW, evening), actor=KEEPER, now=NOON)

    with pytest.raises(NoSuchTime):
        make_visit(window, 530)

    assert make_visit(window, 1140)


@pytest.mark.parametrize("facts", [
    ClosingFacts(TODAY - timedelta(days=1), TODAY, 0, 1440, Why.WEATHER),
    ClosingFacts(TOMORROW, TODAY, 0, 1440, Why.WEATHER),
    ClosingFacts(TODAY, TODAY + timedelta(days=200), 0, 1440, Why.WEATHER),
    ClosingFacts(TODAY, TODAY, 720, 510, Why.WEATHER), ClosingFacts(TODAY, TODAY, 0, 1440, "mood"),
    ClosingFacts(TODAY, TODAY, 0, 1440, Why.EXTRA, is_open=True, step=1),
])  # fmt: skip
def test_an_impossible_closing_is_refused(facts: ClosingFacts) -> None:
    window = make_window()
    visit = make_visit(window)

    with pytest.raises(Invalid):
        windows.close_days(window.centre_id, window.path, facts, actor=KEEPER, now=NOON)

    assert Appointment.objects.get(pk=visit.pk).state == "booked"


def test_a_stranger_changes_no_window() -> None:
    window = make_window()
    day = ClosingFacts(TOMORROW, TOMORROW, 0, 1440, Why.POWER)

    for actor in (NOBODY, STRANGER, CLERK):
        with pytest.raises(NotAllowed):
            windows.close_days(window.centre_id, window.path, day, actor=actor, now=NOON)
        with pytest.raises(NotAllowed):
            windows.set_hours(window, WeekPlan(TOMORROW), actor=actor, now=NOON)
        with pytest.raises(NotAllowed):
            windows.end_window(window, actor=actor, now=NOON)

    assert make_visit(window)


def test_who_came_is_written_down_and_can_be_taken_back_and_who_did_not_come_is_missed() -> None:
    window = make_window()
    visit, absent = make_visit(window, 510), make_visit(window, 530)

    assert serving.receive(visit.code, actor=CLERK, now=at(505)).state == "came"
    assert serving.undo(visit.code, actor=CLERK, now=at(506)).state == "booked"
    serving.receive(visit.code, actor=CLERK, now=at(507))
    assert serving.miss(actor=SYSTEM, now=at(560)) == 0
    assert serving.miss(actor=SYSTEM, now=at(581)) == 1
    assert serving.miss(actor=SYSTEM, now=at(581)) == 0 and not missed(at(581)).exists()

    assert Appointment.objects.get(pk=absent.pk).state == "no_show"
    assert serving.receive(absent.code, actor=CLERK, now=at(590)).state == "came"
    for actor in (NOBODY, STRANGER):
        with pytest.raises(NotAllowed):
            serving.receive(visit.code, actor=actor, now=NOON)


def test_who_left_a_number_is_reminded_once_and_again_after_a_move() -> None:
    window = make_window()
    visit = make_visit(window, 840, phone="13800000001")
    make_visit(window, 860)
    evening = at(1200, TODAY)

    assert serving.remind(actor=SYSTEM, now=NOON) == 0
    assert serving.remind(actor=SYSTEM, now=evening) == 1
    assert serving.remind(actor=SYSTEM, now=evening) == 0
    visits.move(visit.code, Wish(window.pk, at(880)), actor=NOBODY, now=evening)
    assert serving.remind(actor=SYSTEM, now=evening) == 1


def test_how_somebody_is_reached_is_opened_with_a_reason_alone_and_goes_after_a_month() -> None:
    visit = make_visit(phone="13800000001", name="陈阿姨")

    with pytest.raises(Invalid):
        serving.reveal_contact(visit.code, reason=" ", actor=CLERK, now=NOON)
    told = serving.reveal_contact(visit.code, reason="停电改期", actor=CLERK, now=NOON)

    assert told.name == "陈阿姨" and told.phone.endswith("13800000001")
    assert Entry.objects.filter(verb="read").count() == 1
    weaker = replace(CLERK, grants=CLERK.grants[:1])
    with pytest.raises(NotAllowed):
        serving.reveal_contact(visit.code, reason="停电改期", actor=weaker, now=NOON)
    assert serving.let_contacts_go(NOON + timedelta(days=29), 10, actor=SYSTEM) == 0
    assert serving.let_contacts_go(NOON + timedelta(days=32), 10, actor=SYSTEM) == 1
    assert Appointment.objects.get().contact is None


def test_a_window_that_ends_cancels_what_is_to_come_and_takes_no_more() -> None:
    window = make_window()
    visit = make_visit(window)

    windows.end_window(window, actor=KEEPER, now=NOON)

    assert Appointment.objects.get(pk=visit.pk).state == "closed"
    with pytest.raises(NoSuchTime):
        make_visit(window, 530)
    with pytest.raises(WrongState):
        windows.end_window(window, actor=KEEPER, now=NOON)
