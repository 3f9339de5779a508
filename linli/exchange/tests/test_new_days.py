"""重办: an order that comes again for a case that was over brings a new day, which its new round runs by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from linli.cases.models import Case, CaseClock, CaseEvent
from linli.cases.services.perform import perform
from linli.cases.testing import NOON, faults
from linli.cases.types.moves import Wish
from linli.exchange import tasks
from linli.exchange.models import HotlineOrder
from linli.exchange.services.taking_orders import renew_last_moment
from linli.exchange.tasks import ORDERS
from linli.exchange.tests.orders import HEADS, as_csv, finished, hotline_clerk, order, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
CLERK = hotline_clerk()
AGAIN = (*HEADS, "是否重办")
# the order was due on the 13th; it comes again on the 17th and is due on the 19th
BACK, NEW_DAY = NOON + timedelta(days=7), "2026-08-19 17:30"


def come_again(**more: str) -> dict[str, int]:
    row = order(诉求内容="又不亮了", 是否重办="是", **{"办理期限": NEW_DAY, **more})
    return dict(taken(as_csv(row, heads=AGAIN), CLERK, now=BACK).counts)


def reopen() -> None:
    case = Case.objects.get()
    with transaction.atomic():
        perform(Wish(case.pk, "reopen"), actor=replace(CLERK, account_id=2), now=BACK)


def solve() -> CaseClock:
    return CaseClock.objects.get(key="solve", cycle=2)


def test_the_new_day_is_kept_while_it_is_decided_and_holds_once_it_is_taken_up_again() -> None:
    finished(CLERK)
    assert come_again() == {"rows": 1, "again": 1}
    kept = HotlineOrder.objects.get()
    assert kept.due_at is not None and kept.due_at.isoformat() == "2026-08-19T09:30:00+00:00"

    reopen()
    usual = solve().due_at
    renewed = [renew_last_moment(kept.case_id or 0, actor=ORDERS, now=BACK) for _ in range(2)]

    assert usual > kept.due_at and solve().due_at == kept.due_at
    assert renewed[0] and CaseEvent.objects.filter(move="set_last").count() == 2
    assert faults() == []


def test_the_same_row_is_known_and_another_day_is_noted_while_reopening_is_asked() -> None:
    finished(CLERK)
    come_again()

    assert come_again() == {"rows": 1, "known": 1}
    assert come_again(办理期限="2026-08-20 17:30") == {"rows": 1, "changed": 1}

    assert str(HotlineOrder.objects.get().due_at).startswith("2026-08-20 09:30")
    assert Case.objects.get().state == "reopen_asked"
    assert faults() == []


def test_it_follows_the_reopening_and_a_day_that_is_past_is_no_last_moment() -> None:
    finished(CLERK)
    come_again(办理期限="2026-08-14 17:30")
    reopen()
    before = solve().due_at

    assert not renew_last_moment(Case.objects.get().pk, actor=ORDERS, now=BACK)

    assert solve().due_at == before


def test_taking_an_order_up_again_asks_for_its_new_day(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(tasks.renew_last_moment, "defer", lambda case_id: asked.append(case_id))
    finished(CLERK)
    come_again()

    with django_capture_on_commit_callbacks(execute=True):
        reopen()

    assert asked == [Case.objects.get().pk]
