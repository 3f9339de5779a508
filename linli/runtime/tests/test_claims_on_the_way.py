"""A program's call is read while the server takes its key: it acts once all the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.test import Client

from linli.kernel import sql
from linli.runtime.models import IdempotencyKey, NumberSeries
from linli.runtime.services import idempotency
from linli.runtime.testing import CLERK, Elsewhere
from linli.runtime.tests import addresses

pytestmark = pytest.mark.urls("linli.runtime.tests.addresses")
BODY = {"text": "路灯不亮"}


def call(address: str, key: str, body: Any = BODY) -> HttpResponse:
    """Call as a clerk's program does, with a connection of the thread that calls."""
    client = Client(raise_request_exception=False, **{"test.actor": CLERK})
    return client.post(
        address, body, content_type="application/json", headers={"Idempotency-Key": key}
    )


def acts() -> int:
    return sum(NumberSeries.objects.values_list("last", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/reports", "/api/stubborn"])
def test_a_copy_is_answered_as_the_first_and_what_it_began_is_undone(address: str) -> None:
    first, second = call(address, "a"), call(address, "a")

    assert first.json() == second.json() and first.json()["number"] == "SF-2026-0001"
    assert [one.get("Idempotency-Replayed") for one in (first, second)] == [None, "true"]
    assert (acts(), IdempotencyKey.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("body", [{"text": "其他"}, {}, [], {"text": 1}])
def test_another_call_under_a_taken_key_is_told_that_first(body: Any) -> None:
    call("/api/reports", "a")

    assert call("/api/reports", "a", body).json()["code"] == "key_reused"
    assert (acts(), IdempotencyKey.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_call_that_asks_the_database_nothing_takes_its_key_too() -> None:
    faulty = call("/api/reports", "a", {})

    assert faulty.status_code == 422 and IdempotencyKey.objects.count() == 0
    assert call("/api/reports", "a").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_comes_meanwhile_waits_and_gets_the_answer() -> None:
    addresses.GATE.clear()
    addresses.INSIDE.clear()
    first = Elsewhere(lambda: call("/api/slow", "a"))
    assert addresses.INSIDE.wait(10)
    second = Elsewhere(lambda: call("/api/slow", "a"))
    assert second.is_waiting()

    addresses.GATE.set()

    assert first.result().json() == second.result().json() == {"number": "SF-2026-0001"}
    assert acts() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "body"),
    [("/api/slow", BODY), ("/api/stubborn", BODY), ("/api/by-hand", BODY), ("/api/slow", {})],
)
def test_a_copy_does_not_wait_for_ever(
    address: str, body: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "AT_ONCE", idempotency.AT_ONCE.replace("5s", "200ms"))
    addresses.GATE.clear()
    addresses.INSIDE.clear()
    first = Elsewhere(lambda: call("/api/slow", "a"))
    assert addresses.INSIDE.wait(10)

    try:
        told = Elsewhere(lambda: call(address, "a", body)).result()
    finally:
        addresses.GATE.set()

    assert (told.status_code, told.json()["code"]) == (409, "still_running")
    assert first.result().status_code == 200 and acts() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_tries_too_often_takes_no_key_that_would_be_undone() -> None:
    call("/api/limited", "a")
    seen: list[int] = []

    def told(claiming: idempotency.Claiming, found: sql.Result) -> None:
        seen.append(len(found.rows))
        plain(claiming, found)

    plain = idempotency.Claiming.told
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(idempotency.Claiming, "told", told)
        again = call("/api/limited", "b")

    assert (again.status_code, again.json()["code"]) == (429, "too_many")
    assert seen == [0] and acts() == 1
    assert IdempotencyKey.objects.count() == 1


@pytest.mark.django_db
def test_past_a_pooler_the_key_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)

    assert [call("/api/reports", "a").json()["number"] for _ in range(2)] == ["SF-2026-0001"] * 2
    assert call("/api/limited", "b").status_code == 200
    assert call("/api/limited", "c").status_code == 429
    assert acts() == 2


@pytest.mark.django_db
def test_what_was_refused_before_the_key_keeps_nothing_under_it() -> None:
    claiming = idempotency.Claiming(lambda: None)

    with pytest.raises(idempotency.Stopped) as stopped:
        claiming.check()

    assert stopped.value.refusal is not None and stopped.value.refusal.code == "busy"


@pytest.mark.django_db(transaction=True)
def test_an_act_that_breaks_under_a_taken_key_is_answered_as_the_first() -> None:
    call("/api/reports", "a")

    assert call("/api/crash", "a").json()["code"] == "key_reused"
    assert not connection.in_atomic_block and connection.get_autocommit()
    assert call("/api/crash", "b").status_code == 500
    assert call("/api/reports", "c").json()["number"] == "SF-2026-0002"
    assert (acts(), IdempotencyKey.objects.count()) == (2, 2)


@pytest.mark.django_db
def test_a_try_that_was_refused_is_not_given_back_whatever_else_is_wrong() -> None:
    assert call("/api/counted", "a").status_code == 200
    for n in range(3):
        assert call("/api/counted", f"large{n}", {"text": "x" * 2_700_000}).status_code == 429
    assert call("/api/counted", "b").status_code == 429
    assert acts() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/api/counted", "/api/reports"])
def test_a_call_after_the_server_was_started_anew_finds_a_new_connection(
    address: str, admin_db: Any
) -> None:
    connection.ensure_connection()
    admin_db.execute(
        # once it is gone, not once it was told to go
        "SELECT pg_terminate_backend(pid, 9000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    # as each request begins; the client of tests leaves it out
    close_old_connections()

    assert call(address, "a").json() == {"number": "SF-2026-0001", **EXTRA.get(address, {})}
    assert acts() == 1


EXTRA = {"/api/reports": {"text": BODY["text"]}}
