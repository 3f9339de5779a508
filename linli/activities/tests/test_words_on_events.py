"""What families said of events is read by the office, shown once it was released, and goes after a year."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from linli.activities import permits
from linli.activities.desk import count_words
from linli.activities.models import Event, EventFeedback
from linli.activities.queries.narrowing import WORDS_WAIT, Narrowed, events_wanted
from linli.activities.queries.outcomes import count_waiting, words_over
from linli.activities.services import enrolling, events, thoughts
from linli.activities.testing import NOON, SYSTEM
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.kernel.errors import NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
OFFICE = make_actor("office", permits.EVENTS)
THEN = NOON + timedelta(days=2)


def _said(words: str) -> tuple[Event, EventFeedback]:
    start = NOON + timedelta(days=1)
    facts = EventFacts("course", "Chess", "", "Fig Hall", ((start, start + timedelta(hours=1)),), 9)
    event = events.add_event(make_village(), facts, actor=OFFICE, now=NOON)
    event = events.publish_event(event, actor=OFFICE, now=NOON)
    family = enrolling.enrol(
        event, EnrolFacts((Taker("Chen", 1980),), "+8613800138001"), actor=NOBODY, now=NOON
    )
    return event, enrolling.say_what_you_thought(family, 4, words, actor=NOBODY, now=THEN)


def test_words_wait_are_released_shortened_taken_back_and_decided_once() -> None:
    event, thought = _said("More light. Call Chen")
    page = f"/en/events/{event.code}/"

    assert count_waiting([event]) == {event.pk: 1} and count_words(OFFICE, NOON.date()) == 1
    assert list(events_wanted(Event.objects.all(), Narrowed(state=WORDS_WAIT))) == [event]
    assert "More light" not in Client().get(page).content.decode()

    thoughts.decide_words(event, thought.pk, "More light.", actor=OFFICE, now=THEN)
    html = Client().get(page).content.decode()
    assert "More light." in html and "Call Chen" not in html
    with pytest.raises(WrongState):
        thoughts.decide_words(event, thought.pk, "x", actor=OFFICE, now=THEN)

    thoughts.take_words_back(event, thought.pk, actor=OFFICE, now=THEN)
    thoughts.decide_words(event, thought.pk, " ", actor=OFFICE, now=THEN)
    thought.refresh_from_db()
    assert (thought.state, thought.shown) == ("unseen", "") and count_waiting([event]) == {}


def test_a_stranger_and_another_event_change_nothing_and_words_go_after_a_year() -> None:
    event, thought = _said("More light")

    with pytest.raises(NotAllowed):
        thoughts.decide_words(event, thought.pk, "x", actor=make_actor("x"), now=THEN)
    for wrong in (thought.pk + 1, 10**9):
        with pytest.raises(NotFound):
            thoughts.decide_words(event, wrong, "x", actor=OFFICE, now=THEN)
    thought.refresh_from_db()
    assert thought.state == "waits"

    late = THEN + timedelta(days=366)
    thoughts.decide_words(event, thought.pk, "Light", actor=OFFICE, now=THEN)
    assert words_over(THEN + timedelta(days=364)).count() == 0
    assert thoughts.let_words_go(late, 9, actor=SYSTEM) == 1
    thought.refresh_from_db()
    assert (thought.words, thought.shown) == ("", "Light")
    with pytest.raises(WrongState):
        thoughts.take_words_back(event, thought.pk, actor=OFFICE, now=late)


def test_the_page_and_the_api_release_words() -> None:
    event, thought = _said("More light")
    client, to = client_of(OFFICE), f"desk/events/{event.pk}/words"

    html = client.get(f"/en/desk/events/{event.pk}/").content.decode()
    typed = {"thought": thought.pk, "shown": "More light!", "step": "show", "key": str(uuid4())}
    client.post(f"/en/{to}", typed)
    shown = client.get(f"/api/v1/{to}/").json()["items"]
    back = post_json(client, f"/api/v1/{to}/{thought.pk}/back").json()
    unseen = post_json(client, f"/api/v1/{to}/{thought.pk}/decide", {"shown": ""}).json()

    assert f'id="shown-{thought.pk}"' in html and "More light" in html
    assert [one["shown"] for one in shown] == ["More light!"]
    assert (back["state"], unseen["state"]) == ("waits", "unseen")
    assert datetime.fromisoformat(unseen["at"]) == THEN


def test_all_words_are_paged_searched_filtered_and_taken_as_a_file() -> None:
    event, first = _said("More light")
    rows = [
        EventFeedback(
            event=event, grade=5, words=f"Word {number}", at=THEN + timedelta(minutes=number)
        )
        for number in range(100)
    ]
    EventFeedback.objects.bulk_create(rows)
    thoughts.decide_words(event, first.pk, "Light", actor=OFFICE, now=THEN)
    client, to = client_of(OFFICE), f"/en/desk/events/{event.pk}/"

    def read(**asked: str) -> str:
        return str(client.get(to, {"view": "words", **asked}).content.decode("utf-8-sig"))

    assert "Word 99" in read() and "Word 12" not in client.get(to).content.decode()
    assert "More light" in read(state="shown") and "Word 99" not in read(state="shown")
    assert "Word 12" in read(q="word 12") and "Word 13" not in read(q="word 12")
    assert "cursor=" in read() and "More light" not in read()
    file = read(format="csv", q="light")
    assert "More light" in file and "Word" not in file.split("More light")[1]
    api = client.get(f"/api/v1/desk/events/{event.pk}/words/", {"state": "shown"}).json()
    assert [one["shown"] for one in api["items"]] == ["Light"]
    typed = {"thought": rows[0].pk, "step": "unseen", "view": "words", "key": str(uuid4())}
    assert client.post(f"{to}words", typed)["Location"].endswith("?view=words")
    assert client_of(make_actor("x")).get(to, {"view": "words"}).status_code == 404
