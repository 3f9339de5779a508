"""Pages of the office show all there is: places of work, rounds, venues to choose, what waits."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from linli.activities import permits
from linli.activities.testing import at, make_booking, make_venue
from linli.activities.types.venues import BookingState
from linli.activities.views import desk
from linli.kernel.permits import PERSONAL, Actor, Grant
from linli.kernel.testing import client_of
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
    answer = client_of(actor).get(f"/en/{address}")
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


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
