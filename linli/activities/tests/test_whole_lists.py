"""Lists that end say so and lead on: facilities, venues, calendars; figures count all there is."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from linli.activities import indicators, permits
from linli.activities.engine import calendars
from linli.activities.forms.taking_part import EnrolForm
from linli.activities.models import Booking, Event, EventFeedback, EventSession
from linli.activities.queries import desk, outcomes
from linli.activities.services import events, handing
from linli.activities.testing import (
    NOON,
    TODAY,
    at,
    make_booking,
    make_office,
    make_venue,
)
from linli.activities.types.events import EventFacts
from linli.activities.views import desk as desk_views
from linli.activities.views import events as event_views
from linli.activities.views import venues as venue_views
from linli.cases.models import Case, PublicWords
from linli.cases.services import following, seeding
from linli.cases.types.moves import At
from linli.kernel import list_files
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor
from linli.places.testing import make_village
from linli.ui import downloads

pytestmark = pytest.mark.django_db
OFFICE = make_actor("office", permits.VENUES, permits.BOOKINGS, permits.EVENTS)


def _page(address: str, client: Client | None = None) -> str:
    answer = (client or client_of(OFFICE)).get(f"/en/{address}")
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def _next(html: str) -> str:
    found = re.search(r'rel="next" href="([^"]+)"', html)
    assert found, "no page after this one"
    return found[1].removeprefix("/en/").replace("&amp;", "&")


def test_the_register_of_facilities_has_all_of_them_by_page_file_and_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk_views, "PAGE", 2)
    monkeypatch.setattr(list_files, "STEP", 2)
    made = [make_venue(name=f"Hall {number}", name_en="") for number in range(5)]
    names, html = set(), _page("desk/venues/register/")
    for _page_no in range(3):
        names |= set(re.findall(r"Hall \d", html))
        html = _page(_next(html)) if 'rel="next"' in html else html

    assert names == {one.name for one in made}
    file = client_of(OFFICE).get("/en/desk/venues/register/?format=csv").content.decode("utf-8-sig")
    assert all(one.name in file for one in made)
    with monkeypatch.context() as short:
        short.setattr(downloads, "AT_ONCE", 4)
        assert "activities.facilities" in _page("desk/venues/register/?format=csv")
    address, told = "/api/v1/desk/facilities/?limit=2&month=2026-08", []
    make_booking(made[0], at(9))
    while address:
        given = client_of(OFFICE).get(address).json()
        told += given["items"]
        address = f"/api/v1/desk/facilities/?limit=2&month=2026-08&cursor={given['next']}" if given["next"] else ""  # fmt: skip
    assert [one["name"] for one in told] == [one.name for one in made]
    assert (told[0]["used_minutes"], told[0]["bookings"], told[0]["people_announced"]) == (
        60,
        1,
        12,
    )
    assert client_of(NOBODY).get("/api/v1/desk/facilities/").status_code in (401, 403)
    far = client_of(make_actor("far", permits.VENUES, at=OTHER_TOWN))
    assert far.get("/api/v1/desk/facilities/").json()["items"] == []


def test_a_month_that_is_none_is_this_one() -> None:
    this = localdate().replace(day=1)

    assert desk.month_of("2026-02") == (date(2026, 2, 1), date(2026, 2, 28))
    assert [desk.month_of(text)[0] for text in ("", "x", "2026-13")] == [this] * 3


def test_the_day_board_and_the_choice_of_venues_lead_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_views, "LANES", 2)
    monkeypatch.setattr(desk, "MOST_CHOICES", 2)
    made = [make_venue(name=f"Hall {number}", name_en="") for number in range(3)]

    first = _page("desk/venues/")
    second = _page(_next(first))

    assert f'venue={made[2].pk}"' in second and f'venue={made[2].pk}"' not in first
    assert "Choose a place first" in first
    assert _page(f"desk/venues/?venue={made[2].pk}").count('<tr><th scope="row">') == 7
    assert "Choose a place first" in _page("desk/venues/bookings/")


def test_places_to_book_and_the_touch_screen_lead_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAGE", "ON_TOUCH"):
        monkeypatch.setattr(venue_views, name, 2)
    made = [make_venue(name=f"Hall {number}", name_en="") for number in range(3)]
    code = make_village().code

    for address in (f"places/{code}/venues/", f"places/{code}/venues/touch/"):
        first = _page(address, Client())
        second = _page(_next(first), Client())
        assert made[2].name in second and made[2].name not in first
    week = _page(f"places/{code}/venues/touch/?venue={made[2].pk}", Client())
    assert made[2].name in week and made[0].name not in week


def _event(start: datetime, times: int = 1) -> Event:
    spans = tuple(
        (start + timedelta(days=n), start + timedelta(days=n, hours=1)) for n in range(times)
    )
    facts = EventFacts("course", "Chess", "", "Fig lane 2", spans, 9)
    made = events.add_event(make_village(), facts, actor=OFFICE, now=start - timedelta(days=9))
    return events.publish_event(made, actor=OFFICE, now=start - timedelta(days=9))


def test_a_time_that_falls_out_renames_no_other_time_of_a_calendar() -> None:
    event = _event(timezone.now() + timedelta(days=2), 3)
    far = _event(timezone.now() + timedelta(days=300))
    address = f"/calendars/{make_village().code}.ics"

    def uids() -> list[str]:
        text = Client().get(address).content.decode()
        assert far.code not in text
        return re.findall(r"UID:(\S+)", text)

    before = uids()
    EventSession.objects.filter(event=event).order_by("starts_at")[0].delete()

    assert len(before) == 3 and uids() == before[1:]


def test_a_calendar_of_very_much_has_what_begins_first_and_the_rest_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(calendars, "MOST_EVENTS", 2)
    now = timezone.now()
    first, second, *third = [_event(now + timedelta(days=day)) for day in (1, 2, 3, 3)]

    def codes() -> set[str]:
        text = Client().get(f"/calendars/{make_village().code}.ics").content.decode()
        return set(re.findall(r"UID:event-(\w+)-", text))

    assert codes() == {first.code, second.code}
    over = now - timedelta(days=2)
    Event.objects.filter(pk__in=(first.pk, second.pk)).update(
        first_at=over, last_at=over + timedelta(hours=1), enrol_until=over
    )
    assert codes() == {one.code for one in third}


def test_who_asks_for_a_calendar_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/calendars/{make_village().code}.ics"
    (limit,) = event_views.feed.limits  # type: ignore[attr-defined]
    codes = {Client().get(address).status_code for _try in range(limit.rate.count + 1)}

    assert codes == {200, 429}


def test_all_events_that_are_over_are_counted_and_the_latest_named() -> None:
    for day in range(4):
        made = _event(NOON - timedelta(days=9 + day))
        if day % 2:
            EventFeedback.objects.create(event=made, grade=5, at=NOON)

    found = outcomes.judged(make_village().path, TODAY - timedelta(days=365), TODAY, 1)

    assert (found.over, found.answered) == (4, 2)
    assert [len(rows) for rows in (found.there, found.missing)] == [1, 1]
    # T20-1
    measured = indicators.events_judged(make_village().path, TODAY)
    assert (measured.numerator, measured.denominator) == (2, 4) and len(measured.evidence) == 2


def test_a_family_of_eight_enrols_on_the_page_in_one_go() -> None:
    said = {f"name_{number}": f"Chen {number}" for number in range(1, 9)} | {"phone": "13800000071"}

    form = EnrolForm(said, asks_age=False, asks_neighbour=False, asks_guardian=False)

    assert form.is_valid() and len(form.facts("en").takers) == 8
    assert "name_8" in form.more and "phone" in form.own


def test_damage_told_again_after_it_was_taken_back_by_mistake_goes_into_the_same_case() -> None:
    seeding.load_categories(actor=system_actor("test"), now=NOON)
    office, mine = make_office(), make_booking(make_venue(), at(9))
    first = handing.take_back(mine, damage="A window", actor=office, now=at(10))

    for damage in ("A window and the projector", "A window and the projector", "A window", ""):
        handing.undo_end(mine, actor=office, now=at(11))
        again = handing.take_back(mine, damage=damage, actor=office, now=at(12))

        assert again.case_number == first.case_number != "" and Case.objects.count() == 1

    more = PublicWords.objects.filter(event__move="add_words")
    assert [one.said["text"] for one in more] == ["Fig Hall：A window and the projector"]


def test_damage_told_once_the_first_report_is_closed_is_a_report_of_its_own() -> None:
    seeding.load_categories(actor=system_actor("test"), now=NOON)
    office, mine = make_office(), make_booking(make_venue(), at(9))
    first = handing.take_back(mine, damage="A window", actor=office, now=at(10))
    closed = Case.objects.get()
    following.withdraw_report(At(closed.pk), actor=NOBODY, now=at(11))
    handing.undo_end(mine, actor=office, now=at(11))

    again = handing.take_back(mine, damage="The projector", actor=office, now=at(12))

    assert again.case_number not in ("", first.case_number) and Case.objects.count() == 2


def test_the_page_says_what_became_of_what_is_broken() -> None:
    seeding.load_categories(actor=system_actor("test"), now=NOON)
    mine, client = make_booking(make_venue(), at(9)), client_of(OFFICE)
    Booking.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())

    def told(damage: str) -> str:
        said = {"damage": damage, "key": str(uuid4())}
        answer = client.post(f"/en/desk/venues/bookings/{mine.pk}/back", said, follow=True)
        handing.undo_end(mine, actor=OFFICE, now=timezone.now())
        return str(answer.content.decode())

    assert "is on its way" in told("A window")
    number = Case.objects.get().number
    assert f"Report {number} says it too" in told("The projector")
    assert "all in order" in told("")
