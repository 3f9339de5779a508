"""An extra opening that is taken back cancels what lies in it; hours planned for later stay planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.kernel.testing import client_of, post_json
from linli.notify.models import Delivery
from linli.offerings.models import Appointment, WindowHours
from linli.offerings.queries.hours import lost_with, planned_next, preview_of
from linli.offerings.queries.slots import free_days
from linli.offerings.services import windows
from linli.offerings.tests.visit_samples import (
    KEEPER,
    NOON,
    TODAY,
    TOMORROW,
    at,
    make_visit,
    make_window,
)
from linli.offerings.types.visits import ClosingFacts, Span, WeekPlan, Why

pytestmark = pytest.mark.django_db
SATURDAY = date(2026, 11, 28)
EXTRA = ClosingFacts(SATURDAY, SATURDAY, 540, 660, Why.EXTRA, is_open=True, step=20)
JUNE, JULY = date(2027, 6, 2), date(2027, 7, 1)


def week(opens: int, since: date) -> WeekPlan:
    return WeekPlan(since, [Span(day, opens, opens + 120, 20) for day in range(5)])


def opened_at(window: object, on: date) -> list[int]:
    rows = WindowHours.objects.filter(window=window, since__lte=on).exclude(until__lte=on)
    return sorted({one.opens for one in rows})


def test_an_opening_that_is_taken_back_cancels_the_visits_in_it_and_tells_who_left_a_number() -> (
    None
):
    window = make_window()
    (row,), _gone = windows.close_days(window.centre_id, window.path, EXTRA, actor=KEEPER, now=NOON)
    told = make_visit(window, 540, on=SATURDAY, phone="13800000001")
    silent, other = make_visit(window, 560, on=SATURDAY), make_visit(window, 510)
    assert {one.pk for one in lost_with([row], NOON)[row.pk]} == {told.pk, silent.pk}
    before = Delivery.objects.count()

    windows.take_back(row, actor=KEEPER, now=NOON)

    states = dict(Appointment.objects.values_list("pk", "state"))
    assert (states[told.pk], states[silent.pk], states[other.pk]) == ("closed", "closed", "booked")
    assert Delivery.objects.count() == before + 1


def test_what_lies_in_the_ordinary_hours_or_another_opening_too_stays_booked() -> None:
    window = make_window()
    often = ClosingFacts(TOMORROW, TOMORROW, 480, 720, Why.EXTRA, is_open=True, step=20)
    (ordinary,), _gone = windows.close_days(
        window.centre_id, window.path, often, actor=KEEPER, now=NOON
    )
    visit = make_visit(window, 510)
    twice = [
        windows.close_days(window.centre_id, window.path, EXTRA, actor=KEEPER, now=NOON)[0][0]
        for _again in range(2)
    ]
    weekend = make_visit(window, 540, on=SATURDAY)

    windows.take_back(ordinary, actor=KEEPER, now=NOON)
    windows.take_back(twice[0], actor=KEEPER, now=NOON)

    assert set(Appointment.objects.values_list("pk", "state")) == {
        (visit.pk, "booked"), (weekend.pk, "booked"),
    }  # fmt: skip
    windows.take_back(twice[1], actor=KEEPER, now=NOON)
    assert Appointment.objects.get(pk=weekend.pk).state == "closed"


def test_what_began_before_an_opening_was_taken_back_is_neither_cancelled_nor_counted() -> None:
    window = make_window()
    evening = ClosingFacts(TODAY, TODAY, 1080, 1200, Why.EXTRA, is_open=True, step=20)
    (row,), _gone = windows.close_days(
        window.centre_id, window.path, evening, actor=KEEPER, now=NOON
    )
    begun, ahead = make_visit(window, 1080, on=TODAY), make_visit(window, 1140, on=TODAY)
    now = at(1100, TODAY)

    assert lost_with([row], now) == {row.pk: [ahead]}
    _row, gone = windows.take_back(row, actor=KEEPER, now=now)

    assert gone == 1
    states = dict(Appointment.objects.values_list("pk", "state"))
    assert (states[begun.pk], states[ahead.pk]) == ("booked", "closed")


def test_the_page_of_closing_days_reads_no_more_for_more_openings(
    django_assert_num_queries: Any,
) -> None:
    window, other = make_window(), make_window()
    evening = replace(EXTRA, opens=1080, closes=1140)
    days = [SATURDAY + timedelta(days=n) for n in range(4)]
    rows = [
        windows.close_days(window.centre_id, window.path, replace(evening, first=on, last=on),
                           actor=KEEPER, now=NOON)[0][0]
        for on in days
    ]  # fmt: skip
    visits = [make_visit(window, 1080, on=on) for on in days[::2]]
    make_visit(other, 510)

    with CaptureQueriesContext(connection) as one:
        first = lost_with(rows[:1], NOON)
    with django_assert_num_queries(len(one)):
        all_of_them = lost_with(rows, NOON)

    assert first == {rows[0].pk: [visits[0]]}
    assert [all_of_them[row.pk] for row in rows] == [[visits[0]], [], [visits[1]], []]
    assert lost_with([], NOON) == {}


def test_the_page_says_how_many_lie_in_it_before_and_programs_cancel_alike() -> None:
    window, client = make_window(), client_of(KEEPER)
    now = timezone.now()
    on = timezone.localdate() + timedelta(days=14)
    evening = ClosingFacts(on, on, 1080, 1140, Why.EXTRA, is_open=True, step=20)
    (row,), _gone = windows.close_days(
        window.centre_id, window.path, evening, actor=KEEPER, now=now
    )
    make_visit(window, 1080, on=on, now=now)

    page = f"/en/windows/{window.centre.organisation.code}/closings/"
    assert "1 booked visit lies in it" in client.get(page).content.decode()
    told = post_json(client, f"/api/v1/closings/{row.pk}/back")
    assert (told.status_code, told.json()["visits"]) == (200, 1)
    assert Appointment.objects.get().state == "closed"
    assert (
        client.post(f"/en/windows/closings/{row.pk}/back", {"key": str(uuid4())}).status_code == 409
    )


def test_hours_from_june_leave_those_that_are_planned_for_july() -> None:
    window = make_window()
    windows.set_hours(window, week(420, JULY), actor=KEEPER, now=NOON)

    assert preview_of(window, week(600, JUNE)).until == JULY
    windows.set_hours(window, week(600, JUNE), actor=KEEPER, now=NOON)

    assert opened_at(window, JUNE) == [600]
    assert opened_at(window, JULY - timedelta(days=1)) == [600]
    assert opened_at(window, JULY) == [420]
    windows.set_hours(window, week(480, JULY), actor=KEEPER, now=NOON)
    assert opened_at(window, JULY) == [480] and opened_at(window, JUNE) == [600]


def test_a_window_that_is_planned_to_be_shut_stays_planned_to_be_shut() -> None:
    window = make_window()
    windows.set_hours(window, WeekPlan(JULY, []), actor=KEEPER, now=NOON)

    windows.set_hours(window, week(600, JUNE), actor=KEEPER, now=NOON)

    assert planned_next(window.pk, JUNE) == JULY
    assert (opened_at(window, JUNE), opened_at(window, JULY)) == ([600], [])
    assert not any(one.times for one in free_days(window.centre_id, window.path, JULY, 2, now=NOON))
