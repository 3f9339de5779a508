"""What pages of the office do, programs do too: hand out, undo, end a venue, look somebody up, photos, numbers to pay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from linli.activities import permits
from linli.activities.models import Booking, Venue
from linli.activities.services import enrolling, events, groups, handing, talents
from linli.activities.testing import NOON, SYSTEM, TODAY, at, make_booking, make_venue
from linli.activities.types.culture import TalentFacts
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.activities.types.rounds import GroupFacts
from linli.cases.models import Case
from linli.cases.services import seeding
from linli.files.testing import photo
from linli.kernel.permits import VAULT
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
ALL = (permits.VENUES, permits.BOOKINGS, permits.EVENTS)
OFFICE = make_actor("office", *ALL, ceiling=VAULT)
STRANGER = make_actor("stranger")
DESK = "/api/v1/desk"


def _post(address: str, **given: Any) -> Any:
    return post_json(client_of(OFFICE), address, given)


def _refused(address: str, **given: Any) -> bool:
    return post_json(client_of(STRANGER), address, given).status_code in (403, 404)


def test_a_venue_is_handed_out_and_an_end_by_mistake_taken_back() -> None:
    booking = make_booking(make_venue(deposit_fen=5000), at(9))
    address = f"{DESK}/bookings/{booking.pk}"

    assert _refused(f"{address}/out", deposit_fen=0) and _refused(f"{address}/undo")
    assert _post(f"{address}/out", deposit_fen=5001).status_code == 422
    made = _post(f"{address}/out", deposit_fen=5000, note="Key 2")
    assert (made.status_code, made.json()["deposit_fen"]) == (201, 5000)
    assert _post(f"{address}/out").status_code == 409

    handing.mark_missed(booking, actor=OFFICE, now=at(10))
    assert _post(f"{address}/undo").json()["state"] == "held"


def test_a_venue_goes_out_of_use_with_a_reason() -> None:
    venue = make_venue()
    ahead = make_booking(venue, at(9, localdate() + timedelta(days=2)), now=timezone.now())
    address = f"/api/v1/venues/{venue.pk}/end"

    assert _refused(address, reason="Sold") and _post(address, reason=" ").status_code == 422
    assert Venue.objects.get().ended_on is None
    assert _post(address, reason="Sold").json()["ended_on"] == str(localdate())
    assert Booking.objects.get(pk=ahead.pk).reason == "Sold"
    assert _post(address, reason="Sold").status_code == 409


def test_whom_to_call_is_read_with_a_reason_that_is_recorded() -> None:
    place = make_village()
    booking = make_booking(make_venue(), at(9))
    group = groups.add_group(
        place, GroupFacts("dance", "Fig", 9, "Aunt", "+8613800138002"), actor=SYSTEM, now=NOON
    )
    facts = EventFacts("course", "Chess", "", "Fig lane 2", ((at(9), at(10)),), 9)
    event = events.add_event(place, facts, actor=OFFICE, now=NOON)
    event = events.publish_event(event, actor=OFFICE, now=NOON)
    enrolling.enrol(event, EnrolFacts((Taker("Chen", 1980),), "+8613800138003", has_child=False), actor=SYSTEM, now=NOON)  # fmt: skip

    talent = talents.add_talent(
        place, TalentFacts("Huan", "craft", "Paper", TODAY, "Ou", "+8613800138004"), actor=OFFICE, now=NOON
    )  # fmt: skip

    for address, phone in (
        (f"{DESK}/bookings/{booking.pk}/who", "+8613800138001"),
        (f"{DESK}/groups/{group.pk}/who", "+8613800138002"),
        (f"{DESK}/events/{event.pk}/who", "+8613800138003"),
        (f"{DESK}/talents/{talent.pk}/who", "+8613800138004"),
    ):
        before = Entry.objects.filter(verb="read").count()
        assert _refused(address, why="call") and _post(address, why="curious").status_code == 422
        assert Entry.objects.filter(verb="read").count() == before
        told = _post(address, why="call")
        assert told.status_code == 200 and phone in told.content.decode()
        assert Entry.objects.filter(verb="read").count() == before + 1


def _talk() -> int:
    day = timezone.now() - timedelta(hours=1)
    facts = EventFacts("talk", "Talk", "", "Fig lane 2", ((day, day + timedelta(hours=2)),), 9)
    made = events.add_event(make_village(), facts, actor=OFFICE, now=day - timedelta(days=3))
    events.publish_event(made, actor=OFFICE, now=day - timedelta(days=3))
    return made.pk


def test_a_wish_of_a_talk_becomes_a_report() -> None:
    seeding.load_categories(actor=SYSTEM, now=NOON)
    address = f"{DESK}/events/{_talk()}/wishes"

    assert _refused(address, wish="A bench") and _post(address, wish=" ").status_code == 422
    assert not Case.objects.exists()
    assert _post(address, wish="A bench").json()["case"] == Case.objects.get().number


def test_photos_hang_on_an_event_with_consent_and_go_at_once() -> None:
    address = f"{DESK}/events/{_talk()}/photos"

    def send(**given: Any) -> Any:
        files = {"photos": [SimpleUploadedFile("a.jpg", photo())]}
        return client_of(OFFICE).post(address, {**given, **files}, headers={"Idempotency-Key": str(uuid4())})  # fmt: skip

    assert send().status_code == 422
    (hung,) = send(consent="true").json()
    assert Client().get(hung["content"]).status_code == 200
    assert _post(f"{address}/{hung['code']}/away").json() == []
    assert _post(f"{address}/{hung['code']}/away").status_code == 404


def test_the_desk_gives_a_number_to_pay_under_and_withdraws_it(settings: Any) -> None:
    settings.LINLI_DEMO = True
    booking = make_booking(make_venue(hour_fen=3000), at(9))
    address = f"{DESK}/bookings/{booking.pk}/fee/number"

    assert _refused(address) and _post(f"{address}/withdraw").status_code == 404
    made = _post(address)
    assert (made.status_code, made.json()["order"]["state"]) == (201, "open")
    assert _post(address).json()["order"]["number"] == made.json()["order"]["number"]
    assert _post(f"{address}/withdraw").json()["order"]["state"] == "closed"
