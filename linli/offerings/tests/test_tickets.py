"""A ticket is drawn, called, called again, skipped, sent on and finished; two clerks never call one ticket."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor, post_json
from linli.notify.models import Delivery
from linli.offerings import permits
from linli.offerings.errors import GoneMeanwhile, HallClosed, NobodyWaits, WindowBusy
from linli.offerings.models import Ticket
from linli.offerings.queries import tickets as queries
from linli.offerings.services import tickets, visits
from linli.offerings.services.ticket_texts import text_ticket
from linli.offerings.tests.visit_samples import (
    CLERK,
    NOON,
    TODAY,
    at,
    called,
    drawn,
    make_centre,
    make_visit,
    make_window,
)
from linli.offerings.types.tickets import DrawWish
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
STRANGER = make_actor("stranger", permits.SERVE, at=OTHER_TOWN)


def test_numbers_run_by_letter_and_begin_anew_each_day_and_at_each_centre() -> None:
    window, other = make_window(), make_window(make_centre())

    names = [drawn(window, priority).name for priority in ("", "elder", "", "disabled")]

    assert names == ["A001", "P001", "A002", "P002"]
    assert drawn(other).name == "A001"
    assert drawn(window, now=NOON + timedelta(days=1)).name == "A001"


def test_a_window_calls_by_the_rule_and_finishes_the_one_before() -> None:
    window = make_window()
    for priority in ("", "elder", ""):
        drawn(window, priority)

    assert [called(window) for _ in range(3)] == ["P001", "A001", "A002"]
    states = dict(Ticket.objects.values_list("letter", "state").order_by("pk"))
    assert Ticket.objects.filter(state="done").count() == 2 and states["A"] == "called"
    assert called(window) == ""
    with pytest.raises(NobodyWaits):
        called(window)


def test_who_does_not_come_is_skipped_and_called_again_without_a_new_ticket() -> None:
    window = make_window()
    drawn(window)
    called(window)
    ticket = Ticket.objects.get()

    assert tickets.recall(ticket.handle, actor=CLERK, now=NOON).calls == 2
    assert tickets.skip(ticket.handle, actor=CLERK, now=NOON).state == "missed"
    with pytest.raises(WrongState):
        tickets.finish(ticket.handle, actor=CLERK, now=NOON)
    again = tickets.call_ticket(ticket.handle, window, actor=CLERK, now=NOON)

    assert (again.state, again.calls) == ("called", 3)


def test_who_is_sent_on_comes_first_at_the_other_window() -> None:
    window = make_window()
    other = make_window(window.centre.organisation, "2")
    for _ in range(3):
        drawn(window)
    called(window)
    first = Ticket.objects.earliest("pk")
    with pytest.raises(Invalid):
        tickets.send_on(first.handle, window, actor=CLERK, now=NOON)

    tickets.send_on(first.handle, other, actor=CLERK, now=NOON)

    assert called(window) == "A002" and called(other) == "A001"


def test_a_window_has_one_ticket_before_it() -> None:
    window = make_window()
    one, two = drawn(window), drawn(window)
    tickets.call_ticket(two.handle, window, actor=CLERK, now=NOON)

    with pytest.raises(WindowBusy):
        tickets.call_ticket(one.handle, window, actor=CLERK, now=NOON)

    assert Ticket.objects.get(pk=one.pk).state == "waiting"


def test_a_booked_visit_draws_with_its_code_once_and_is_received_when_called() -> None:
    window = make_window()
    visit = make_visit(window, 860, on=TODAY)
    drawn(window)

    ticket = drawn(window, visit_code=visit.code)

    assert ticket.name == "B001" and drawn(window, visit_code=visit.code).pk == ticket.pk
    assert called(window, now=at(861, TODAY)) == "B001"
    visit.refresh_from_db()
    assert visit.state == "came"


def test_a_code_of_another_day_centre_or_a_cancelled_visit_draws_nothing() -> None:
    window = make_window()
    tomorrow, off = make_visit(window, 860), make_visit(window, 860, on=TODAY)
    visits.cancel(off.code, actor=NOBODY, now=NOON)
    elsewhere = make_visit(make_window(make_centre()), 860, on=TODAY)

    for code in (tomorrow.code, off.code, elsewhere.code, "NOSUCHCD"):
        with pytest.raises(NotFound):
            drawn(window, visit_code=code)
    for wish in ({"priority": "vip"}, {"source": "fax"}):
        with pytest.raises(Invalid):
            tickets.draw_ticket(
                window.centre_id, window.path, DrawWish(**wish), actor=NOBODY, now=NOON
            )

    assert not Ticket.objects.exists()


def test_only_who_serves_there_calls() -> None:
    window = make_window()
    ticket = drawn(window)

    for actor in (NOBODY, STRANGER):
        with pytest.raises(NotAllowed):
            tickets.call_next(window, actor=actor, now=NOON)
        with pytest.raises(NotFound):
            tickets.skip(ticket.handle, actor=actor, now=NOON)

    assert Ticket.objects.get().state == "waiting"
    assert tickets.leave(ticket.code, actor=NOBODY, now=NOON).state == "left"
    with pytest.raises(WrongState):
        tickets.leave(ticket.code, actor=NOBODY, now=NOON)


def test_the_wait_that_was_told_is_kept_and_its_error_is_told_when_there_are_enough() -> None:
    window = make_window()
    for number in range(24):
        drawn(window, now=NOON + timedelta(minutes=number))
    assert Ticket.objects.order_by("pk")[3].told_minutes == 144 - 3
    for number in range(24):
        called(window, now=NOON + timedelta(minutes=30 + 8 * number))

    told = queries.honesty_of(window.centre_id, NOON + timedelta(hours=5))

    assert told.tickets == 24 and told.median is not None


@pytest.mark.django_db(transaction=True)
def test_two_clerks_who_call_at_once_call_two_tickets_and_nobody_draws_a_number_twice() -> None:
    window = make_window()
    other = make_window(window.centre.organisation, "2")
    told = at_once(*[lambda: drawn(window)] * 6)
    assert told == [""] * 6
    assert len({one.name for one in Ticket.objects.all()}) == 6

    told = at_once(lambda: called(window), lambda: called(other), lambda: called(window))

    assert told == [""] * 3
    assert Ticket.objects.filter(state="called").count() == 2
    assert Ticket.objects.filter(state="done").count() == 1


def test_when_the_windows_open_no_more_today_no_ticket_is_drawn() -> None:
    window = make_window()
    evening, dawn = at(1100, TODAY), at(400, TODAY)

    assert queries.board_of(window.centre_id, evening).is_over
    with pytest.raises(HallClosed):
        queries.refuse_closed(window.centre_id, evening)
    for now in (dawn, NOON):
        queries.refuse_closed(window.centre_id, now)
        assert not queries.board_of(window.centre_id, now).is_over


@pytest.mark.usefixtures("noon")
def test_screen_phone_and_slip_show_the_ticket_and_the_live_values_follow() -> None:
    window = make_window()
    code = window.centre.organisation.code
    ticket = tickets.draw_ticket(window.centre_id, window.path, DrawWish(), actor=NOBODY, now=NOON)
    client = Client()

    for path in (f"screens/{code}/", f"tickets/{ticket.code}/", f"tickets/{ticket.code}/touch/",
                 f"tickets/{ticket.code}/?format=print", f"visits/{code}/touch/", f"visits/{code}/ticket/"):  # fmt: skip
        for language in ("zh-hans", "en"):
            answer = client.get(f"/{language}/{path}")
            assert answer.status_code == 200, path
    live = client.get(f"/live/en/ticket/{ticket.code}")
    assert "You are next" in live.content.decode()
    again = client.get(f"/live/en/ticket/{ticket.code}", headers={"If-None-Match": live["ETag"]})
    assert again.status_code == 304 and not again.content
    assert client.get("/live/en/ticket/NOSUCHTICK").status_code == 404
    assert client.get(f"/live/fr/ticket/{ticket.code}").status_code == 404
    assert client.post(f"/live/en/queue/{code}").status_code == 405
    assert client.get(f"/live/zh-hans/queue/{code}").status_code == 200


@pytest.mark.usefixtures("noon")
def test_a_clerk_calls_from_the_page_of_her_window_and_a_stranger_finds_none() -> None:
    window = make_window()
    ticket = tickets.draw_ticket(window.centre_id, window.path, DrawWish(), actor=NOBODY, now=NOON)
    clerk, to = client_of(CLERK), f"/en/windows/of/{window.pk}/calls/"

    assert ticket.name in clerk.get(to).content.decode()
    assert clerk.post(f"{to}next", {"key": "a1b2c3d4e5f6a7b8"}).status_code == 303
    assert 'data-hot="F3"' in clerk.get(to).content.decode()
    assert client_of(STRANGER).get(to).status_code == 404
    assert client_of(STRANGER).post(f"{to}next", {"key": "a1b2c3d4e5f6a7b9"}).status_code == 404
    # a page that is out of date does nothing to whoever stands there now
    clerk.post(f"{to}skip", {"key": "a1b2c3d4e5f6a7ba", "ticket": "OTHERTICKT"})
    assert Ticket.objects.get().state == "called"


@pytest.mark.usefixtures("noon")
def test_next_from_a_page_that_is_out_of_date_takes_nobody_away_and_says_who_stands_there() -> None:
    window, now = make_window(), NOON
    first, second, third = (drawn(window, now=now) for _ in range(3))
    clerk, to = client_of(CLERK), f"/en/windows/of/{window.pk}/calls/"

    clerk.post(f"{to}next", {"key": "b1b2c3d4e5f6a7b1", "ticket": ""})
    clerk.post(f"{to}next", {"key": "b1b2c3d4e5f6a7b2", "ticket": first.handle})
    # the second tab still shows the first ticket, the third was loaded when nobody stood there
    for key, stale in (("b1b2c3d4e5f6a7b3", first.handle), ("b1b2c3d4e5f6a7b4", "")):
        clerk.post(f"{to}next", {"key": key, "ticket": stale})
        page = clerk.get(to).content.decode()
        assert f"{second.name} stands at this window meanwhile" in page

    states = dict(Ticket.objects.values_list("code", "state"))
    assert (states[second.code], states[third.code]) == ("called", "waiting")
    tickets.skip(second.handle, actor=CLERK, now=now)
    with pytest.raises(GoneMeanwhile):
        tickets.call_next(window, shown=second.handle, actor=CLERK, now=now)
    assert Ticket.objects.get(code=third.code).state == "waiting"


@pytest.mark.usefixtures("noon")
def test_where_nothing_is_printed_the_number_stands_large_and_goes_by_message_once() -> None:
    ticket, client = drawn(make_window()), Client()
    to = f"/en/tickets/{ticket.code}/touch/"

    assert "Write this down" not in client.get(to).content.decode()
    page = client.get(f"{to}?printer=down").content.decode()
    assert "Write this down" in page and "of-giant" in page and "Print again" in page
    assert client.post(to, {"phone": "1", "key": "a1b2c3d4e5f6a7b1"}).status_code == 422
    assert not Delivery.objects.exists()
    given = {"phone": "13800000001"}
    assert client.post(to, given | {"key": "a1b2c3d4e5f6a7b2"}).status_code == 303
    assert client.post(to, given | {"key": "a1b2c3d4e5f6a7b3"}).status_code == 422
    assert Delivery.objects.count() == 1
    assert "Send me the number" not in client.get(f"{to}?printer=down").content.decode()


@pytest.mark.usefixtures("noon")
def test_a_program_asks_for_the_message_once_with_the_code_of_the_ticket() -> None:
    ticket, client = drawn(make_window()), client_of(NOBODY)
    to, given = f"/api/v1/tickets/{ticket.code}/text", {"phone": "13800000001"}

    assert post_json(client, "/api/v1/tickets/NOSUCH/text", given).status_code == 404
    assert post_json(client, to, {"phone": "1"}).json()["fields"].keys() == {"phone"}
    assert not Delivery.objects.exists()
    told = post_json(client, to, given)
    assert (told.status_code, told.json()["code"]) == (200, ticket.code)
    again = post_json(client, to, given)
    assert (again.status_code, again.json()["code"]) == (409, "texted_before")
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_one_ticket_by_message_at_once_one_does() -> None:
    ticket = drawn(make_window())

    told = at_once(
        *[lambda: text_ticket(ticket.code, "+8613800000001", actor=NOBODY, now=NOON)] * 2
    )

    assert sorted(told) == ["", "texted_before"]
    assert Delivery.objects.count() == 1
