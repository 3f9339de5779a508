"""A visit is rated by the visitor alone: on the tablet of its window, or by a code that no desk has (10.3)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from linli.cases.types.rating import Reached
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import NOBODY, VAULT
from linli.kernel.testing import client_of, make_actor, post_json
from linli.offerings import permits
from linli.offerings.clients.rating_contacts import number_in
from linli.offerings.models import RatingTablet, Ticket, VisitRating
from linli.offerings.queries import visit_ratings as queries
from linli.offerings.queries.rating_codes import rating_code
from linli.offerings.services import rating_tablets, serving, tickets, visits
from linli.offerings.services import visit_ratings as services
from linli.offerings.tests.visit_samples import (
    CLERK,
    KEEPER,
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
from linli.offerings.types.visit_ratings import NO_NUMBER, TABLET_COOKIE
from linli.offerings.types.visits import Contact, Way, Wish

pytestmark = pytest.mark.django_db
CALLER = make_actor("caller", permits.CALL_BACK, permits.REACH, ceiling=VAULT)
PAGE, SOON = "/en/rate/tablet/", NOON + timedelta(minutes=1)
PHONE = "+8613800001234"


def at_desk(ticket: Ticket) -> tuple[RatingTablet, str]:
    assert ticket.window is not None
    return rating_tablets.enrol_tablet(ticket.window, actor=KEEPER, now=NOON)


def posted(client: Client, **given: object) -> int:
    return client.post(PAGE, {"key": str(uuid4()), **given}).status_code


@pytest.mark.usefixtures("noon")
def test_no_desk_screen_or_list_shows_the_code_by_which_a_visit_is_rated() -> None:
    window = make_window()
    visit = make_visit(window, 860)
    ticket = tickets.draw_ticket(window.centre_id, window.path, DrawWish(), actor=NOBODY, now=NOON)
    clerk, centre = client_of(CLERK), window.centre.organisation.code

    def told() -> str:
        pages = (
            f"/en/windows/of/{window.pk}/calls/",
            f"/en/screens/{centre}/",
            f"/live/en/queue/{centre}",
        )
        shown = [clerk.get(one) for one in pages]
        assert [one.status_code for one in shown] == [200] * len(pages)
        return "".join(one.content.decode() for one in shown)

    before = told()
    called = post_json(clerk, f"/api/v1/windows/{window.pk}/call", {"move": "next"}).json()
    assert (called["label"], called["ticket"]) == (ticket.name, ticket.handle)
    assert ticket.name in told() and ticket.code not in before + told()
    tickets.finish(ticket.handle, actor=CLERK, now=NOON)
    assert Client().get(f"/en/rate/visits/{visit.code}/").status_code == 404
    assert not VisitRating.objects.exists()


def test_the_code_of_a_visit_that_is_over_gives_nobody_its_ticket() -> None:
    window = make_window()
    visit = make_visit(window, 860, on=NOON.date())
    wish = DrawWish(visit_code=visit.code)
    ticket = tickets.draw_ticket(window.centre_id, window.path, wish, actor=NOBODY, now=NOON)
    tickets.call_next(window, actor=CLERK, now=NOON)
    tickets.finish(ticket.handle, actor=CLERK, now=NOON)

    with pytest.raises(NotFound):
        tickets.draw_ticket(window.centre_id, window.path, wish, actor=NOBODY, now=SOON)
    with pytest.raises(NotFound):
        services.rate_visit(visit.code, 5, actor=NOBODY, now=LATER)
    assert Ticket.objects.count() == 1 and not VisitRating.objects.exists()


def test_who_booked_is_sent_a_code_that_rates_and_is_not_that_of_the_visit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(
        services.notify, "send", lambda *given, **_more: sent.append(given[2]["code"])
    )
    window = make_window()
    contact = Contact("", "13800000001", may_ask=True)
    visit = visits.book(Wish(window.pk, at(510)), contact, way=Way.ONLINE, actor=NOBODY, now=NOON)
    serving.receive(visit.code, actor=CLERK, now=at(540))

    services.ask_how_it_was(actor=SYSTEM, now=at(700))

    code = rating_code(visit.code)
    assert code != visit.code and sent == [code]
    assert services.rate_visit(code, 4, actor=NOBODY, now=at(700)).counts


def test_nothing_but_an_enrolled_tablet_rates_at_once_and_who_serves_enrols_none() -> None:
    ticket = served(timezone.now())
    assert ticket.window is not None
    to = f"/en/windows/of/{ticket.window_id}/tablets/"
    assert ticket.name not in Client().get(PAGE).content.decode()
    assert posted(Client(), ticket=ticket.handle, grade="5") == 404
    with pytest.raises(NotAllowed):
        rating_tablets.enrol_tablet(ticket.window, actor=CLERK, now=NOON)
    assert client_of(CLERK).post(to, {"key": str(uuid4())}).status_code == 403
    assert not RatingTablet.objects.exists()
    Client().post(f"/en/rate/visits/{ticket.code}/?hall=1", {"key": str(uuid4()), "grade": "5"})
    assert not VisitRating.objects.get().counts


def test_the_tablet_shows_who_was_served_last_takes_a_grade_and_goes_blank() -> None:
    ticket = served(timezone.now())
    keeper = client_of(KEEPER)
    enrolled = keeper.post(f"/en/windows/of/{ticket.window_id}/tablets/", {"key": str(uuid4())})
    assert enrolled.status_code == 303
    hall = Client()
    hall.cookies[TABLET_COOKIE] = enrolled.cookies[TABLET_COOKIE].value
    assert ticket.name in hall.get(PAGE).content.decode()
    assert 'name="phone"' in hall.get(f"{PAGE}?grade=1").content.decode()

    stale = hall.post(PAGE, {"key": str(uuid4()), "ticket": "0", "grade": "1"})
    assert stale.status_code == 422 and 'name="why"' not in stale.content.decode()
    assert not VisitRating.objects.exists()
    assert posted(hall, ticket=ticket.handle, grade="1", phone="13800001234", why=["slow"]) == 303

    made = VisitRating.objects.get()
    assert (made.grade, made.by, made.counts) == (1, "tablet", True)
    assert number_in(made) == PHONE and PHONE.encode() not in bytes(made.contact or b"")
    assert ticket.name not in hall.get(PAGE).content.decode()
    assert posted(hall, ticket=ticket.handle, grade="5") == 422
    tablet = RatingTablet.objects.get()
    ended = keeper.post(f"/en/windows/tablets/{tablet.pk}/end", {"key": str(uuid4())})
    assert ended.status_code == 303 and posted(hall, ticket=ticket.handle, grade="5") == 404


def test_programs_enrol_a_tablet_and_rate_on_it() -> None:
    ticket = served(timezone.now())
    to = f"/api/v1/windows/{ticket.window_id}/tablets"
    assert post_json(client_of(CLERK), to).status_code == 403
    made = post_json(client_of(KEEPER), to).json()
    hall = Client()
    hall.cookies[made["cookie"]] = made["secret"]
    shown = hall.get("/api/v1/rate/tablet/").json()
    assert shown["ticket"] == ticket.handle

    told = post_json(hall, "/api/v1/rate/tablet", {"ticket": shown["ticket"], "grade": 4})

    assert told.status_code == 201 and VisitRating.objects.get().counts
    assert [one["id"] for one in client_of(KEEPER).get(f"{to}/").json()] == [made["id"]]
    assert (
        post_json(client_of(KEEPER), f"/api/v1/rating-tablets/{made['id']}/end").status_code == 200
    )
    assert hall.get("/api/v1/rate/tablet/").status_code == 404


def test_the_tablet_shows_only_its_window_and_only_for_some_minutes() -> None:
    ticket = served()
    tablet, _secret = at_desk(ticket)
    other = make_window(ticket.centre.organisation, "9")
    elsewhere, _secret = rating_tablets.enrol_tablet(other, actor=KEEPER, now=NOON)

    for device, now in ((elsewhere, SOON), (tablet, LATER)):
        with pytest.raises(NotFound):
            rating_tablets.rate_on_tablet(device, ticket.handle, 5, actor=NOBODY, now=now)
    assert not VisitRating.objects.exists()
    assert rating_tablets.rate_on_tablet(tablet, ticket.handle, 5, actor=NOBODY, now=SOON).counts


def test_a_bad_one_is_called_at_the_number_that_was_left_and_the_number_goes_with_the_call() -> (
    None
):
    bad = services.rate_visit(served().code, 1, phone=PHONE, actor=NOBODY, now=LATER)
    good = services.rate_visit(served().code, 5, phone=PHONE, actor=NOBODY, now=LATER)
    assert good.contact is None
    assert services.number_to_call(bad, actor=CALLER, now=LATER) == PHONE
    with pytest.raises(Invalid):
        services.record_visit_call(bad, NO_NUMBER, "", actor=CALLER, now=LATER)
    services.record_visit_call(bad, Reached.NO, "", actor=CALLER, now=LATER)
    assert services.number_to_call(bad, actor=CALLER, now=LATER) == PHONE

    services.record_visit_call(bad, Reached.YES, "等太久", actor=CALLER, now=LATER)

    bad.refresh_from_db()
    assert bad.contact is None


def test_who_left_no_number_is_counted_apart_and_not_as_called() -> None:
    bad = rated(served(), 1)

    services.record_visit_call(bad, NO_NUMBER, "", actor=CALLER, now=LATER)

    day = timedelta(days=1)
    told = queries.spread_of(bad.centre_id, bad.path, NOON - day, LATER + day)
    assert (told.bad, told.called, told.no_number) == (1, 0, 1)
    assert not queries.calls_to_make(CALLER).exists()


@pytest.mark.usefixtures("noon")
def test_her_own_page_says_from_when_it_counts_and_takes_another_until_then() -> None:
    ticket: Ticket = served(NOON - timedelta(minutes=2))
    client, to = Client(), f"/en/rate/visits/{ticket.code}/"
    assert client.post(to, {"key": str(uuid4()), "grade": "5"}).status_code == 303
    shown = client.get(to).content.decode()
    assert "it counts from" in shown and "Change my rating" in shown
    told = post_json(client, f"/api/v1/rate/visits/{ticket.code}", {"grade": 1, "phone": PHONE})
    assert told.status_code == 201 and told.json()["counts_from"]
    assert VisitRating.objects.get().grade == 1
