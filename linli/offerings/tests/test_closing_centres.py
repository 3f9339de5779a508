"""A service centre that closes leaves no visit behind its last day, and takes no new one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from linli.kernel.errors import NotFound
from linli.notify.models import Delivery
from linli.offerings import tasks
from linli.offerings.errors import NoSuchTime
from linli.offerings.models import Appointment, DrawRound, ServiceWindow
from linli.offerings.queries.closed_centres import closing_centres, visits_ahead
from linli.offerings.queries.slots import free_days
from linli.offerings.queries.windows import centre_called
from linli.offerings.services import closed_centres, rounds, visits, windows
from linli.offerings.tests.visit_samples import (
    KEEPER,
    NOON,
    SYSTEM,
    TOMORROW,
    at,
    make_visit,
    make_window,
)
from linli.offerings.types.rounds import RoundFacts
from linli.offerings.types.visits import ClosingFacts, Contact, Way, Why, Wish
from linli.orgs.models import ServiceCentre
from linli.orgs.services.centres import CentreFacts, describe_centre
from linli.orgs.testing import SYSTEM as ORGS

pytestmark = pytest.mark.django_db
# a Monday; the day before it is the last one on which it is open
LAST, CLOSED = date(2026, 12, 4), date(2026, 12, 7)


def closing(window: ServiceWindow, on: date | None = CLOSED) -> None:
    facts = CentreFacts(opened_on=date(2026, 1, 1), closed_on=on)
    edition = ServiceCentre.objects.get(pk=window.centre_id).edition
    body = window.centre.organisation
    describe_centre(body, facts, edition=edition, actor=ORGS, now=NOON)


def test_from_the_day_on_which_it_closes_no_time_is_offered_and_none_is_booked() -> None:
    window = make_window()
    make_visit(window, 510, on=LAST)  # its hours lie in memory from now on
    monday = ClosingFacts(CLOSED, CLOSED, 1080, 1140, Why.EXTRA, is_open=True, step=20)
    windows.close_days(window.centre_id, window.path, monday, actor=KEEPER, now=NOON)

    closing(window)
    closed_centres.follow_centre(window.centre_id, actor=SYSTEM, now=NOON)

    days = {
        one.on: len(one.times)
        for one in free_days(window.centre_id, window.path, LAST, 5, now=NOON)
    }
    assert days[LAST] > 0 and not any(days[on] for on in days if on >= CLOSED)
    for minutes in (510, 1080):
        with pytest.raises(NoSuchTime):
            make_visit(window, minutes, on=CLOSED)
    assert Appointment.objects.count() == 1
    assert make_visit(window, 530, on=LAST)


def test_what_was_booked_behind_it_is_cancelled_and_told_and_what_lies_before_stays() -> None:
    window = make_window()
    told = make_visit(window, 510, on=CLOSED, phone="13800000001")
    before = make_visit(window, 510, on=LAST)
    sent = Delivery.objects.count()

    closing(window)
    assert closing_centres() == [window.centre_id]
    assert closed_centres.follow_centre(window.centre_id, actor=SYSTEM, now=NOON) == 1
    assert closed_centres.follow_centre(window.centre_id, actor=SYSTEM, now=NOON) == 0

    states = {one.pk: (one.state, one.why) for one in Appointment.objects.all()}
    assert states == {told.pk: ("closed", "closes"), before.pk: ("booked", "")}
    assert Delivery.objects.count() == sent + 1
    with pytest.raises(NoSuchTime):
        visits.move(before.code, Wish(window.pk, at(510, CLOSED)), actor=SYSTEM, now=NOON)
    assert ServiceWindow.objects.get(pk=window.pk).closed_on is None


def test_on_the_day_its_windows_end_and_its_draws_are_called_off() -> None:
    window = make_window()
    facts = RoundFacts(
        "年审", CLOSED + timedelta(days=1), CLOSED + timedelta(days=2), NOON + timedelta(days=2)
    )
    one = rounds.open_round(window.centre_id, window.path, facts, actor=KEEPER, now=NOON)
    days = [facts.first.isoformat()]
    entry = rounds.enter(
        one, days, Contact("", "13800000009"), way=Way.ONLINE, actor=SYSTEM, now=NOON
    )

    closing(window)
    closed_centres.follow_centre(window.centre_id, actor=SYSTEM, now=at(0, CLOSED))

    window.refresh_from_db()
    entry.refresh_from_db()
    assert window.closed_on == CLOSED and closing_centres() == []
    assert DrawRound.objects.get().state == "called_off" and entry.told_at is not None
    with pytest.raises(NotFound):
        centre_called(window.centre.organisation.code, CLOSED)


def test_what_was_read_of_a_window_is_old_only_if_something_was_done() -> None:
    window = make_window()
    closing(window)

    def edition_after(*, is_again: bool) -> int:
        closed_centres.follow_centre(window.centre_id, is_again=is_again, actor=SYSTEM, now=NOON)
        return int(ServiceWindow.objects.get(pk=window.pk).edition)

    first = edition_after(is_again=False)
    assert first > window.edition and edition_after(is_again=True) == first
    closing(window, None)
    make_visit(window, 510, on=CLOSED)
    closing(window)

    assert edition_after(is_again=True) == first + 1


def test_each_night_the_job_follows_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    window = make_window()
    closing(window)
    monkeypatch.setattr(tasks.follow_centre, "defer", lambda **given: asked.append(given))

    tasks.follow_centres()

    assert asked == [{"centre_id": window.centre_id, "is_again": True}]


def test_a_closing_that_is_taken_back_opens_its_days_again() -> None:
    window = make_window()
    closing(window)
    closed_centres.follow_centre(window.centre_id, actor=SYSTEM, now=NOON)

    closing(window, None)
    closed_centres.follow_centre(window.centre_id, actor=SYSTEM, now=NOON)

    assert make_visit(window, 510, on=CLOSED).state == "booked"


def test_who_closes_it_lets_the_job_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(
        "linli.offerings.tasks.follow_centre.defer", lambda **given: asked.append(given)
    )
    window = make_window()
    soon = timezone.now() + timedelta(days=2)
    make_visit(window, 510, on=TOMORROW)
    Appointment.objects.update(starts_at=soon, ends_at=soon + timedelta(minutes=20))
    assert visits_ahead(window.centre_id) == 1

    closing(window)

    assert asked == [{"centre_id": window.centre_id}]
