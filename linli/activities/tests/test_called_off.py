"""A time at a venue that a closing or the office took away is booked again under its code, at what is free next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from linli.activities.errors import JustTaken, TooManyOpen, VenueEnded
from linli.activities.forms.bookings import write_start
from linli.activities.models import Booking, VenueDays
from linli.activities.queries.fees import fee_of
from linli.activities.queries.next_spans import next_spans
from linli.activities.services import changing, fees, openings, venues
from linli.activities.testing import NOON, TOMORROW, at, make_booking, make_office, make_venue
from linli.activities.types.venues import DaysFacts
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json
from linli.notify.models import Delivery

pytestmark = pytest.mark.django_db
LATER = TOMORROW + timedelta(days=1)
OFFICE = make_office()


def called_off(venue: Any, hour: float = 9, **more: Any) -> Booking:
    made = make_booking(venue, at(hour), **more)
    shut = DaysFacts(TOMORROW, TOMORROW, "Typhoon")
    openings.set_days(venue, shut, drops=True, actor=OFFICE, now=NOON)
    made.refresh_from_db()
    return made


def span(hour: float, on: Any = LATER) -> tuple[Any, Any]:
    return at(hour, on), at(hour + 1, on)


def test_free_times_as_long_near_her_hour_are_offered_and_one_is_hers_under_the_same_code() -> None:
    venue = make_venue()
    mine = called_off(venue)
    make_booking(venue, at(9, LATER), phone="+8613800138009")
    assert [one.template for one in Delivery.objects.order_by("-pk")][
        1
    ] == "activities.booking_called_off"

    found = next_spans(mine, NOON)
    assert found and all(end - start == timedelta(hours=1) for start, end in found)
    assert all(timezone.localdate(start) != TOMORROW for start, _end in found)
    assert span(9) not in found and span(8) in found

    changing.move_booking(mine, span(8), actor=NOBODY, now=NOON)

    mine.refresh_from_db()
    assert (mine.state, mine.reason, mine.ended_by, mine.ended_at) == ("held", "", "", None)
    assert mine.starts_at == at(8, LATER) and next_spans(mine, NOON)
    with pytest.raises(JustTaken):
        make_booking(venue, at(8, LATER), phone="+8613800138003")


def test_her_own_time_comes_first_where_it_is_free_again_though_others_lie_before_it() -> None:
    venue = make_venue()
    mine = called_off(venue, hour=15)
    assert span(15, TOMORROW) not in next_spans(mine, NOON)
    openings.lift_days(VenueDays.objects.get(), actor=OFFICE, now=NOON)

    found = next_spans(mine, NOON)

    assert found[0] == span(15, TOMORROW) and len(found) == len(set(found)) > 3
    assert found[1:] == sorted(found[1:]) and found[1] < found[0]


def test_what_she_cancelled_herself_a_closed_day_and_an_ended_venue_take_no_other_time() -> None:
    venue = make_venue()
    own = make_booking(venue, at(12, LATER), phone="+8613800138009")
    changing.cancel_booking(own, actor=NOBODY, now=NOON)
    mine = called_off(venue)

    with pytest.raises(WrongState):
        changing.move_booking(own, span(8), actor=NOBODY, now=NOON)
    with pytest.raises(Invalid):
        changing.move_booking(mine, span(9, TOMORROW), actor=NOBODY, now=NOON)
    venues.end_venue(venue, actor=OFFICE, now=NOON)
    mine.refresh_from_db()
    assert next_spans(Booking.objects.select_related("venue").get(pk=mine.pk), NOON) == []
    with pytest.raises(VenueEnded):
        changing.move_booking(mine, span(8), actor=NOBODY, now=NOON)

    assert set(Booking.objects.values_list("state", flat=True)) == {"cancelled"}


def test_whoever_booked_others_meanwhile_holds_no_more_than_she_may() -> None:
    venue = make_venue(open_most=1)
    mine = called_off(venue)
    make_booking(venue, at(9, LATER))

    with pytest.raises(TooManyOpen):
        changing.move_booking(mine, span(12), actor=NOBODY, now=NOON)

    mine.refresh_from_db()
    assert mine.state == "cancelled"


def test_where_the_office_says_yes_it_is_asked_again_and_what_was_paid_stays_for_it() -> None:
    venue = make_venue(hour_fen=1000)
    mine = make_booking(venue, at(9))
    fees.take_payment(mine, 1000, "cash", actor=OFFICE, now=NOON)
    changing.cancel_booking(mine, reason="Repairs", actor=OFFICE, now=NOON)
    mine.refresh_from_db()
    assert fee_of(mine).back_fen == 1000
    venue.needs_approval = True
    venue.save()

    changing.move_booking(mine, span(9), actor=NOBODY, now=NOON)

    mine.refresh_from_db()
    assert mine.state == "asked" and fee_of(mine).back_fen == 0
    changing.decide_booking(mine, "agree", actor=OFFICE, now=NOON)
    mine.refresh_from_db()
    assert (fee_of(mine).open_fen, fee_of(mine).back_fen) == (0, 0)


@pytest.mark.usefixtures("noon")
def test_page_and_program_offer_the_times_and_one_tap_takes_one() -> None:
    venue = make_venue()
    mine = called_off(venue)
    other = make_booking(venue, at(15, LATER), phone="+8613800138009")
    client, page = client_of(NOBODY), f"/en/bookings/{mine.code}/"
    api = f"/api/v1/bookings/{mine.code}/"

    told = client.get(f"{api}times/").json()
    shown = client.get(page).content.decode()
    assert shown.count('name="start"') == len(told) > 0 and "These times are free next" in shown
    assert client.get(f"/api/v1/bookings/{other.code}/times/").json() == []
    sent = client.post(f"{page}move/", {"start": write_start(at(8, LATER)), "key": str(uuid4())})
    assert sent.status_code == 303 and Booking.objects.get(pk=mine.pk).state == "held"

    changing.cancel_booking(mine, reason="Repairs", actor=OFFICE, now=NOON)
    start, end = span(18)
    moved = post_json(
        client, f"{api}move", {"starts_at": start.isoformat(), "ends_at": end.isoformat()}
    )
    assert moved.status_code == 200 and moved.json()["state"] == "held", moved.content
