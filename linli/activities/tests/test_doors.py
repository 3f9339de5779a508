"""The door of an event: whoever comes counts once, whichever doors saw her, in whatever order they send it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linli.activities import permits
from linli.activities.errors import NotYet
from linli.activities.models import Attendance, Enrolment, Event, EventSession
from linli.activities.queries import events as queries
from linli.activities.rules.events import bits_of, joined
from linli.activities.services import attending, enrolling, events
from linli.activities.testing import NOON, at
from linli.activities.tests.test_events import _enrol, _event
from linli.activities.types.events import Came
from linli.activities.views import doors
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of, make_actor, stop_clock
from linli.runtime.testing import at_once
from linli.trail.models import Entry

DOOR = make_actor("door", permits.EVENTS, account_id=7)
BITS = st.integers(0, 255)


@given(st.lists(BITS, max_size=4), st.integers(0, 8))
def test_doors_in_any_order_and_twice_count_the_same(seen: list[int], counted: int) -> None:
    ends = set()
    for order in list(permutations(seen))[:6]:
        people, who = counted, 0
        for more in (*order, *order):
            people, who = joined(people, who, more)
        ends.add((people, who))

    assert len(ends) == 1
    people, who = ends.pop()
    assert people == max(counted, who.bit_count())


@pytest.mark.parametrize(
    ("who", "people", "bits"),
    [((), 3, 7), ((0,), 3, 1), ((2, 0, 2), 3, 5), ((3,), 3, None), ((-1,), 3, None), ((0, 9), 8, None)],
)  # fmt: skip
def test_places_in_a_family_are_bits_and_nobody_named_is_all_of_it(
    who: Sequence[int], people: int, bits: int | None
) -> None:
    assert bits_of(who, people) == bits


def _ground() -> tuple[Event, EventSession, Enrolment]:
    event = _event()
    return event, queries.sessions_of(event)[0], _enrol(event, 1, 3)


def _seen(session: EventSession, mine: Enrolment, *who: int, hour: float = 19, actor: Actor = DOOR) -> int:  # fmt: skip
    came = Came(str(uuid4()), session.pk, mine.code, frozenset(who), at(hour))
    return attending.note_came(came, actor=actor, now=at(hour) + timedelta(hours=2)).people


@pytest.mark.django_db
def test_two_doors_count_a_family_once_and_a_correction_of_the_office_holds() -> None:
    event, session, mine = _ground()
    assert [_seen(session, mine, 0, 1), _seen(session, mine, 1, 2), _seen(session, mine, 0, 1)] == [2, 3, 3]  # fmt: skip
    told = Entry.objects.filter(verb="activities.came").count()

    attending.check_in(session, mine, 1, actor=DOOR, now=at(20))
    late = _seen(session, mine, 0, 1, 2, hour=19.5)
    after = _seen(session, mine, 1, 2, hour=20.5)

    assert (told, late, after) == (2, 1, 2)
    assert queries.came(event) == {(session.pk, mine.pk): 2}


@pytest.mark.django_db
def test_whoever_has_no_place_no_right_or_is_too_early_is_not_counted() -> None:
    event, session, mine = _ground()
    stranger, waits = make_actor("stranger"), _enrol(event, 2, 2)
    enrolling.withdraw(mine, actor=NOBODY, now=NOON)

    for who, refusal in (((mine, at(19), DOOR), Invalid), ((waits, at(-5), DOOR), NotYet), ((waits, at(19), stranger), NotFound)):  # fmt: skip
        one, when, actor = who
        with pytest.raises(refusal):
            attending.note_came(Came("a", session.pk, one.code, frozenset(), when), actor=actor, now=at(21))  # fmt: skip
    with pytest.raises(NotAllowed):
        attending.open_door(actor=stranger, now=at(9))
    wrong = [Came("a", session.pk, "NOSUCHCODE", frozenset(), at(19)), Came("b", session.pk, waits.code, frozenset({7}), at(19)),
             Came("c", session.pk, waits.code, frozenset(), at(19))]  # fmt: skip
    told = attending.note_all(wrong, actor=DOOR, now=at(21))
    events.cancel_event(event, "Rain", actor=DOOR, now=at(19.5))
    late = attending.note_all(wrong[2:], actor=DOOR, now=at(22))

    # the second family had moved up when the first gave its places back
    assert [bool(one.reason) for one in (*told, *late)] == [True, True, False, True]
    assert Attendance.objects.count() == 1


@pytest.mark.django_db
def test_the_list_is_of_the_day_in_full_and_each_look_is_recorded() -> None:
    event, session, mine = _ground()
    _seen(session, mine, 2)

    (door,) = attending.open_door(actor=DOOR, now=at(9))

    assert attending.open_door(actor=DOOR, now=NOON) == []
    assert door.code == event.code and [one.names for one in door.families] == [("Chen 0", "Chen 1", "Chen 2")]  # fmt: skip
    assert door.families[0].came == ((session.pk, 4, 1),)
    assert Entry.objects.filter(verb="read", kind="activities.event").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_doors_at_the_same_moment_count_each_person_once() -> None:
    _event_, session, mine = _ground()

    told = at_once(lambda: _seen(session, mine, 0, 1), lambda: _seen(session, mine, 1, 2))

    assert told == ["", ""]
    assert Attendance.objects.get().people == 3


def _sent(client: Client, path: str, given: dict[str, Any], key: str) -> Any:
    headers = {"Idempotency-Key": key}
    return client.post(f"/api/v1/desk/events/door/{path}", given, content_type="application/json", headers=headers)  # fmt: skip


@pytest.mark.django_db
def test_a_phone_gets_its_key_again_and_sends_what_it_noted_as_often_as_it_likes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _event_, session, mine = _ground()
    stop_clock(monkeypatch, at(19))
    client = client_of(DOOR)

    opened = _sent(client, "", {}, "a").json()
    again = _sent(client, "", {"boxes": [opened["box"]]}, "b").json()
    entry = {"key": str(uuid4()), "session": session.pk, "code": mine.code, "who": [0, 1],
             "phone_at": at(18).isoformat(), "offset": 0}  # fmt: skip
    batch = {
        "sent_at": at(18).isoformat(),
        "entries": [entry, {**entry, "key": str(uuid4()), "code": "X"}],
    }
    told = [_sent(client, "came", batch, key).json() for key in "cd"]

    assert client.get("/api/v1/desk/events/door/").json()["events"] == [_event_.code]
    assert (again["id"], again["key"]) == (opened["id"], opened["key"]) and again["until"] > again["at"]  # fmt: skip
    assert [[bool(one["reason"]) for one in each["noted"]] for each in told] == [[False, True]] * 2
    assert told[1]["came"] == {mine.code: [{"session": session.pk, "who": 3, "people": 2}]}
    assert Attendance.objects.get().people == 2
    assert _sent(Client(), "", {}, "e").status_code in (401, 403)
    assert _sent(client_of(make_actor("x", account_id=9)), "", {}, "f").status_code == 403


def test_the_phone_keeps_every_file_that_the_page_needs() -> None:
    names = {*doors.FILES, *doors.MODULES}

    for name in names:
        path = finders.find(name)
        assert isinstance(path, str), name
        text = Path(path).read_text() if name.endswith(".js") else ""
        for other in re.findall(r'from "(\..*)"', text):
            assert normpath(join(dirname(name), other)) in names
