"""A time is given for what is done at its window alone, and for nothing that nobody offers there."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.kernel.permits import NOBODY
from linli.kernel.testing import VILLAGE
from linli.offerings.errors import NotServed
from linli.offerings.models import Appointment
from linli.offerings.services import visits
from linli.offerings.testing import make_item
from linli.offerings.tests.visit_samples import NOON, at, make_window
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
