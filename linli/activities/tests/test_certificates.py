"""Certificates say how many of a family came each time and no secret; people who just come are counted by heads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from linli.activities import permits
from linli.activities.errors import NoCertificate, NotYet
from linli.activities.models import Attendance, Enrolment, Event, EventSession
from linli.activities.queries.certificates import certified
from linli.activities.queries.outcomes import fill_of
from linli.activities.rules.events import came_each_time
from linli.activities.services import attending, certificates, enrolling, events
from linli.activities.types.events import Came, EnrolFacts, EventFacts, Taker
from linli.documents.queries.checking import address_of_code
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.testing import make_village

OFFICE = make_actor("office", permits.VENUES, permits.BOOKINGS, permits.EVENTS)


@pytest.mark.parametrize(
    ("times", "people"),
    [
        ([], 0), ([(2, 0)], 2), ([(2, 0), (1, 0)], 1), ([(2, 0b11), (1, 0b10)], 1),
        ([(1, 0b0001), (1, 0b0010)], 0), ([(3, 0b111), (2, 0)], 2), ([(4, 0b1111), (4, 0b1111)], 4),
    ],
)  # fmt: skip
def test_only_those_who_came_each_time_are_certified(
    times: list[tuple[int, int]], people: int
) -> None:
    assert came_each_time(times) == people


def _ago(days: float) -> Any:
    return timezone.now() - timedelta(days=days)


def _course() -> tuple[Event, list[EventSession], Enrolment]:
    """Return a course of two times that is over since an hour, and a family of two, by the real clock."""
    spans = ((_ago(7), _ago(6.9)), (_ago(0.1), _ago(0.05)))
    facts = EventFacts("course", "Chess", "", "Fig lane 2", spans, 9)
    made = events.add_event(make_village(), facts, actor=OFFICE, now=_ago(9))
    made = events.publish_event(made, actor=OFFICE, now=_ago(9))
    takers = (Taker("Chen 1", 1980), Taker("Chen 2", 1981))
    family = enrolling.enrol(
        made, EnrolFacts(takers, "+8613800138001", has_child=False), actor=NOBODY, now=_ago(8)
    )
    return made, list(EventSession.objects.filter(event=made).order_by("starts_at")), family


def _came(session: EventSession, family: Enrolment, *who: int) -> None:
    came = Came(str(uuid4()), session.pk, family.code, frozenset(who), session.starts_at)
    attending.note_came(came, actor=OFFICE, now=session.starts_at)


@pytest.mark.django_db
def test_a_certificate_tells_how_many_and_its_code_leads_to_no_secret() -> None:
    event, (first, second), family = _course()
    with pytest.raises(NoCertificate):
        certificates.make_certificate(family, actor=NOBODY, now=timezone.now())
    _came(first, family, 0, 1)
    _came(second, family, 1)
    own = f"/en/enrolments/{family.code}/"
    assert certified(Enrolment.objects.get(), second.starts_at) == 0

    paper = Client().get(f"{own}?paper=1").content.decode()
    code = certificates.make_certificate(Enrolment.objects.get(), actor=NOBODY, now=timezone.now())
    shown = Client().get(f"/en/certificates/{code}/").content.decode()

    sheet = paper[paper.index("<h1") :].partition("</main>")[0]
    assert "For 1 person." in sheet and f"/q/{code}" in sheet and family.code not in sheet
    assert event.title in shown and family.code not in shown
    assert address_of_code(code).endswith(f"/certificates/{code}/")
    forged = Client().get(f"/en/certificates/{family.code}/")
    assert (
        forged.status_code == 404
        and "No certificate with this code holds" in forged.content.decode()
    )
    told = Client().get(f"/api/v1/certificates/{family.code}/")
    assert (told.status_code, told.json()["code"]) == (404, "no_such_certificate")


@pytest.mark.django_db
def test_certificate_and_calendar_by_program() -> None:
    event, sessions, family = _course()
    address = f"/api/v1/enrolments/{family.code}"
    assert post_json(Client(), f"{address}/certificate/").status_code == 409
    for session in sessions:
        _came(session, family)

    made = post_json(Client(), f"{address}/certificate/")
    again = post_json(Client(), f"{address}/certificate/")
    code = made.json()["address"].rpartition("/")[2]

    assert made.status_code == 201 and made.json() == again.json()
    assert (made.json()["people"], made.json()["times"]) == (2, 2)
    assert Client().get(f"/api/v1/certificates/{code}/").json() == made.json()
    calendar = Client().get(f"{address}/calendar/")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert calendar.content.decode().count("BEGIN:VEVENT") == 2
    assert f"event-{event.code}-{sessions[0].pk}@linli" in calendar.content.decode()


@pytest.mark.django_db
def test_people_who_just_come_are_counted_by_heads_and_stand_in_the_figures() -> None:
    event, (first, second), family = _course()
    _came(first, family, 0)

    for actor, people, now, refusal in (
        (make_actor("stranger"), 5, timezone.now(), NotAllowed), (OFFICE, -1, timezone.now(), Invalid),
        (OFFICE, 20_001, timezone.now(), Invalid), (OFFICE, 5, _ago(8), NotYet),
    ):  # fmt: skip
        with pytest.raises(refusal):
            attending.count_others(first, people, actor=actor, now=now)
    assert not EventSession.objects.filter(others__isnull=False).exists()

    attending.count_others(first, 200, actor=OFFICE, now=timezone.now())
    attending.count_others(first, 300, actor=OFFICE, now=timezone.now())

    assert fill_of([event])[event.pk].came == 301 and Attendance.objects.count() == 1
    Event.objects.update(state="cancelled")
    with pytest.raises(WrongState):
        attending.count_others(second, 1, actor=OFFICE, now=timezone.now())


@pytest.mark.django_db
def test_heads_are_counted_by_page_and_by_program() -> None:
    event, (first, _second), _family = _course()
    client, key = client_of(OFFICE), {"key": str(uuid4())}
    page = f"/en/desk/events/{event.pk}/"

    assert 'name="others"' in client.get(page).content.decode()
    assert client.post(f"{page}sessions/{first.pk}/others", {**key, "others": ""}).status_code == 422  # fmt: skip
    sent = client.post(f"{page}sessions/{first.pk}/others", {"key": str(uuid4()), "others": "12"})
    first.refresh_from_db()
    assert (sent.status_code, first.others) == (303, 12)
    address = f"/api/v1/desk/events/{event.pk}/sessions"
    told = post_json(client, f"{address}/{first.pk}/others", {"others": 15})
    assert told.json()["others"] == 15
    assert post_json(client, f"{address}/0/others", {"others": 1}).status_code == 404
    listed = client.get(f"/api/v1/desk/events/{event.pk}/enrolments/").json()["sessions"]
    assert [one["others"] for one in listed] == [15, None]
