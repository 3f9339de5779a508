"""The database tells what changed in a queue, and again after it hung up on whoever listened."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from linli.config.news import connect
from linli.kernel.listening import News
from linli.kernel.permits import NOBODY
from linli.offerings.kinds.live_values import topic
from linli.offerings.services import tickets
from linli.offerings.tests.visit_samples import NOON, make_window
from linli.offerings.types.tickets import DrawWish

pytestmark = pytest.mark.django_db(transaction=True)
ENOUGH = 20


@pytest.fixture
def news() -> Iterator[News]:
    found = News(connect)
    found.begin()
    found.begin()
    yield found
    found.end()


def comes(condition: Callable[[], bool]) -> bool:
    """Say whether something becomes true, looked at until then."""
    until = time.monotonic() + ENOUGH
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def listeners() -> list[int]:
    """Return the backends that wait for news of this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND query ~ '^(LISTEN|SELECT 1$)'"
        )
        return [row[0] for row in cursor.fetchall()]


def test_a_ticket_is_told_to_its_own_centre_and_again_after_the_server_hung_up(news: News) -> None:
    window = make_window()
    here, elsewhere = topic(window.centre_id), topic(window.centre_id + 1)
    assert comes(news.is_heard)
    before, other = news.count(here), news.count(elsewhere)

    tickets.draw_ticket(window.centre_id, window.path, DrawWish(), actor=NOBODY, now=NOON)
    assert comes(lambda: news.count(here) != before)
    assert news.count(elsewhere) == other

    marked = news.count(here)
    (pid,) = listeners()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    assert comes(lambda: news.count(here) != marked), "what was missed meanwhile counts as changed"
    assert comes(news.is_heard) and len(listeners()) == 1

    marked = news.count(here)
    tickets.draw_ticket(window.centre_id, window.path, DrawWish(), actor=NOBODY, now=NOON)
    assert comes(lambda: news.count(here) != marked)
