"""What the pages of an event promise is so: called off, on the waiting list, published and still empty."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from linli.activities.models import Enrolment, Event
from linli.activities.services import enrolling, events
from linli.activities.testing import NOON, at
from linli.activities.tests.test_fees import OFFICE
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def made(**more: Any) -> Event:
    facts = EventFacts("course", "Chess", "", "Fig lane 2", ((at(9), at(10)),), **{"places": 2, **more})  # fmt: skip
    event = events.add_event(make_village(), facts, actor=OFFICE, now=NOON)
    return events.publish_event(event, actor=OFFICE, now=NOON)


def enrol(event: Event, number: int, people: int = 1) -> Enrolment:
    takers = tuple(Taker(f"Chen {n}", 1980) for n in range(people))
    facts = EnrolFacts(takers, f"+861380013{number:04d}")
    return enrolling.enrol(event, facts, actor=NOBODY, now=NOON)


def page(address: str, who: Any = NOBODY) -> str:
    answer = client_of(who).get(f"/en/{address}")
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def test_at_an_event_called_off_nobody_has_a_place_on_any_page() -> None:
    event = made()
    seat, waits = enrol(event, 1, people=2), enrol(event, 2)
    desk, new = f"desk/events/{event.pk}/", f"enrolments/{seat.code}/?new=1"
    assert "You have your places" in page(new) and "has a place" in page(desk, OFFICE)

    sent = client_of(OFFICE).post(
        f"/en/{desk}cancel", {"reason": "Rain", "key": str(uuid4())}, follow=True
    )

    assert "All 2 families that were enrolled are told why" in sent.content.decode()
    shown = sent.content.decode().split("<table")[1]
    assert "has a place" not in shown and shown.count("called off") == 2
    for one in (new, f"enrolments/{waits.code}/?new=1"):
        own = page(one)
        assert "This does not take place" in own and "called off" in own
        assert "You have your places" not in own and "waiting list" not in own
        assert "Write the code down" not in own and "has a place" not in own
    told = client_of(NOBODY).get(f"/api/v1/enrolments/{seat.code}/").json()
    assert (told["state"], told["event_state"]) == ("in", "cancelled")


def test_a_program_reads_how_many_are_told_that_an_event_is_called_off() -> None:
    event = made()
    enrol(event, 1)

    sent = post_json(
        client_of(OFFICE), f"/api/v1/desk/events/{event.pk}/cancel", {"reason": "Rain"}
    )

    assert (sent.json()["told"], sent.json()["state"]) == (1, "cancelled")


def test_who_waits_is_shown_no_ticket_for_the_door() -> None:
    event = made()
    seat, waits = enrol(event, 1, people=2), enrol(event, 2)

    own, other = page(f"enrolments/{seat.code}/?new=1"), page(f"enrolments/{waits.code}/?new=1")

    assert "Show this at the door" in own and "Into my calendar" in own
    assert "Show this at the door" not in other and "Into my calendar" not in other
    assert "with it you come in" in own and "leave the list" in other


def test_the_desk_says_of_an_empty_event_what_is_so() -> None:
    event, words = made(), "once it is published"
    shown = page(f"desk/events/{event.pk}/", OFFICE)
    assert words not in shown and "Enrolments come by themselves until" in shown

    Event.objects.update(state="draft")
    assert words in page(f"desk/events/{event.pk}/", OFFICE)
    Event.objects.update(state="published", enrol_until=timezone.now() - timedelta(hours=1))
    assert "Enrolment ended on" in page(f"desk/events/{event.pk}/", OFFICE)
    assert "No family is like that" not in page(f"desk/events/{event.pk}/?q=NOSUCH", OFFICE)
    Event.objects.update(enrol_until=at(9))
    enrol(event, 1)
    assert "No family is like that" in page(f"desk/events/{event.pk}/?q=NOSUCHCODE", OFFICE)
