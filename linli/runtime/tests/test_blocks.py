"""A call that is refused is undone as a whole; a form is shown again, and asks the database for it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.kernel.testing import make_actor
from linli.runtime.models import IdempotencyKey, NumberSeries

pytestmark = [
    pytest.mark.urls("linli.runtime.tests.addresses"),
    pytest.mark.django_db(transaction=True),
]
CLERK = make_actor("clerk", account_id=7)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, **{"test.actor": CLERK})


def send(client: Client, address: str) -> tuple[int, int]:
    """Return the status of an answer, and how many savepoints were set for it."""
    with CaptureQueriesContext(connection) as seen:
        if address.startswith("/api"):
            answer = client.post(
                address, {}, content_type="application/json", headers={"Idempotency-Key": address}
            )
        else:
            answer = client.post(address, {"key": address})
    return answer.status_code, sum(one["sql"].startswith("SAVEPOINT") for one in seen)


def test_a_call_sets_no_savepoint_for_its_act_and_a_form_does(client: Client) -> None:
    assert send(client, "/api/blocks/do") == (200, 0)
    assert send(client, "/blocks") == (200, 1)
    assert [one.last for one in NumberSeries.objects.all()] == [2]


@pytest.mark.parametrize(("way", "status"), [("refuse", 403), ("go-on", 500)])
def test_a_call_whose_act_was_refused_keeps_nothing_even_if_it_would_go_on(
    client: Client, way: str, status: int
) -> None:
    assert send(client, f"/api/blocks/{way}") == (status, 0)
    assert not NumberSeries.objects.exists() and not IdempotencyKey.objects.exists()


def test_a_form_goes_on_behind_an_act_that_was_refused(client: Client) -> None:
    assert send(client, "/blocks/go-on") == (200, 2)
    assert [one.last for one in NumberSeries.objects.all()] == [1]
