"""Pages of the office show all there is: places of work, rounds, venues to choose, what waits."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from linli.activities import permits, search
from linli.activities.models import Booking
from linli.activities.testing import at, make_booking, make_office, make_venue
from linli.activities.testing import page as page_for
from linli.activities.types.venues import BookingState
from linli.activities.views import desk
from linli.kernel.permits import NOBODY, PERSONAL, Actor, Grant
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor
from linli.places.testing import make_town

pytestmark = pytest.mark.django_db
VILLAGES = [f"441900005{number:03d}" for number in range(1, 6)]
KEEPER = Actor(
    7, None, "keeper",
    tuple(
        Grant(one.name, f"441900/441900005/{code}/", PERSONAL)
        for code in VILLAGES for one in (permits.VENUES, permits.EVENTS, permits.BOOKINGS)
    ),
)  # fmt: skip


def page(address: str, actor: Actor = KEEPER) -> str:
    return page_for(address, actor)


@pytest.mark.parametrize(
    ("address", "entry"), [("desk/events/", "events/new/"), ("desk/venues/groups/", "groups/new/")]
)
def test_who_works_for_five_villages_may_enter_something_in_each(address: str, entry: str) -> None:
    make_town(villages=5)

    found = re.findall(rf"/en/places/(\d+)/{entry}", page(address))

    assert found == VILLAGES


def test_the_register_of_groups_asks_once_for_all_places(
    django_assert_max_num_queries: Any,
) -> None:
    make_town(villages=5)
    client = client_of(KEEPER)
    client.get("/en/desk/venues/groups/")

    with django_assert_max_num_queries(12) as asked:
        client.get("/en/desk/venues/groups/")

    assert sum('FROM "places_place"' in one["sql"] for one in asked.captured_queries) <= 1


def test_every_venue_of_a_place_can_be_chosen_for_an_event() -> None:
    make_town(villages=1)
    made = {str(make_venue(name=f"Hall {number}").pk) for number in range(55)}

    html = page(f"places/{VILLAGES[0]}/events/new/")

    assert made <= set(re.findall(r'<option value="(\d+)"', html))


def test_what_waits_beyond_the_first_leads_to_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    make_town(villages=1)
    monkeypatch.setattr(desk, "MOST_WAITING", 1)
    venue = make_venue(needs_approval=True)
    now, on = timezone.now(), localdate() + timedelta(days=2)
    first, second = (make_booking(venue, at(hour, on), now=now) for hour in (9, 14))

    html = page("desk/venues/")

    assert {first.state, second.state} == {BookingState.ASKED}
    assert html.count(">Decide<") == 1
    assert "/en/desk/venues/bookings/?state=asked" in html


def test_the_list_of_venues_opens_on_a_day_on_which_something_is_free() -> None:
    tomorrow = localdate() + timedelta(days=1)
    day_after = tomorrow + timedelta(days=1)
    venue = make_venue({day_after.weekday(): [(480, 1320)]}, ahead_days=60)
    address = f"places/{venue.path.split('/')[-2]}/venues/"

    opened, asked = (page(f"{address}{day}") for day in ("", f"?day={tomorrow}"))

    assert f'name="day" value="{day_after}"' in opened and "Today nothing is free" in opened
    assert f'name="day" value="{tomorrow}"' in asked and "Today nothing" not in asked
    assert f"venues/{venue.pk}/?day={day_after}" in asked


def test_a_thing_that_is_lent_asks_for_no_number_of_people() -> None:
    week = {day: [(0, 1440)] for day in range(7)}
    venue = make_venue(week, kind="equipment", name="Speaker", people=1, audience="everybody")
    start = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT10:00")

    form = page(f"venues/{venue.pk}/book/?start={start}")
    shown = page(f"venues/{venue.pk}/")

    assert 'name="phone"' in form and 'name="people"' not in form
    assert "up to 1 person" not in shown


def test_who_comes_too_late_keeps_what_she_typed_and_chooses_another_time_there() -> None:
    venue, tomorrow = make_venue(audience="everybody"), localdate() + timedelta(days=1)
    taken = make_booking(venue, at(9, tomorrow), now=timezone.now() - timedelta(hours=1))
    to = f"/en/venues/{venue.pk}/book/"
    typed = {
        "start": f"{tomorrow}T09:00", "minutes": "60", "name": "Ms. Late", "phone": "13800138077",
        "purpose": "meeting", "people": "7",
    }  # fmt: skip

    told = Client().post(to, {**typed, "key": str(uuid4())})
    shown = told.content.decode()
    (other, *_more) = re.findall(r'<option value="([-\dT:]+)"', shown)
    bad = Client().post(to, {**typed, "minutes": "x", "key": str(uuid4())})

    assert (told.status_code, bad.status_code) == (422, 302)
    assert "not free any more" in shown and "Ms. Late" in shown and "13800138077" in shown
    assert f"{tomorrow}T09:00" not in re.findall(r'<option value="([-\dT:]+)"', shown)
    assert list(Booking.objects.all()) == [taken]
    kept = Client().post(to, {**typed, "start": other, "key": str(uuid4())})
    assert kept.status_code == 303 and kept["Location"].endswith("?new=1")
    assert Booking.objects.exclude(pk=taken.pk).get().people == 7


def test_the_office_finds_a_booking_by_its_code_and_nobody_else_does() -> None:
    booking = make_booking(make_venue(), at(9))
    said = f"{booking.code[:5]} {booking.code[5:]}".lower()
    office, far = make_office(), make_actor("far", permits.BOOKINGS, at=OTHER_TOWN)

    (hit,) = search.find_bookings(office, said, 5)

    assert hit.url.endswith(f"/desk/venues/bookings/{booking.pk}/") and booking.code in hit.text
    assert [search.find_bookings(who, said, 5) for who in (NOBODY, far)] == [[], []]
    assert search.find_bookings(office, booking.code[:6], 5) == []


def test_a_booking_cancelled_in_another_tab_shows_what_became_of_it() -> None:
    tomorrow = localdate() + timedelta(days=1)
    now = timezone.now() - timedelta(hours=1)
    booking = make_booking(make_venue(), at(20, tomorrow), now=now)
    to, offer = f"/en/bookings/{booking.code}/", "format=ics"
    before = Client().get(to).content.decode()
    first, second = (Client().post(f"{to}cancel", {"key": str(uuid4())}) for _tab in range(2))

    after = Client().get(to).content.decode()

    assert (first.status_code, second.status_code) == (303, 303)
    assert offer in before and offer not in after
