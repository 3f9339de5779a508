"""A visit that the office had to cancel is booked again under its code, at the times that are free next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.utils.timezone import localtime

from linli.kernel.errors import NotFound, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json
from linli.notify.models import Delivery
from linli.notify.types import TEMPLATES, Channel
from linli.offerings.errors import NoSuchTime, TimeTaken, TooManyHere, TooManyVisits
from linli.offerings.models import Appointment
from linli.offerings.queries.next_times import next_times
from linli.offerings.queries.visits import visit_called
from linli.offerings.services import visits, windows
from linli.offerings.tests.visit_samples import (
    CLERK,
    KEEPER,
    NOON,
    TODAY,
    TOMORROW,
    at,
    make_centre,
    make_visit,
    make_window,
)
from linli.offerings.types.visits import ClosingFacts, Contact, Why, Wish

pytestmark = pytest.mark.django_db
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
PHONE = "13800000001"


def storm(window: Any, on: date = TOMORROW) -> None:
    facts = ClosingFacts(on, on, 0, 1440, Why.WEATHER)
    windows.close_days(window.centre_id, window.path, facts, actor=KEEPER, now=NOON)


def called_off(window: Any, minutes: int = 530, **more: Any) -> Appointment:
    made = make_visit(window, minutes, **more)
    storm(window)
    return visit_called(made.code)


def shown(visit: Appointment) -> list[str]:
    return [f"{localtime(one.starts_at):%d %H:%M}" for one in next_times(visit, NOON)]


def test_the_next_free_times_near_her_hour_are_shown_and_one_is_taken_under_the_same_code() -> None:
    window = make_window()
    visit = called_off(window, 530, phone=PHONE)
    make_visit(window, 530, on=THURSDAY)

    assert shown(visit) == [
        "24 14:00", "24 14:20", "24 14:40", "26 08:30", "26 09:10", "26 09:30",
    ]  # fmt: skip
    again = visits.move(visit.code, Wish(window.pk, at(510, THURSDAY)), actor=NOBODY, now=NOON)

    kept = Appointment.objects.get(pk=visit.pk)
    assert (kept.state, kept.code, kept.why, kept.ended_at) == ("booked", visit.code, "", None)
    assert kept.starts_at == at(510, THURSDAY) == again.starts_at and kept.contact is not None
    with pytest.raises(TimeTaken):
        make_visit(window, 510, on=THURSDAY)


def test_the_message_says_that_the_code_takes_another_time() -> None:
    called_off(make_window(), phone=PHONE)

    assert [one.template for one in Delivery.objects.all()] == ["offerings.visit_closed"]
    texts = TEMPLATES.get("offerings.visit_closed").texts
    assert "凭此码可改约" in str(texts[Channel.SMS].body)


@pytest.mark.usefixtures("noon")
def test_page_and_program_offer_the_times_and_one_tap_takes_one() -> None:
    window = make_window()
    visit = called_off(window)
    client, address = client_of(NOBODY), f"/en/visits/of/{visit.code}/"

    page = client.get(address).content.decode()
    told = client.get(f"/api/v1/visits/{visit.code}/times/").json()
    assert page.count(f"{address}move/?window={window.pk}&amp;at=") == len(told) > 0

    when = urlencode({"window": window.pk, "at": at(510, FRIDAY).isoformat()})
    answer = client.post(f"{address}move/?{when}", {"key": str(uuid4())})
    assert answer.status_code in {302, 303}
    assert Appointment.objects.get().state == "booked"
    assert "These times are free next" not in client.get(address).content.decode()


@pytest.mark.usefixtures("noon")
def test_a_program_takes_a_time_and_a_cancelled_visit_is_offered_none() -> None:
    window = make_window()
    visit, other = make_visit(window, 530), make_visit(window, 550)
    visits.cancel(other.code, actor=NOBODY, now=NOON)
    storm(window)
    said = {"window": window.pk, "starts_at": at(510, FRIDAY).isoformat()}

    made = post_json(client_of(NOBODY), f"/api/v1/visits/{visit.code}/move", said)
    refused = post_json(client_of(NOBODY), f"/api/v1/visits/{other.code}/move", said)

    assert made.status_code == 200 and made.json()["state"] == "booked", made.content
    assert refused.status_code == 409
    assert client_of(NOBODY).get(f"/api/v1/visits/{other.code}/times/").json() == []
    assert Appointment.objects.get(pk=other.pk).state == "cancelled"


@pytest.mark.usefixtures("noon")
def test_only_windows_that_do_what_she_comes_for_are_offered() -> None:
    centre = make_centre()
    hers, same = make_window(centre, "1", items=("a",)), make_window(centre, "2", items=("a",))
    make_window(centre, "3", items=("b",))
    visit = make_visit(hers, 530)

    windows.end_window(hers, actor=KEEPER, now=NOON)

    found = next_times(visit_called(visit.code), NOON)
    assert found and {one.window_id for one in found} == {same.pk}
    windows.end_window(same, actor=KEEPER, now=NOON)
    assert next_times(visit_called(visit.code), NOON) == []
    page = client_of(NOBODY).get(f"/en/visits/of/{visit.code}/").content.decode()
    assert "Nothing is free here at the moment" in page


def test_a_month_later_and_at_a_time_that_is_not_hers_it_is_refused_and_stays_off() -> None:
    window, elsewhere = make_window(), make_window(make_centre())
    visit = called_off(window)
    late = NOON + timedelta(days=40)
    friday = Wish(window.pk, at(510, FRIDAY))

    for wish, now, refusal in (
        (Wish(window.pk, at(530)), NOON, NoSuchTime), (Wish(elsewhere.pk, at(510, FRIDAY)), NOON, NotFound),
        (friday, late, NoSuchTime), (Wish(window.pk, at(510, TODAY)), NOON, NoSuchTime),
    ):  # fmt: skip
        with pytest.raises(refusal):
            visits.move(visit.code, wish, actor=NOBODY, now=now)

    kept = Appointment.objects.get(pk=visit.pk)
    assert (kept.state, kept.why, kept.moves) == ("closed", "weather", 0)


def test_whoever_booked_others_meanwhile_does_not_hold_more_than_she_may() -> None:
    window = make_window()
    visit = called_off(window, phone=PHONE)
    for minutes in (510, 530):
        make_visit(window, minutes, on=THURSDAY, phone=PHONE)

    with pytest.raises(TooManyVisits):
        visits.move(visit.code, Wish(window.pk, at(510, FRIDAY)), actor=NOBODY, now=NOON)

    assert Appointment.objects.get(pk=visit.pk).state == "closed"


def test_an_address_that_holds_enough_of_a_day_takes_no_more_of_it_by_what_was_called_off() -> None:
    window = make_window()
    wish = Wish(window.pk, at(510))

    def booked(minutes: int, on: date) -> Appointment:
        return visits.book(
            Wish(window.pk, at(minutes, on)), Contact(), address="10.1.1.1", actor=NOBODY, now=NOON
        )

    visit = visits.book(wish, Contact(), address="10.1.1.1", actor=NOBODY, now=NOON)
    facts = ClosingFacts(TOMORROW, TOMORROW, 500, 520, Why.WEATHER)
    windows.close_days(window.centre_id, window.path, facts, actor=KEEPER, now=NOON)
    with pytest.raises(TooManyHere):
        for minutes in range(530, 720, 20):
            booked(minutes, TOMORROW)

    with pytest.raises(TooManyHere):
        visits.move(visit.code, Wish(window.pk, at(840)), actor=NOBODY, now=NOON)

    assert Appointment.objects.get(pk=visit.pk).state == "closed"
    assert (
        visits.move(visit.code, Wish(window.pk, at(840)), actor=CLERK, now=NOON).state == "booked"
    )


def test_it_stays_booked_again_and_may_be_cancelled_by_the_office_and_by_her() -> None:
    window = make_window()
    visit = called_off(window)
    visits.move(visit.code, Wish(window.pk, at(510, FRIDAY)), actor=NOBODY, now=NOON)

    storm(window, FRIDAY)
    assert visit_called(visit.code).why == "weather"
    visits.move(visit.code, Wish(window.pk, at(510, THURSDAY)), actor=NOBODY, now=NOON)

    assert visits.cancel(visit.code, actor=NOBODY, now=NOON).state == "cancelled"
    with pytest.raises(WrongState):
        visits.move(visit.code, Wish(window.pk, at(530, THURSDAY)), actor=NOBODY, now=NOON)
