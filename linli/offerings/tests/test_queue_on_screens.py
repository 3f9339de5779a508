"""What the bench `queue` looks for on a screen is what a screen says of a called ticket."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.bench.queue_bench import CALLED
from linli.kernel.permits import NOBODY
from linli.kernel.testing import stop_clock
from linli.offerings.services import tickets
from linli.offerings.tests.visit_samples import KEEPER, NOON, make_window
from linli.offerings.types.tickets import DrawWish

pytestmark = pytest.mark.django_db


def test_a_called_ticket_is_found_by_its_handle(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch, NOON)
    window = make_window()
    drawn = tickets.draw_ticket(window.centre_id, window.path, DrawWish(), actor=NOBODY, now=NOON)
    where = f"/live/zh-hans/queue/{window.centre.organisation.code}"
    before = CALLED.findall(Client().get(where).content)

    called = tickets.call_next(window, actor=KEEPER, now=NOON)

    assert called is not None and called.pk == drawn.pk
    assert before == []
    assert CALLED.findall(Client().get(where).content) == [called.handle.encode()]
