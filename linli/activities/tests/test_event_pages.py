"""What the pages of an event promise is so: called off, on the waiting list, published and still empty."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from linli.activities.models import Enrolment, Event
from linli.activities.services import enrolling, events
from linli.activities.testing import NOON, at, page
from linli.activities.tests.test_fees import OFFICE
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json
from linli.places.testing import make_village

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def made(**more: Any) -> Event:
    facts = EventFacts("course", "Chess", "", "Fig lane 2", ((at(9), at(10)),), **{"places": 2, **more})  # fmt: skip
    event = events.add_event(make_village(), facts, actor=OFFICE, now=NOON)
    return events.publish_event(event, actor=OFFICE, now=NOON)


def enrol(event: Event, number: int, people: int = 1) -> Enrolment:
    takers = tuple(Taker(f"Chen {n}", 1980) for n in range(people))
    facts = EnrolFacts(takers, f"+861380013{number:04d}")
    return enrolling.enrol(event, facts, actor=NOBODY, now=NOON)


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


FULL, PROMISE = "the waiting list is full too", "You come onto the waiting list"


def typed(people: list[tuple[str, str]]) -> dict[str, str]:
    rows = {f"{part}_{n}": one[i] for n, one in enumerate(people, 1) for i, part in enumerate(("name", "born"))}  # fmt: skip
    return {**rows, "phone": "13800138099", "guardian": "Chen Ah Po", "has_child": "no", "key": str(uuid4())}  # fmt: skip


def test_where_the_waiting_list_is_full_no_page_invites_or_promises() -> None:
    event = made(waiting=1)
    enrol(event, 1, people=2)
    form = f"events/{event.code}/enrol/"
    told = f"/api/v1/events/{event.code}/"
    faces = [f"events/{event.code}/", form, f"events/{event.code}/?face=touch"]
    assert PROMISE in page(form) and not any(FULL in page(one) for one in faces)
    assert client_of(NOBODY).get(told).json()["is_full"] is False
    two = client_of(NOBODY).post(f"/en/{form}", typed([("Li", ""), ("Li Two", "")]))
    assert two.status_code == 422 and PROMISE not in two.content.decode()
    enrol(event, 2)

    for one in faces:
        shown = page(one)
        assert FULL in shown and PROMISE not in shown, one
        main = shown.split("<main")[1].split("</main")[0]
        assert f"events/{event.code}/enrol/" not in main
        assert 'name="phone"' not in shown and "Scan the code and sign up" not in shown
    said = client_of(NOBODY).get(told).json()
    assert (said["is_open"], said["is_full"], said["waiting_most"]) == (True, True, 1)
    sent = client_of(NOBODY).post(f"/en/{form}", typed([("Li", "")])).content.decode()
    assert FULL in sent and PROMISE not in sent and 'value="Li"' in sent

    enrolling.withdraw(Enrolment.objects.get(state="waits"), actor=NOBODY, now=NOON)
    assert PROMISE in page(form)


def test_a_form_that_nobody_can_send_any_more_is_not_offered() -> None:
    event = made()
    Event.objects.update(enrol_until=NOON - timedelta(minutes=1))

    shown = page(f"events/{event.code}/enrol/")

    assert "Enrolment is closed" in shown and 'name="phone"' not in shown


def test_what_is_wrong_with_one_of_a_family_stands_at_her() -> None:
    event = made(places=9, least_age=4, most_age=60, fee_fen=1000)
    form = f"/en/events/{event.code}/enrol/"
    assert "¥10.00 a person" in page(form.removeprefix("/en/")), "the price stands on the form"

    def faults(*people: tuple[str, str]) -> str:
        sent = client_of(NOBODY).post(form, typed(list(people)))
        assert sent.status_code == 422 and not Enrolment.objects.exists()
        return sent.content.decode()

    html = faults(("Wang One", "1990"), ("", ""), ("Wang Three", ""), ("Old", "1920"))
    assert "Wang Three: Give the year of birth." in html and "Old: This is for another age" in html
    for row, is_wrong in ((1, False), (3, True), (4, True)):
        before, after = html.split(f'id="id_born_{row}"')
        field = before.rsplit("<input", 1)[1] + after.split(">")[0]
        assert ("aria-invalid" in field) is is_wrong, row
    assert "<details" in html and " open>" in html.split("<details")[1]
    assert "stands here twice" in faults(("Wang One", "1990"), ("Wang One", "1990"))
    told = {"takers": [{"name": "A", "born": 1990}, {"name": "B"}], "phone": "13800138099"}
    fields = post_json(client_of(NOBODY), f"/api/v1/events/{event.code}/enrol", told).json()
    assert "takers.1.born" in str(fields) and "takers.0.born" not in str(fields)
