"""A visit is rated once, later and unseen by whoever served (10.3); each bad one is called back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from linli.cases.types.rating import Reached
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY, VAULT
from linli.kernel.testing import OTHER_TOWN, make_actor, post_json, stop_clock
from linli.notify.models import Delivery
from linli.offerings import permits
from linli.offerings.errors import NotYetRatable, RatedBefore
from linli.offerings.models import VisitRating
from linli.offerings.queries import visit_ratings as queries
from linli.offerings.queries.rating_codes import rating_code
from linli.offerings.services import serving, tickets, visits
from linli.offerings.services import visit_ratings as services
from linli.offerings.tests.visit_samples import (
    CLERK,
    LATER,
    NOON,
    SYSTEM,
    at,
    make_visit,
    make_window,
    rated,
    served,
)
from linli.offerings.types.tickets import DrawWish
from linli.offerings.types.visit_ratings import RatedBy
from linli.offerings.types.visits import Contact, Way, Wish
from linli.rulebook import queries as rulebook
from linli.rulebook.services.values import Proposed, add_local_value
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
CALLER = make_actor("caller", permits.CALL_BACK, permits.REACH, ceiling=VAULT)
STRANGER = make_actor("stranger", permits.CALL_BACK, at=OTHER_TOWN)


def test_a_rating_counts_later_or_on_the_tablet_and_never_from_staff() -> None:
    assert rated(served()).counts
    assert not rated(served(), now=NOON + timedelta(minutes=30)).counts
    assert rated(served(), by=RatedBy.TABLET, now=NOON + timedelta(minutes=1)).counts
    mine = services.rate_visit(served().code, 5, actor=CLERK, now=LATER)
    assert not mine.counts


def test_a_visit_is_rated_once() -> None:
    ticket = served()
    rated(ticket, 4)

    with pytest.raises(RatedBefore):
        rated(ticket, 1)

    assert [one.grade for one in VisitRating.objects.all()] == [4]


@pytest.mark.django_db(transaction=True)
def test_a_rating_that_is_sent_twice_at_once_is_taken_down_once() -> None:
    ticket = served()

    told = at_once(lambda: rated(ticket), lambda: rated(ticket))

    assert sorted(told) == ["", "rated_before"] and VisitRating.objects.count() == 1


def test_a_visit_that_has_not_ended_a_year_ago_or_of_a_wrong_code_is_not_rated() -> None:
    window = make_window()
    waiting = tickets.draw_ticket(window.centre_id, window.path, DrawWish(), actor=NOBODY, now=NOON)
    old, booked = served(), make_visit(window)

    for code, now in (
        (waiting.code, LATER),
        (old.code, NOON + timedelta(days=365)),
        (rating_code(booked.code), LATER),
    ):
        with pytest.raises(NotYetRatable):
            services.rate_visit(code, 5, actor=NOBODY, now=now)
    for code in ("NOSUCHCODE", booked.code, "没有这个号码没有这个号码"):
        with pytest.raises(NotFound):
            services.rate_visit(code, 5, actor=NOBODY, now=LATER)
    for grade in (0, 6, -1):
        with pytest.raises(Invalid):
            services.rate_visit(old.code, grade, actor=NOBODY, now=LATER)

    assert not VisitRating.objects.exists()


def test_a_booked_visit_with_a_ticket_is_one_visit() -> None:
    window = make_window()
    visit = make_visit(window, 860, on=NOON.date())
    ticket = tickets.draw_ticket(
        window.centre_id, window.path, DrawWish(visit_code=visit.code), actor=NOBODY, now=NOON
    )
    tickets.call_next(window, actor=CLERK, now=NOON)
    tickets.finish(ticket.handle, actor=CLERK, now=NOON)
    services.rate_visit(rating_code(visit.code), 5, actor=NOBODY, now=LATER)

    with pytest.raises(RatedBefore):
        rated(ticket)


def test_every_bad_rating_has_a_call_with_a_day_and_no_good_one_has() -> None:
    good, bad = rated(served(), 3), rated(served(), 2)

    assert good.call_due_at is None and bad.call_due_at and bad.call_due_at > LATER
    assert list(queries.calls_to_make(CALLER)) == [bad]
    assert (
        not queries.calls_to_make(STRANGER).exists() and not queries.calls_to_make(CLERK).exists()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitRating.objects.filter(pk=bad.pk).update(call_due_at=None)


def test_a_call_is_made_by_who_may_and_again_until_she_was_reached() -> None:
    bad = rated(served(), 1)

    with pytest.raises(NotAllowed):
        services.record_visit_call(bad, Reached.YES, "等太久", actor=STRANGER, now=LATER)
    for reached, note in (("perhaps", ""), (Reached.YES, " ")):
        with pytest.raises(Invalid):
            services.record_visit_call(bad, reached, note, actor=CALLER, now=LATER)
    services.record_visit_call(bad, Reached.NO, "", actor=CALLER, now=LATER)
    assert queries.calls_to_make(CALLER).count() == 1
    services.record_visit_call(bad, Reached.YES, "等太久，已加开窗口", actor=CALLER, now=LATER)
    with pytest.raises(NotFound):
        services.record_visit_call(bad, Reached.YES, "again", actor=CALLER, now=LATER)

    assert not queries.calls_to_make(CALLER).exists()


def test_figures_tell_the_share_that_answered_and_no_grades_of_a_few() -> None:
    one = served()
    rated(one)
    told = queries.spread_of(
        one.centre_id, one.path, NOON - timedelta(days=1), LATER + timedelta(days=1)
    )
    assert (told.ended, told.rated, told.grades) == (1, 1, None)

    window = make_window(one.centre.organisation, "9")
    for number in range(10):
        tickets.draw_ticket(window.centre_id, window.path, DrawWish(), actor=NOBODY, now=NOON)
        found = tickets.call_next(window, actor=CLERK, now=NOON)
        assert found is not None
        tickets.finish(found.handle, actor=CLERK, now=NOON)
        rated(found, 1 + number % 5)

    told = queries.spread_of(
        one.centre_id, one.path, NOON - timedelta(days=1), LATER + timedelta(days=1)
    )
    assert (told.ended, told.rated, told.grades, told.bad) == (11, 11, (3, 2, 2, 2, 2), 4)
    # a place may keep more to itself than the law asks for
    then = datetime(2022, 1, 1, tzinfo=UTC)
    more = Proposed(6, one.path, "示村〔2022〕1号", date(2022, 1, 1), "示范村", date(2022, 1, 1))
    add_local_value(queries.SMALL_CELL, more, actor=SYSTEM, now=then)
    told = queries.spread_of(one.centre_id, one.path, NOON - timedelta(days=1), LATER + timedelta(days=1))  # fmt: skip
    assert (told.rated, told.least, told.grades) == (11, 12, None)


def test_only_who_agreed_is_asked_and_only_once() -> None:
    window = make_window()
    yes = visits.book(
        Wish(window.pk, at(510)),
        Contact("", "13800000001", may_ask=True),
        way=Way.ONLINE,
        actor=NOBODY,
        now=NOON,
    )
    no = make_visit(window, 530, phone="13800000002")
    for visit in (yes, no):
        serving.receive(visit.code, actor=CLERK, now=at(540))
    before = Delivery.objects.count()

    assert services.ask_how_it_was(actor=SYSTEM, now=at(600)) == 0
    assert services.ask_how_it_was(actor=SYSTEM, now=at(700)) == 1
    assert services.ask_how_it_was(actor=SYSTEM, now=at(700)) == 0
    assert Delivery.objects.count() == before + 1


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at an hour from which a rating counts."""
    stop_clock(monkeypatch, LATER)


@pytest.mark.usefixtures("later")
def test_the_page_takes_a_rating_and_says_what_follows() -> None:
    ticket = served()
    client, to = Client(), f"/en/rate/visits/{ticket.code}/"

    assert "How was your visit" in client.get(to).content.decode()
    assert client.post(to, {"key": "a1b2c3d4e5f6a7b8"}).status_code == 422
    assert (
        client.post(to, {"key": "a1b2c3d4e5f6a7b9", "grade": "2", "why": ["slow"]}).status_code
        == 303
    )
    assert "calls back by" in client.get(to).content.decode()
    assert client.post(to, {"key": "a1b2c3d4e5f6a7ba", "grade": "5"}).status_code == 422
    assert client.get("/en/rate/visits/NOSUCHCODE/").status_code == 404
    with pytest.raises(WrongState):
        rated(ticket)


def test_a_ticket_is_drawn_rated_and_the_queue_read_by_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # at whatever hour this runs, the hall is taken to be open
    monkeypatch.setattr("linli.offerings.queries.tickets.refuse_closed", lambda *_: None)
    window = make_window()
    code = window.centre.organisation.code
    client = Client()
    drawn = post_json(client, f"/api/v1/queues/{code}/tickets", {"priority": "elder"})
    one = drawn.json()

    board = client.get(f"/api/v1/queues/{code}/").json()
    again = client.get(f"/api/v1/tickets/{one['code']}/").json()
    early = post_json(client, f"/api/v1/rate/visits/{one['code']}", {"grade": 5})
    left = post_json(client, f"/api/v1/tickets/{one['code']}/leave")

    assert (drawn.status_code, one["state"], one["centre"]) == (201, "waiting", code)
    assert (board["waiting"], again["label"]) == (1, one["label"])
    assert early.status_code == 409
    assert left.json()["state"] != "waiting"


def test_a_town_asks_and_reminds_by_its_own_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Values of the rulebook hold where they were set: each visit is looked up at its place."""
    usual = rulebook.lookup
    asked: list[tuple[str, str]] = []

    def lookup(key: str, place: str, on: date) -> Any:
        asked.append((key, place))
        return SimpleNamespace(number=1) if key == "visit.remind" else usual(key, place, on)

    visit = make_visit(make_window(), 840, phone="13800000001")
    monkeypatch.setattr("linli.rulebook.queries.lookup", lookup)

    assert serving.remind(actor=SYSTEM, now=at(840) - timedelta(hours=2)) == 0
    assert serving.remind(actor=SYSTEM, now=at(840) - timedelta(minutes=50)) == 1
    assert ("visit.remind", visit.path) in asked
