"""Events: families in one go, the waiting list moves up in turn, children only with consent, names go."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linli.activities import permits
from linli.activities.errors import AlreadyIn, EnrolmentClosed, FullUp, JustTaken, NotYet
from linli.activities.forms.taking_part import EnrolForm
from linli.activities.models import Booking, Enrolment, EnrolmentVault, Event, EventFeedback
from linli.activities.queries import events as queries
from linli.activities.queries import outcomes
from linli.activities.queries.certificates import certified
from linli.activities.rules import events as rules
from linli.activities.services import attending, enrolling, events, takers
from linli.activities.testing import NOON, SYSTEM, TOMORROW, at, make_booking, make_venue
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import make_actor, post_json
from linli.places.testing import make_village
from linli.trail.models import Entry

OFFICE = make_actor("office", permits.VENUES, permits.BOOKINGS, permits.EVENTS)
COURSE = EventFacts(
    "course", "Paper cutting", "Bring scissors", "Fig Hall", ((at(19), at(20)),), 3, waiting=3
)


def _event(**other: Any) -> Event:
    event = events.add_event(make_village(), replace(COURSE, **other), actor=OFFICE, now=NOON)
    return events.publish_event(event, actor=OFFICE, now=NOON)


def _enrol(
    event: Event, number: int, people: int = 1, *, now: datetime = NOON, **other: Any
) -> Enrolment:
    takers = tuple(Taker(f"Chen {n}", 1980) for n in range(people))
    facts = EnrolFacts(takers, f"+86138001380{number:02d}")
    return enrolling.enrol(event, replace(facts, **other), actor=NOBODY, now=now)


@given(st.lists(st.integers(1, 4), max_size=8), st.integers(0, 10))
def test_whoever_waits_moves_up_in_turn_and_never_more_than_is_free(
    people: list[int], free: int
) -> None:
    line = [rules.Waiting(n, size) for n, size in enumerate(people)]

    up = rules.moves_up(line, free)

    assert up == list(range(len(up))) and sum(people[n] for n in up) <= free
    assert len(up) == len(people) or sum(people[: len(up) + 1]) > free


@pytest.mark.parametrize(
    ("born", "fault"),
    [
        (2020, ""),
        (2018, "old"),
        (2023, "young"),
        (None, "missing"),
        (1800, "impossible"),
        (2030, "impossible"),
    ],
)
def test_an_age_is_the_one_reached_in_the_year_of_the_event(born: int | None, fault: str) -> None:
    assert rules.age_fault(born, 2026, 4, 7) == fault
    assert rules.age_fault(born, 2026, None, None) == ""


@pytest.mark.django_db
def test_a_family_is_not_parted_waits_as_a_whole_and_moves_up_when_there_is_room_for_all() -> None:
    event = _event()
    first, second = _enrol(event, 1), _enrol(event, 2)
    family, single = _enrol(event, 3, 2), _enrol(event, 4)
    assert [one.state for one in (first, second, family, single)] == ["in", "in", "waits", "waits"]
    assert queries.turn_of(single) == 2
    with pytest.raises(FullUp):
        _enrol(event, 5)

    enrolling.withdraw(first, actor=NOBODY, now=NOON)

    family.refresh_from_db()
    single.refresh_from_db()
    assert (family.state, single.state) == ("in", "waits")
    with pytest.raises(WrongState):
        enrolling.withdraw(first, actor=NOBODY, now=NOON)


@pytest.mark.django_db
def test_one_telephone_is_enrolled_once_and_again_after_it_withdrew() -> None:
    event = _event()
    mine = _enrol(event, 1)

    with pytest.raises(AlreadyIn):
        _enrol(event, 1)
    enrolling.withdraw(mine, actor=NOBODY, now=NOON)

    assert _enrol(event, 1).state == "in"


@pytest.mark.django_db
def test_a_second_child_comes_under_the_same_telephone_and_the_first_not_twice() -> None:
    event = _event()
    phone = "+8613800000071"
    one, two = (EnrolFacts((Taker(name, 2010),), phone, "陈阿姨") for name in ("大宝", "二宝"))

    enrolling.enrol(event, one, actor=NOBODY, now=NOON)
    enrolling.enrol(event, two, actor=NOBODY, now=NOON)

    for again in (one, replace(two, takers=(*two.takers, Taker("三宝", 2012)))):
        with pytest.raises(AlreadyIn):
            enrolling.enrol(event, again, actor=NOBODY, now=NOON)
    assert Enrolment.objects.filter(event=event).count() == 2


def test_a_year_of_birth_without_a_name_and_one_to_come_are_told_at_their_fields() -> None:
    said = {"name_1": "大宝", "born_1": "2030", "born_2": "2015", "phone": "13800000071"}

    form = EnrolForm(said, asks_age=True, asks_neighbour=False, asks_guardian=False)

    assert not form.is_valid() and set(form.errors) == {"born_1", "name_2"}
    assert rules.age_fault(2030, 2026, 6, 12) == "impossible"


@pytest.mark.parametrize("year", ["abc", "1", "99999"])
def test_a_year_of_birth_that_is_none_is_answered_with_how_a_year_is_written(year: str) -> None:
    said = {"name_1": "大宝", "born_1": year, "phone": "13800000071"}

    form = EnrolForm(said, asks_age=True, asks_neighbour=False, asks_guardian=False)

    assert form.errors["born_1"] and all("2015" in words for words in form.errors["born_1"])


@pytest.mark.parametrize(
    ("people", "twice"),
    [
        ([("小明", 2018), (" 小 明", 2018)], True),
        ([("Ming", None), ("ming", None)], True),
        ([("小明", 2018), ("小明", 1970)], False),
        ([("小明", 2018), ("小红", 2018)], False),
    ],
)
def test_one_person_takes_one_place_of_a_family(
    people: list[tuple[str, int | None]], twice: bool
) -> None:
    assert rules.is_named_twice(people) is twice


@pytest.mark.django_db
def test_after_the_end_of_enrolment_and_before_publishing_nobody_comes_in() -> None:
    draft = events.add_event(make_village(), COURSE, actor=OFFICE, now=NOON)
    event = _event(enrol_until=at(12))

    with pytest.raises(EnrolmentClosed):
        _enrol(draft, 1)
    with pytest.raises(EnrolmentClosed):
        _enrol(event, 1, now=at(12))
    with pytest.raises(NotFound):
        queries.get_event(draft.code)

    assert _enrol(event, 1, now=at(12) - timedelta(seconds=1)).state == "in"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"takers": ()}, "takers"), ({"takers": (Taker(" "),)}, "takers"), ({"phone": ""}, "phone"),
     ({"takers": (Taker("A", 2010),)}, "takers"), ({"takers": (Taker("A", None),)}, "takers"),
     ({"takers": (Taker("Chen", 2016), Taker("Chen ", 2016)), "guardian": "Chen Ah Po"}, "takers"),
     ({"takers": (Taker("A", 2019),)}, "guardian"), ({"is_neighbour": False}, "is_neighbour")],
)  # fmt: skip
def test_rules_of_age_place_and_consent_refuse_and_nothing_is_kept(
    wrong: dict[str, Any], field: str
) -> None:
    event = _event(least_age=4, most_age=12, for_neighbours=True)
    good = EnrolFacts((Taker("Chen", 2016),), "+8613800138001", "Chen Ah Po", True)

    with pytest.raises(Invalid) as fault:
        enrolling.enrol(event, replace(good, **({"guardian": ""} | wrong)), actor=NOBODY, now=NOON)

    assert field in fault.value.fields and not Enrolment.objects.exists()
    assert enrolling.enrol(event, good, actor=NOBODY, now=NOON).has_guardian


@pytest.mark.parametrize(
    ("born", "has_child", "needs"),
    [
        ([2012], None, True),  # born in December it is 13 for most of 2026 (13.3, PIPL 31)
        ([2011, 1980], None, False),
        ([None], None, None),
        ([None, 2019], None, True),
        ([None], True, True),
        ([None, 1980], False, False),
        ([2019], False, True),
    ],
)
def test_consent_is_asked_for_until_a_child_is_14_whatever_its_birthday(
    born: list[int | None], has_child: bool | None, needs: bool | None
) -> None:
    assert rules.needs_guardian(born, has_child, 2026, 14) is needs


def test_an_event_for_youths_of_next_year_still_asks_who_agrees() -> None:
    assert rules.may_be_guarded(None, 2026, 2026, 14) and rules.may_be_guarded(14, 2026, 2026, 14)
    assert rules.may_be_guarded(15, 2027, 2026, 14) and not rules.may_be_guarded(15, 2026, 2026, 14)


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "field"), [({}, "has_child"), ({"has_child": True}, "guardian")])
def test_an_event_without_an_age_asks_whether_a_child_is_among_the_family(
    said: dict[str, bool], field: str
) -> None:
    event, facts = _event(), EnrolFacts((Taker("Chen"),), "+8613800138001")

    with pytest.raises(Invalid) as fault:
        enrolling.enrol(event, replace(facts, **said), actor=NOBODY, now=NOON)  # type: ignore[arg-type]
    assert set(fault.value.fields) == {field} and not Enrolment.objects.exists()

    agreed = replace(facts, has_child=True, guardian="Chen Ah Po")
    assert enrolling.enrol(event, agreed, actor=NOBODY, now=NOON).has_guardian


@pytest.mark.django_db
@pytest.mark.usefixtures("noon")
def test_the_page_and_the_api_ask_for_the_child_and_for_who_agrees() -> None:
    soon = NOON + timedelta(days=3)
    event = _event(sessions=((soon, soon + timedelta(hours=1)),))
    to, said = f"/en/events/{event.code}/enrol/", {"name_1": "Chen", "phone": "13800138001"}
    told = {"takers": [{"name": "Chen"}], "phone": "13800138001"}

    def send(**more: str) -> Any:
        return Client().post(to, {**said, "key": str(uuid4()), **more})

    silent, alone = send(), send(has_child="yes")
    api = post_json(Client(), f"/api/v1/events/{event.code}/enrol", told)
    assert "Say whether a child under 14" in silent.content.decode()
    assert "must agree" in alone.content.decode()
    assert (silent.status_code, alone.status_code, api.status_code) == (422, 422, 422)
    assert not Enrolment.objects.exists()

    assert send(has_child="no").status_code == 303
    other = {**told, "phone": "13800138002", "has_child": True, "guardian": "Chen Ah Po"}
    assert post_json(Client(), f"/api/v1/events/{event.code}/enrol", other).status_code == 201


@pytest.mark.django_db
def test_nobody_moves_up_at_an_event_that_was_called_off() -> None:
    event = _event()
    mine, waits = _enrol(event, 1, 3), _enrol(event, 2)
    events.cancel_event(event, "The teacher is ill", actor=OFFICE, now=NOON)

    page = Client().get(f"/en/enrolments/{mine.code}/").content.decode()
    with pytest.raises(EnrolmentClosed):
        enrolling.withdraw(mine, actor=NOBODY, now=NOON)
    event.refresh_from_db()
    event.places = 9

    assert enrolling.move_up(event, actor=OFFICE, now=NOON) == set()
    waits.refresh_from_db()
    assert waits.state == "waits" and not Entry.objects.filter(verb="activities.moved_up").exists()
    assert (
        "The teacher is ill" in page
        and "Give the places back" not in page
        and "in line" not in page
    )


@pytest.mark.django_db
def test_a_family_that_the_office_enrols_is_not_the_clerk() -> None:
    event, resident = _event(), make_actor("resident")
    facts = EnrolFacts((Taker("Chen", 1980),), "+8613800138001")

    by_office = enrolling.enrol(event, facts, actor=OFFICE, now=NOON)
    own = enrolling.enrol(event, replace(facts, phone="+8613800138002"), actor=resident, now=NOON)

    assert by_office.account_id is None and own.account_id == resident.account_id


@pytest.mark.django_db
def test_at_a_venue_the_times_are_booked_and_calling_off_frees_them_and_tells() -> None:
    hall = make_venue()
    event = _event(
        venue_id=hall.pk,
        sessions=(
            (at(19), at(20)),
            (at(19, TOMORROW + timedelta(days=7)), at(20, TOMORROW + timedelta(days=7))),
        ),
    )
    mine = _enrol(event, 1)
    with pytest.raises(JustTaken):
        make_booking(hall, at(19))

    with pytest.raises(Invalid):
        events.cancel_event(event, " ", actor=OFFICE, now=NOON)
    events.cancel_event(event, "The teacher is ill", actor=OFFICE, now=NOON)

    assert set(Booking.objects.values_list("state", flat=True)) == {"cancelled"}
    assert make_booking(hall, at(19)).state == "held"
    with pytest.raises(EnrolmentClosed):
        _enrol(event, 2)
    assert Enrolment.objects.get() == mine


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": " "}, "title"), ({"where": ""}, "where"), ({"kind": "x"}, "kind"), ({"places": 0}, "places"),
     ({"sessions": ()}, "sessions"), ({"sessions": ((at(20), at(19)),)}, "sessions"),
     ({"sessions": ((at(9), at(11)), (at(10), at(12)))}, "sessions"), ({"sessions": ((NOON, at(9)),)}, "sessions"),
     ({"least_age": 9, "most_age": 5}, "most_age"), ({"venue_id": 10**9}, "venue_id"), ({"waiting": -1}, "waiting")],
)  # fmt: skip
def test_an_event_that_cannot_be_is_refused(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        events.add_event(make_village(), replace(COURSE, **wrong), actor=OFFICE, now=NOON)

    assert field in fault.value.fields and not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["Fig Hall", " 榕树堂 "])
def test_an_event_in_a_room_that_can_be_booked_is_entered_with_its_venue(where: str) -> None:
    venue = make_venue(name="榕树堂")

    with pytest.raises(Invalid) as fault:
        _event(where=where)
    assert set(fault.value.fields) == {"venue_id"} and not Event.objects.exists()

    assert _event(where=where, venue_id=venue.pk).venue_id == venue.pk
    assert Booking.objects.get().starts_at == at(19) and _event(where="Fig Hall, yard")


@pytest.mark.django_db
def test_who_came_is_counted_by_families_and_whoever_came_every_time_gets_a_certificate() -> None:
    event = _event()
    mine, waits = _enrol(event, 1, 2), _enrol(event, 2, 2)
    (session,) = queries.sessions_of(event)

    with pytest.raises(NotYet):
        attending.check_in(session, mine, 1, actor=OFFICE, now=NOON)
    with pytest.raises(Invalid):
        attending.check_in(session, waits, 1, actor=OFFICE, now=at(19))
    with pytest.raises(Invalid):
        attending.check_in(session, mine, 3, actor=OFFICE, now=at(19))
    with pytest.raises(NotAllowed):
        attending.check_in(session, mine, 1, actor=make_actor("stranger"), now=at(19))
    assert certified(mine, at(20)) == 0
    attending.check_in(session, mine, 1, actor=OFFICE, now=at(19))
    attending.check_in(session, mine, 2, actor=OFFICE, now=at(19))

    assert queries.came(event) == {(session.pk, mine.pk): 2}
    assert (certified(mine, at(19.5)), certified(mine, at(20))) == (0, 2)


@pytest.mark.django_db
def test_how_it_was_is_said_once_after_it_began_by_whoever_had_a_place() -> None:
    event = _event()
    mine = _enrol(event, 1, 3)
    waits = _enrol(event, 2)

    with pytest.raises(NotYet):
        enrolling.say_what_you_thought(mine, 5, actor=NOBODY, now=NOON)
    for one, grade in ((waits, 5), (mine, 0), (mine, 6)):
        with pytest.raises(Invalid):
            enrolling.say_what_you_thought(one, grade, actor=NOBODY, now=at(21))
    enrolling.say_what_you_thought(mine, 4, "More light", actor=NOBODY, now=at(21))
    with pytest.raises(Invalid):
        enrolling.say_what_you_thought(mine, 1, actor=NOBODY, now=at(21))

    assert outcomes.grades_of(event) == [4] and EventFeedback.objects.count() == 1


@pytest.mark.django_db
def test_names_lie_sealed_are_read_with_a_trace_and_go_30_days_after_the_last_time() -> None:
    event = _event()
    mine = _enrol(event, 1)

    told = takers.read_takers(event, "list", actor=OFFICE, now=NOON)
    with pytest.raises(NotAllowed):
        takers.read_takers(event, "curious", actor=make_actor("stranger"), now=NOON)

    assert told[mine.pk] == ("Chen 0", "+8613800138001", "")
    assert Entry.objects.filter(details__reason="list").count() == 1
    with scope.acting(SYSTEM):
        assert b"Chen" not in bytes(EnrolmentVault.objects.get().takers)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM activities_enrolmentvault")
        assert cursor.fetchone()[0] == 0
    assert takers.let_go(at(20) + timedelta(days=30), 9, actor=SYSTEM) == 0
    assert takers.let_go(at(20) + timedelta(days=31), 9, actor=SYSTEM) == 1
    with scope.acting(SYSTEM):
        assert not EnrolmentVault.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("noon")
def test_a_calendar_tells_of_a_place_and_of_what_was_called_off() -> None:
    soon = NOON + timedelta(days=3)
    event = _event(sessions=((soon, soon + timedelta(hours=1)),))
    events.cancel_event(event, "Rain", actor=OFFICE, now=NOON)

    answer = Client().get(f"/calendars/{make_village().code}.ics")

    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    (only,) = queries.sessions_of(event)
    assert f"UID:event-{event.code}-{only.pk}@linli" in text and "STATUS:CANCELLED" in text
    assert (
        "BEGIN:VEVENT"
        not in Client().get(f"/calendars/{make_village().code}.ics?kind=talk").content.decode()
    )


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_the_last_places_at_once_no_more_get_in_than_find_room() -> None:
    event, gate = _event(places=3, waiting=2), Barrier(8)
    ended: list[str] = []

    def go(number: int) -> None:
        try:
            gate.wait(10)
            ended.append(_enrol(event, number).state)
        except FullUp as refusal:
            ended.append(refusal.code)
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(ended) == ["full_up"] * 3 + ["in"] * 3 + ["waits"] * 2


@pytest.mark.django_db
@pytest.mark.usefixtures("noon")
def test_the_touch_screen_shows_some_events_at_a_time_and_each_with_its_code() -> None:
    soon = NOON + timedelta(days=3)
    for number in range(9):
        start = soon + timedelta(hours=number)
        event = _event(
            sessions=((start, start + timedelta(hours=1)),), kind="show" if number else "course"
        )
    to = f"/en/places/{make_village().code}/events/?face=touch"

    first, one = (
        Client().get(to).content.decode(),
        Client().get(f"/en/events/{event.code}/?face=touch").content.decode(),
    )
    shows = Client().get(f"{to}&kind=show").content.decode()

    assert first.count("face=touch") >= 7 and "cursor=" in first and "kind=course" in first
    assert (
        shows.count(event.title) >= 7
        and "kind=course" in shows
        and "kind=show&" not in shows.split("<main")[1].split("</section>")[0]
    )
    for page in (first, one, shows):
        assert 'http-equiv="refresh" content="60;url=' in page
    assert "<svg" in one and "3 of 3 free" in one


@pytest.mark.django_db
def test_the_code_of_a_family_opens_its_places_where_bookings_are_looked_up() -> None:
    made = _enrol(_event(), 55)

    found = Client().get("/en/bookings/", {"code": f"{made.code[:5]} {made.code[5:].lower()}"})
    nothing = Client().get("/en/bookings/", {"code": "ABCDEFGH23"})

    assert (found.status_code, found["Location"]) == (302, f"/en/enrolments/{made.code}/")
    assert nothing.status_code == 404
