"""Answers are finished while the server commits, and given once it did: nothing that was lost is told as done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client

from linli.kernel import ending, sql
from linli.runtime.models import IdempotencyKey, NumberSeries, RateLimit
from linli.runtime.testing import CLERK
from linli.runtime.tests import addresses

pytestmark = [
    pytest.mark.urls("linli.runtime.tests.addresses"),
    pytest.mark.django_db(transaction=True),
]
BODY = {"text": "路灯不亮"}
# what nothing refuses before COMMIT: a member of a group that is not there
LOOSE = "INSERT INTO auth_group_permissions (group_id, permission_id) SELECT 999999, min(id) FROM auth_permission"
plain = addresses.act
SEEN: list[bool] = []
ASKS: list[Callable[[], object]] = []


def on_the_way_out(get_response: ending.Answering) -> ending.Answering:
    """Look whether COMMIT is on its way, as a layer that shapes answers could."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        SEEN.append(connection.ending is not None and connection.connection.is_busy)
        for ask in ASKS:
            ask()
        return response

    return middleware


@pytest.fixture(autouse=True)
def way_out(settings: Any) -> None:
    SEEN.clear()
    ASKS.clear()
    at = settings.MIDDLEWARE.index("linli.kernel.ending.door") + 1
    mine = f"{__name__}.on_the_way_out"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:at], mine, *settings.MIDDLEWARE[at:]]


def call(address: str = "/api/reports", key: str = "a") -> HttpResponse:
    client = Client(raise_request_exception=False, **{"test.actor": CLERK})
    if address.startswith("/api/"):
        kind = {"content_type": "application/json", "headers": {"Idempotency-Key": key}}
        return client.post(address, BODY, **kind)  # type: ignore[arg-type]
    return client.post(address, {**BODY, "key": key})


def acts(monkeypatch: pytest.MonkeyPatch, *more: Callable[[], object]) -> None:
    """Let views do more than they do."""

    def act() -> str:
        number = plain()
        for one in more:
            one()
        return number

    monkeypatch.setattr(addresses, "act", act)


def kept() -> tuple[int, int, int]:
    """How many acts, keys and loose members there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM auth_group_permissions")
        loose = cursor.fetchone()[0]
    done = sum(NumberSeries.objects.values_list("last", flat=True))
    return done, IdempotencyKey.objects.count(), loose


def loosely() -> None:
    sql.later("test.loose", LOOSE)


def for_too_long() -> None:
    sql.later("test.patience", "SELECT set_config('statement_timeout', '50ms', true)")
    sql.later("test.slow", "SELECT pg_sleep(5)")


def gone() -> None:
    sql.later("test.gone", "SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.parametrize("address", ["/report", "/api/reports"])
def test_an_answer_is_finished_while_the_server_commits(address: str) -> None:
    first, second = call(address), call(address)

    # the second one does nothing that is to be kept
    assert SEEN == [True, False] and second["Idempotency-Replayed"] == "true"
    assert first.content == second.content and kept() == (1, 1, 0)
    assert not connection.connection.is_busy and connection.ending is None


@pytest.mark.parametrize("address", ["/report", "/api/reports"])
@pytest.mark.parametrize(("act", "status"), [(loosely, 500), (for_too_long, 503), (gone, 500)])
def test_what_is_not_kept_is_not_told_as_done(
    monkeypatch: pytest.MonkeyPatch, address: str, act: Callable[[], None], status: int
) -> None:
    # what is prepared at its first use is waited for
    call(address, "first")
    acts(monkeypatch, act)
    lost = call(address)
    monkeypatch.setattr(addresses, "act", plain)

    assert (lost.status_code, kept()) == (status, (1, 1, 0))
    assert SEEN == [True, True, False]
    # the same may be sent again
    assert call(address).status_code in (200, 303) and kept() == (2, 2, 0)


def test_the_page_of_a_loss_comes_through_all_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    call("/report", "first")
    acts(monkeypatch, for_too_long)
    lost = call("/report")

    assert lost["X-Content-Type-Options"] == "nosniff" and lost["Content-Security-Policy"]
    assert SEEN == [True, True, False] and kept() == (1, 1, 0)


def test_what_waited_too_long_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    call(key="first")
    acts(monkeypatch, for_too_long)

    assert call().json()["code"] == "busy" and SEEN == [True, True, False]


def test_an_error_that_somebody_else_took_keeps_the_answer_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    acts(monkeypatch, loosely)

    def mindless() -> None:
        try:
            Group.objects.count()
        except DatabaseError:
            return

    ASKS.append(mindless)

    assert call().status_code == 500 and kept() == (0, 0, 0)


def test_tries_that_came_to_nothing_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    acts(monkeypatch, loosely)
    assert [call("/api/counted", key).status_code for key in "ab"] == [500, 500]

    monkeypatch.setattr(addresses, "act", plain)
    assert [call("/api/counted", key).status_code for key in "cd"] == [200, 429]
    assert RateLimit.objects.count() == 1 and kept() == (1, 1, 0)


def test_what_is_done_once_kept_is_done_then_and_not_for_what_was_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[int, int, int]] = []
    ASKS.append(lambda: ending.once_kept(lambda: told.append(kept())))
    call()
    assert told == [(1, 1, 0)]

    acts(monkeypatch, loosely)
    call(key="b")
    # the answer that tells of the loss has no COMMIT on its way
    assert told == [(1, 1, 0)] * 2 and SEEN == [True, True, False]


def test_what_acts_once_it_is_kept_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []

    def at_once() -> None:
        transaction.on_commit(lambda: told.append(connection.connection.is_busy))

    acts(monkeypatch, at_once)

    assert call().status_code == 200
    assert (told, SEEN) == ([False], [False])


def test_a_session_that_is_written_on_the_way_out_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.runtime.middleware.idempotency.asks_on_its_way_out", lambda _r: True)

    assert call().status_code == 200 and SEEN == [False]


def test_where_no_door_waits_the_block_itself_does() -> None:
    with transaction.atomic():
        plain()
        ending.let_end_at_door()

    assert connection.ending is None and not connection.connection.is_busy
    assert kept() == (1, 0, 0)


def test_a_block_that_was_undone_leaves_no_word_to_the_next_one() -> None:
    connection.ensure_connection()
    connection.has_door = True
    try:
        with transaction.atomic():
            plain()
            ending.let_end_at_door()
            transaction.set_rollback(True)
        with transaction.atomic():
            plain()
        assert connection.ending is None and not connection.connection.is_busy
    finally:
        connection.has_door = False
    assert kept() == (1, 0, 0)
