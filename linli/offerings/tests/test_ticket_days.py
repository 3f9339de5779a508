"""A ticket ends with its day and follows its visit: no window stands still because of yesterday, nobody waits in vain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linli.kernel.errors import NotFound, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of
from linli.offerings.errors import GoneMeanwhile
from linli.offerings.models import Appointment, ServiceWindow, Ticket
from linli.offerings.queries import tickets as queries
from linli.offerings.queries.rating_codes import rating_code
from linli.offerings.queries.visit_ratings import rated_by_code, spread_of
from linli.offerings.services import ticket_ends, tickets, visits, windows
from linli.offerings.tests.visit_samples import (
    CLERK,
    KEEPER,
    NOON,
    SYSTEM,
    TODAY,
    TOMORROW,
    at,
    called,
    drawn,
    make_visit,
    make_window,
)
from linli.offerings.types.tickets import USUAL_SECONDS
from linli.offerings.types.visits import ClosingFacts, Why, Wish

pytestmark = pytest.mark.django_db
MORNING = NOON + timedelta(hours=20)


def moved(visit: Appointment, minutes: int, on: object = TOMORROW, window: object = None) -> None:
    to = Wish(getattr(window, "pk", visit.window_id), at(minutes, on))  # type: ignore[arg-type]
    visits.move(visit.code, to, actor=NOBODY, now=NOON)


def states() -> dict[str, str]:
    return {f"{one.on:%d} {one.name}": one.state for one in Ticket.objects.order_by("pk")}


def test_a_ticket_that_nobody_ended_in_the_evening_does_not_keep_its_window_from_calling() -> None:
    window = make_window()
    drawn(window)
    called(window)
    drawn(window, now=MORNING)

    assert called(window, now=MORNING) == "A001"

    assert states() == {"24 A001": "done", "25 A001": "called"}
    old = Ticket.objects.earliest("pk")
    assert old.ended_at == old.called_at == NOON
    # how long it took is known to nobody: the forecast does not count it
    assert queries.pace_of(window.centre_id, MORNING).seconds == USUAL_SECONDS


def test_out_of_turn_and_over_the_api_a_window_calls_on_the_next_day_too() -> None:
    window, other = make_window(), make_window()
    for one in (window, other):
        drawn(one, now=NOON - timedelta(days=1))
        called(one, now=NOON - timedelta(days=1))
    ticket = drawn(window, now=NOON)

    again = tickets.call_ticket(ticket.handle, window, actor=CLERK, now=NOON)
    answer = client_of(CLERK).post(
        f"/api/v1/windows/{other.pk}/call", {"move": "next"}, "application/json",
        headers={"Idempotency-Key": "c1b2c3d4e5f6a7b1"},
    )  # fmt: skip

    assert again.state == "called"
    assert answer.status_code == 409 and answer.json()["code"] == "nobody_waits"


def test_a_page_of_yesterday_takes_nobody_away() -> None:
    window = make_window()
    yesterday = drawn(window)
    called(window)
    drawn(window, now=MORNING)

    with pytest.raises(GoneMeanwhile):
        tickets.call_next(window, shown=yesterday.handle, actor=CLERK, now=MORNING)

    assert list(states().values()) == ["called", "waiting"]


def test_the_night_ends_what_was_called_or_waits_and_leaves_today_alone() -> None:
    window = make_window()
    skipped, *_others = drawn(window), drawn(window), drawn(window)
    called(window)
    tickets.skip(skipped.handle, actor=CLERK, now=NOON)
    called(window)
    drawn(window, now=MORNING)

    assert ticket_ends.end_days(actor=SYSTEM, now=NOON) == 0
    assert ticket_ends.end_days(actor=SYSTEM, now=MORNING) == 2
    assert ticket_ends.end_days(actor=SYSTEM, now=MORNING) == 0

    assert list(states().values()) == ["missed", "done", "left", "waiting"]
    told = Client().get(f"/en/tickets/{Ticket.objects.get(state='left').code}/")
    assert "This ticket does not count any more" in told.content.decode()


def test_a_visit_moved_to_tomorrow_takes_its_ticket_out_of_the_line_and_draws_anew_there() -> None:
    window = make_window()
    visit = make_visit(window, 860, on=TODAY)
    drawn(window, visit_code=visit.code)

    moved(visit, 530)

    with pytest.raises(WrongState):
        called(window)
    tomorrow = drawn(window, visit_code=visit.code, now=MORNING)
    assert states() == {"24 B001": "left", "25 B001": "waiting"}
    assert called(window, now=MORNING) == "B001"
    tickets.finish(tomorrow.handle, actor=CLERK, now=MORNING)
    visit.refresh_from_db()
    assert visit.state == "came"
    rated = rated_by_code(rating_code(visit.code))
    assert rated.ticket is not None and rated.ticket.pk == tomorrow.pk


def test_a_ticket_called_for_a_visit_of_another_day_does_not_write_that_somebody_came() -> None:
    window = make_window()
    visit = make_visit(window, 860, on=TODAY)
    drawn(window, visit_code=visit.code)
    Appointment.objects.update(starts_at=at(530), ends_at=at(540))

    assert called(window) == "B001"

    visit.refresh_from_db()
    assert visit.state == "booked"


def test_at_another_time_of_its_day_a_visit_keeps_its_ticket_at_the_window_it_moves_to() -> None:
    window = make_window(items=("a",))
    other = ServiceWindow.objects.get(
        pk=make_window(window.centre.organisation, "2", items=("b",)).pk
    )
    visit = make_visit(window, 860, on=TODAY)
    ticket = drawn(window, visit_code=visit.code)

    moved(visit, 880, TODAY, other)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.group_id) == ("waiting", other.pk)
    assert drawn(window, visit_code=visit.code).pk == ticket.pk


def test_who_gave_her_ticket_up_draws_again_for_her_visit_who_was_served_does_not() -> None:
    window = make_window()
    visit = make_visit(window, 860, on=TODAY)
    first = drawn(window, visit_code=visit.code)
    tickets.leave(first.code, actor=NOBODY, now=NOON)

    second = drawn(window, visit_code=visit.code)
    called(window)
    tickets.finish(second.handle, actor=CLERK, now=NOON)

    assert (first.name, second.name) == ("B001", "B002")
    with pytest.raises(NotFound):
        drawn(window, visit_code=visit.code)
    assert Ticket.objects.filter(visit=visit).count() == 2


def test_a_cancelled_visit_waits_no_more_and_who_came_without_ticket_is_counted() -> None:
    window = make_window()
    visit, other = make_visit(window, 860, on=TODAY), make_visit(window, 880, on=TODAY)
    drawn(window, visit_code=visit.code)
    left = drawn(window, visit_code=other.code)
    tickets.leave(left.code, actor=NOBODY, now=NOON)

    visits.cancel(visit.code, actor=NOBODY, now=NOON)
    Appointment.objects.filter(pk=other.pk).update(state="came", ended_at=NOON)

    assert list(states().values()) == ["left", "left"]
    spread = spread_of(window.centre_id, window.path, NOON, NOON + timedelta(hours=1))
    assert spread.ended == 1
    assert rated_by_code(rating_code(other.code)).ended_at == NOON


@pytest.mark.parametrize("by", ["window", "closing"])
def test_a_visit_that_the_office_cancels_takes_its_ticket_out_of_the_line(by: str) -> None:
    window = make_window()
    ahead, other = make_visit(window, 860, on=TODAY), make_visit(window, 1000, on=TODAY)
    drawn(window, visit_code=ahead.code)
    drawn(window, visit_code=other.code)
    drawn(window)

    if by == "window":
        windows.end_window(window, actor=KEEPER, now=NOON)
    else:
        storm = ClosingFacts(TODAY, TODAY, 840, 900, Why.WEATHER)
        windows.close_days(window.centre_id, window.path, storm, actor=KEEPER, now=NOON)

    of_other = "left" if by == "window" else "waiting"
    assert list(states().values()) == ["left", of_other, "waiting"]
    assert Ticket.objects.filter(visit=ahead).get().ended_at == NOON


def test_a_ticket_that_cannot_be_ended_keeps_no_other_one_from_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window()
    bad, *_others = drawn(window), drawn(window), drawn(window)
    take = ticket_ends.take_move

    def breaks(ticket: Ticket, move: str, **more: Any) -> Ticket:
        if ticket.pk == bad.pk:
            raise RuntimeError
        return take(ticket, move, **more)

    monkeypatch.setattr(ticket_ends, "take_move", breaks)

    assert ticket_ends.end_days(actor=SYSTEM, now=MORNING) == 2
    assert list(states().values()) == ["waiting", "left", "left"]
