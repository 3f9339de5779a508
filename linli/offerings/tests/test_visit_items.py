"""A time is given for what is done at its window alone, and for nothing that nobody offers there."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.kernel.errors import Invalid
from linli.kernel.permits import NOBODY
from linli.kernel.testing import VILLAGE, stop_clock
from linli.offerings.errors import NotServed
from linli.offerings.models import Appointment
from linli.offerings.queries.tickets import ahead_of
from linli.offerings.services import visits
from linli.offerings.services.tickets import call_next, draw_ticket
from linli.offerings.testing import make_item
from linli.offerings.tests.visit_samples import CLERK, NOON, at, make_window
from linli.offerings.types.tickets import DrawWish
from linli.offerings.types.visits import Contact, Wish
from linli.orgs.testing import place_at

pytestmark = pytest.mark.django_db
PERMIT = "residence-permit"


def test_an_item_that_nobody_offers_here_is_refused_and_books_nothing(client: Client) -> None:
    make_item(place_at(VILLAGE))
    window = make_window()
    given = {"window": window.pk, "starts_at": at(510).isoformat(), "item": "no-such-item-x"}

    answer = client.post(
        "/api/v1/slots/", given, "application/json", headers={"Idempotency-Key": "no-such-item"}
    )
    with pytest.raises(NotServed):
        visits.book(Wish(window.pk, at(510), "no-such"), Contact(), actor=NOBODY, now=NOON)

    assert answer.status_code == 422 and "item" in answer.json()["fields"]
    asked = {"centre": window.centre.organisation.code, "item": "no-such-item-x"}
    assert client.get("/api/v1/slots/", asked).status_code == 422
    assert not Appointment.objects.exists()


def test_a_window_for_other_items_neither_takes_a_visit_nor_one_that_moves() -> None:
    make_item(place_at(VILLAGE))
    window = make_window()
    other = make_window(window.centre.organisation, "2", items=("wages",))
    with pytest.raises(NotServed):
        visits.book(Wish(other.pk, at(510), PERMIT), Contact(), actor=NOBODY, now=NOON)
    made = visits.book(Wish(window.pk, at(510), PERMIT), Contact(), actor=NOBODY, now=NOON)

    with pytest.raises(NotServed):
        visits.move(made.code, Wish(other.pk, at(610)), actor=NOBODY, now=NOON)

    assert Appointment.objects.get().window_id == window.pk


def test_where_windows_differ_a_ticket_says_for_what_and_only_these_windows_call_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch, NOON)
    window = make_window()
    wages = make_window(window.centre.organisation, "2", items=("wages",))
    centre = window.centre.organisation.code
    for page in ("ticket", "touch"):
        assert f"group={wages.pk}" in client.get(f"/en/visits/{centre}/{page}/").content.decode()
    with pytest.raises(Invalid):
        draw_ticket(window.centre_id, window.path, DrawWish(group=999_999), actor=NOBODY, now=NOON)
    with pytest.raises(NotServed):
        draw_ticket(window.centre_id, window.path, DrawWish(item="no"), actor=NOBODY, now=NOON)

    wishes = [DrawWish(group=one.pk) for one in (window, wages)]
    first, second = [
        draw_ticket(window.centre_id, window.path, wish, actor=NOBODY, now=NOON) for wish in wishes
    ]

    assert ahead_of(first, NOON).before == 0 and ahead_of(second, NOON).before == 1
    called = call_next(wages, actor=CLERK, now=NOON)
    assert called and called.pk == second.pk and call_next(wages, actor=CLERK, now=NOON) is None
    assert call_next(window, actor=CLERK, now=NOON) == first
