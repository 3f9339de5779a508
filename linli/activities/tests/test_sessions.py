"""What happens to the booking of a course happens to its time, and every family enrolled is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import translation

from linli.activities import permits
from linli.activities.engine.telling import times_in_words
from linli.activities.models import Booking, Enrolment, Event, EventSession, Venue
from linli.activities.queries.reporting import SOURCES
from linli.activities.services import changing, enrolling, events, openings, venues
from linli.activities.testing import NOON, SYSTEM, TOMORROW, at, make_booking, make_venue
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.activities.types.venues import DaysFacts
from linli.kernel import scope
from linli.kernel.errors import Invalid
from linli.kernel.permits import NOBODY
from linli.kernel.testing import make_actor
from linli.notify.models import Delivery
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
OFFICE = make_actor("office", permits.VENUES, permits.BOOKINGS, permits.EVENTS)
NEXT = TOMORROW + timedelta(days=1)
TYPHOON = DaysFacts(TOMORROW, TOMORROW, "Typhoon")


def course(venue: Venue, *spans: tuple[datetime, datetime]) -> Event:
    facts = EventFacts("course", "Paper cutting", "", "Fig Hall", spans, 5, venue_id=venue.pk)
    event = events.add_event(make_village(), facts, actor=OFFICE, now=NOON)
    return events.publish_event(event, actor=OFFICE, now=NOON)


def enrol(event: Event, number: int) -> Enrolment:
    facts = EnrolFacts((Taker("Chen", 1980),), f"+86138001380{number:02d}")
    return enrolling.enrol(event, facts, actor=NOBODY, now=NOON)


def told(template: str) -> int:
    return Delivery.objects.filter(template=template).count()


def hours(event: Event) -> list[datetime]:
    found = EventSession.objects.filter(event=event).order_by("starts_at")
    return [one.starts_at for one in found]


def test_a_closing_takes_one_time_of_a_course_out_and_tells_the_families() -> None:
    venue = make_venue()
    event = course(venue, (at(9), at(10)), (at(9, NEXT), at(10, NEXT)))
    enrol(event, 1), enrolling.withdraw(enrol(event, 2), actor=NOBODY, now=NOON)

    openings.set_days(venue, TYPHOON, drops=True, actor=OFFICE, now=NOON)

    event.refresh_from_db()
    assert hours(event) == [at(9, NEXT)] and event.state == "published"
    assert (event.first_at, event.last_at) == (at(9, NEXT), at(10, NEXT))
    assert told("activities.session_dropped") == 1 and told("activities.event_cancelled") == 0


def test_an_event_without_a_time_left_is_called_off_with_the_reason() -> None:
    venue = make_venue()
    event, other = course(venue, (at(9), at(10))), course(venue, (at(9, NEXT), at(10, NEXT)))
    enrol(event, 1), enrol(other, 2)

    openings.set_days(venue, TYPHOON, drops=True, actor=OFFICE, now=NOON)

    event.refresh_from_db()
    other.refresh_from_db()
    assert (event.state, event.reason, other.state) == ("cancelled", "Typhoon", "published")
    assert told("activities.event_cancelled") == 1 and told("activities.session_dropped") == 0


@pytest.mark.parametrize("way", ["week", "many", "end"])
def test_so_does_every_other_way_to_end_its_booking(way: str) -> None:
    venue = make_venue()
    event = course(venue, (at(9), at(10)))
    enrol(event, 1)
    ids = [one.pk for one in Booking.objects.all()]

    if way == "week":
        afternoons = {day: [(14 * 60, 22 * 60)] for day in range(7)}
        venues.set_week(venue, afternoons, drops=True, reason="Repairs", actor=OFFICE, now=NOON)
    elif way == "many":
        changing.cancel_many(ids, "Repairs", actor=OFFICE, now=NOON)
    else:
        venues.end_venue(venue, drops=True, reason="Repairs", actor=OFFICE, now=NOON)

    event.refresh_from_db()
    assert (event.state, event.reason) == ("cancelled", "Repairs")
    assert told("activities.event_cancelled") == 1


def test_a_booking_that_is_moved_takes_the_time_of_the_course_with_it() -> None:
    venue = make_venue()
    event = course(venue, (at(9), at(10)), (at(9, NEXT), at(10, NEXT)))
    enrol(event, 1)
    booking = Booking.objects.get(starts_at=at(9))

    changing.move_booking(booking, (at(14), at(15)), actor=OFFICE, now=NOON)

    event.refresh_from_db()
    assert hours(event) == [at(14), at(9, NEXT)] and event.first_at == at(14)
    assert told("activities.session_moved") == 1


def test_calling_an_event_off_tells_each_family_once_and_bookings_of_others_touch_no_event() -> (
    None
):
    venue = make_venue()
    event = course(venue, (at(9), at(10)), (at(9, NEXT), at(10, NEXT)))
    enrol(event, 1)
    alone = make_booking(venue, at(12))

    changing.cancel_booking(alone, reason="Repairs", actor=OFFICE, now=NOON)
    assert len(hours(event)) == 2 and told("activities.session_dropped") == 0
    events.cancel_event(event, "Ill", actor=OFFICE, now=NOON)

    assert told("activities.event_cancelled") == 1 and told("activities.session_dropped") == 0
    assert len(hours(event)) == 2


def test_what_is_refused_changes_no_event() -> None:
    venue = make_venue()
    event = course(venue, (at(9), at(10)))
    enrol(event, 1)
    before = Delivery.objects.count()

    with pytest.raises(Invalid):
        openings.set_days(venue, replace(TYPHOON, reason=""), drops=True, actor=OFFICE, now=NOON)

    event.refresh_from_db()
    assert event.state == "published" and hours(event) == [at(9)]
    assert Delivery.objects.count() == before


def test_a_family_gets_one_message_however_many_times_fall_out() -> None:
    venue, last = make_venue(), TOMORROW + timedelta(days=9)
    days = [TOMORROW + timedelta(days=n) for n in range(6)]
    event = course(venue, *((at(9, day), at(10, day)) for day in days), (at(9, last), at(10, last)))
    enrol(event, 1)

    shut = DaysFacts(TOMORROW, days[-1], "Typhoon")
    openings.set_days(venue, shut, drops=True, actor=OFFICE, now=NOON)

    assert hours(event) == [at(9, last)] and told("activities.session_dropped") == 1
    with translation.override("en"):
        assert times_in_words([at(9, day) for day in days]).endswith(" and 3 more")


def test_a_report_counts_times_that_went_by_and_not_courses() -> None:
    venue = make_venue()
    event = course(venue, (at(9), at(10)), (at(9, NEXT), at(10, NEXT)))
    events.add_event(
        make_village(), EventFacts("course", "Not yet", "", "Square", ((at(11), at(12)),), 5),
        actor=OFFICE, now=NOON,
    )  # fmt: skip
    key = "activities.events"

    with scope.acting(SYSTEM):
        first = SOURCES[0].measure([key], event.path, TOMORROW)
        both = SOURCES[0].measure([key], event.path, NEXT)

    assert (first, both) == ({key: {event.path: 1}}, {key: {event.path: 2}})
