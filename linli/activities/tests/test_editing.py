"""An event is edited: times, room and places follow, and each family hears of it once, or nothing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from linli.activities import permits
from linli.activities.engine.telling import changes_in_words
from linli.activities.errors import JustTaken
from linli.activities.models import Booking, Enrolment, Event, EventSession, Venue
from linli.activities.rules.events import fault_of_spans, shift_of
from linli.activities.services import attending, editing, enrolling, events
from linli.activities.testing import NOON, TOMORROW, at, make_booking, make_venue
from linli.activities.types.events import (
    Changes,
    EnrolFacts,
    EventEdit,
    EventFacts,
    SessionTime,
    Taker,
)
from linli.kernel.errors import Invalid, NotAllowed, Stale, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notify.models import Delivery
from linli.places.testing import make_village

OFFICE = make_actor("office", permits.VENUES, permits.BOOKINGS, permits.EVENTS)
NEXT, LATER = TOMORROW + timedelta(days=7), TOMORROW + timedelta(days=14)
MORNING, AFTERNOON = (at(9), at(10)), (at(14), at(15))


def test_what_becomes_of_times_is_told_by_id() -> None:
    old = {1: MORNING, 2: AFTERNOON, 3: (at(9, NEXT), at(10, NEXT))}
    wanted = [(1, AFTERNOON), (2, AFTERNOON), (None, (at(9, LATER), at(10, LATER)))]

    shift = shift_of(old, wanted)

    assert shift.moved == {1: (MORNING, AFTERNOON)} and shift.dropped == [3]
    assert shift.added == [(at(9, LATER), at(10, LATER))]
    assert [fault_of_spans(spans, 2) for spans in ([], [(at(9), at(9))], [MORNING, MORNING], [MORNING])] == [
        "number", "order", "overlap", "",
    ]  # fmt: skip


def test_what_changed_is_said_in_sentences_the_weightiest_first() -> None:
    many = tuple(
        (at(9, TOMORROW + timedelta(days=n)), at(14, TOMORROW + timedelta(days=n)))
        for n in range(5)
    )

    with translation.override("en"):
        told = changes_in_words(
            Changes(moved=many, dropped=(at(9),), where="Fig Hall", fee_fen=1000)
        )

    assert len(told) == 7 and told[3] == "2 more times were moved." and "Fig Hall" in told[5]
    assert changes_in_words(Changes()) == [] and not Changes().is_any


def _course(venue: Venue, *spans: tuple[datetime, datetime], **other: Any) -> Event:
    facts = EventFacts(
        "course", "Paper cutting", "", "Fig Hall", spans, 3, waiting=5, venue_id=venue.pk
    )
    event = events.add_event(make_village(), replace(facts, **other), actor=OFFICE, now=NOON)
    return events.publish_event(event, actor=OFFICE, now=NOON)


def _enrol(event: Event, number: int, people: int = 1) -> Enrolment:
    takers = tuple(Taker(f"Chen {n}", 1980) for n in range(people))
    return enrolling.enrol(
        event, EnrolFacts(takers, f"+86138001380{number:02d}"), actor=NOBODY, now=NOON
    )


def _times(event: Event) -> list[SessionTime]:
    found = EventSession.objects.filter(event=event).order_by("starts_at")
    return [SessionTime(one.starts_at, one.ends_at, one.pk) for one in found]


def _edit(event: Event, *times: SessionTime, now: datetime = NOON, **words: Any) -> Event:
    facts = EventFacts(
        event.kind, event.title, event.about, event.where, (), event.places, waiting=event.waiting,
        venue_id=event.venue_id,
    )  # fmt: skip
    edit = EventEdit(replace(facts, **words), times or tuple(_times(event)), "Exam week")
    return editing.edit_event(event, edit, actor=OFFICE, now=now)


def _told(template: str = "activities.event_changed") -> int:
    return Delivery.objects.filter(template=template).count()


def _booked() -> list[tuple[datetime, str]]:
    return list(Booking.objects.order_by("starts_at", "pk").values_list("starts_at", "state"))


@pytest.mark.django_db
def test_moved_dropped_and_added_times_take_their_bookings_along_and_each_family_hears_once() -> (
    None
):
    event = _course(make_venue(), MORNING, (at(9, NEXT), at(10, NEXT)))
    _enrol(event, 1), enrolling.withdraw(_enrol(event, 2), actor=NOBODY, now=NOON)
    first, second = _times(event)

    _edit(
        event,
        replace(first, starts_at=at(14), ends_at=at(15)),
        SessionTime(at(9, LATER), at(10, LATER)),
    )

    event.refresh_from_db()
    assert [one.starts_at for one in _times(event)] == [at(14), at(9, LATER)]
    assert (event.first_at, event.last_at, event.enrol_until) == (at(14), at(10, LATER), at(14))
    assert _booked() == [(at(14), "held"), (at(9, NEXT), "cancelled"), (at(9, LATER), "held")]
    assert (
        _told() == 1
        and Delivery.objects.filter(template="activities.booking_cancelled").count() == 0
    )
    assert second.id not in {one.id for one in _times(event)}


@pytest.mark.django_db(transaction=True)
def test_two_times_change_places_and_another_room_takes_all_of_them() -> None:
    event, other = _course(make_venue(), MORNING, AFTERNOON), make_venue(name="Small room")
    first, second = _times(event)

    event = _edit(
        event,
        replace(first, starts_at=at(14), ends_at=at(15)),
        replace(second, starts_at=at(9), ends_at=at(10)),
    )
    assert [one.id for one in _times(event)] == [second.id, first.id]
    event = _edit(event, venue_id=other.pk, where="Small room")

    held = Booking.objects.filter(state="held").values_list("venue_id", "starts_at")
    assert sorted(held) == [(other.pk, at(9)), (other.pk, at(14))]
    assert set(EventSession.objects.values_list("booking__state", flat=True)) == {"held"}


@pytest.mark.django_db
def test_more_places_let_who_waits_move_up_and_words_alone_tell_nobody() -> None:
    event = _course(make_venue(), MORNING)
    _enrol(event, 1, 3)
    waits = _enrol(event, 2, 2)

    event = _edit(event, about="Bring scissors", phone="0769-1", places=5)

    waits.refresh_from_db()
    assert waits.state == "in" and _told("activities.moved_up") == 1 and _told() == 0
    event = _edit(event, where="Small room")
    assert _told() == 2


@pytest.mark.django_db
def test_what_cannot_be_changes_nothing() -> None:
    venue = make_venue()
    event = _course(venue, MORNING, AFTERNOON)
    _enrol(event, 1, 2)
    make_booking(venue, at(16))
    first, second = _times(event)
    before = (_times(event), _booked(), event.edition)

    wrong: list[tuple[tuple[SessionTime, ...], dict[str, Any]]] = [
        ((), {"places": 1}), ((), {"title": " "}), ((), {"venue_id": 10**9}),
        ((first, replace(second, starts_at=at(9.5))), {}), ((replace(first, starts_at=NOON),), {}),
        ((first, replace(second, id=10**9)), {}), ((replace(first, starts_at=at(23), ends_at=at(24)), second), {}),
    ]  # fmt: skip
    for times, words in wrong:
        with pytest.raises(Invalid):
            _edit(event, *times, **words)
    with pytest.raises(JustTaken):
        _edit(event, first, replace(second, starts_at=at(16), ends_at=at(17)))
    with pytest.raises(Stale):
        editing.edit_event(
            event,
            EventEdit(EventFacts("", "", "", "", (), 1), ()),
            edition=9,
            actor=OFFICE,
            now=NOON,
        )
    with pytest.raises(NotAllowed):
        editing.edit_event(
            event, EventEdit(EventFacts("", "", "", "", (), 1), ()), actor=make_actor("x"), now=NOON
        )

    event.refresh_from_db()
    assert (_times(event), [one for one in _booked() if one[0] != at(16)], event.edition) == before[:1] + (
        [one for one in before[1] if one[0] != at(16)], before[2],
    )  # fmt: skip
    assert _told() == 0


@pytest.mark.django_db
def test_a_time_that_has_begun_stays_and_an_event_that_was_called_off_is_not_edited() -> None:
    event = _course(make_venue(), MORNING, AFTERNOON)
    first, second = _times(event)
    family = _enrol(event, 1)
    attending.check_in(EventSession.objects.get(pk=first.id), family, 1, actor=OFFICE, now=at(9))

    with pytest.raises(Invalid):
        _edit(event, replace(first, starts_at=at(8)), second, now=at(11))
    _edit(event, replace(second, starts_at=at(16), ends_at=at(17)), now=at(11))
    assert [one.starts_at for one in _times(event)] == [at(9), at(16)]

    events.cancel_event(event, "Ill", actor=OFFICE, now=at(11))
    with pytest.raises(WrongState):
        _edit(event, now=at(11))


@pytest.mark.django_db
@pytest.mark.usefixtures("noon")
def test_the_page_and_the_api_enter_edit_and_call_off() -> None:
    start = at(12, NEXT)
    client, code = client_of(OFFICE), make_village().code
    words = {"title": "Chess", "kind": "course", "where": "Fig lane 2", "places": 5, "fee": "0"}
    span = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=1)).isoformat()}

    def post(to: str, **given: Any) -> Any:
        return post_json(client, f"/api/v1/{to}", given)

    def type_in(**more: Any) -> int:
        key = {"key": str(uuid4())}
        return client.post(
            f"/en/desk/events/{event.pk}/edit/", {**typed, **more, **key}
        ).status_code

    made = post(f"places/{code}/events/", **words, sessions=[span]).json()
    event = Event.objects.get(pk=made["id"])
    (only,) = _times(event)
    page = client.get(f"/en/desk/events/{event.pk}/edit/").content.decode()
    edited = post(
        f"desk/events/{event.pk}/edit",
        **words | {"title": "Go"},
        sessions=[{**span, "id": only.id}],
        edition=1,
    )
    typed = {
        **words,
        "waiting": 20,
        f"on_{only.id}": f"{start:%Y-%m-%d}",
        f"hours_{only.id}": "20:00-21:00",
        "edition": 2,
    }
    saved, half = type_in(), type_in(on_new=f"{start:%Y-%m-%d}", edition=3)

    assert f'name="hours_{only.id}"' in page and edited.json()["title"] == "Go"
    assert (saved, half) == (303, 422)
    event.refresh_from_db()
    assert (event.title, event.edition) == ("Chess", 3) and _times(event)[0].starts_at != start
    assert post(f"desk/events/{event.pk}/cancel", reason=" ").status_code == 422
    assert (
        post(f"desk/events/{event.pk}/cancel", reason="Ill", edition=3).json()["state"]
        == "cancelled"
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("noon")
def test_the_end_of_enrolment_is_a_day_of_the_form_and_stays_where_nobody_changes_it() -> None:
    start, client = at(10, NEXT), client_of(OFFICE)
    facts = EventFacts(
        "course", "Chess", "", "Fig lane 2", ((start, start + timedelta(hours=2)),), 9
    )
    early = start - timedelta(days=3, minutes=20)
    event = events.add_event(
        make_village(), replace(facts, enrol_until=early), actor=OFFICE, now=NOON
    )
    (only,), to = _times(event), f"/en/desk/events/{event.pk}/edit/"
    typed = {
        "title": "Chess", "kind": "course", "where": "Fig lane 2", "places": 9, "fee": "0", "waiting": 20,
        f"on_{only.id}": f"{start:%Y-%m-%d}", f"hours_{only.id}": "10:00-12:00",
    }  # fmt: skip

    def saved(day: str) -> datetime:
        status = client.post(to, {**typed, "enrol_on": day, "key": str(uuid4())}).status_code
        assert status == 303
        return Event.objects.get().enrol_until

    assert 'name="enrol_on"' in client.get(to).content.decode()
    assert saved(f"{early:%Y-%m-%d}") == early
    day = start - timedelta(days=1)
    assert (
        timezone.localtime(saved(f"{day:%Y-%m-%d}")).strftime("%m-%d %H:%M") == f"{day:%m-%d} 23:59"
    )
    assert saved(f"{start:%Y-%m-%d}") == start + timedelta(hours=2)
    assert saved("") == start
    late = {**typed, "enrol_on": f"{start + timedelta(days=1):%Y-%m-%d}", "key": str(uuid4())}
    assert client.post(to, late).status_code == 422 and Event.objects.get().enrol_until == start
