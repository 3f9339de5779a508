"""An order whose case is the same as another goes back to the hotline by what becomes of that one (6.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import transaction

from linli.cases.models import Case, CaseClock, CaseEvent
from linli.cases.services import linking
from linli.cases.testing import NOON, faults, make_report, move
from linli.cases.types.moves import At
from linli.exchange.errors import CaseNotOver, NothingToReturn
from linli.exchange.models import HotlineOrder, ReturnedResult
from linli.exchange.queries.orders import OrdersWanted, OrderView, list_orders
from linli.exchange.rules.orders import SHANGHAI
from linli.exchange.services import waiting_orders
from linli.exchange.tests.orders import TOWN, hotline_clerk
from linli.exchange.tests.test_returns import CLERK, one_order, returned, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
SAME = "同一盏路灯"


def merged_order(**more: str) -> tuple[HotlineOrder, int]:
    """An order, and the report of somebody else into which its case was merged."""
    whole, found = make_report(), one_order(**more)
    with transaction.atomic():
        linking.merge(At(found.case_id or 0), whole.number, text=SAME, actor=CLERK, now=NOON)
    return found, whole.case_id


def numbers(view: OrderView) -> list[str]:
    wanted = OrdersWanted(view, path=TOWN)
    page = list_orders(CLERK, wanted, NOON, cursor=None, limit=10)
    return [one.number for one in page.items]


def test_an_order_is_not_ended_by_being_merged_and_its_result_is_that_of_the_whole() -> None:
    found, whole = merged_order()

    with pytest.raises(NothingToReturn):
        returned()
    assert not ReturnedResult.objects.exists()
    assert numbers(OrderView.OPEN) == [found.number] and numbers(OrderView.TO_RETURN) == []
    assert rows_of(returned(with_open=True))[0]["Result"] == "being handled"
    move(whole, "accept", CLERK)
    move(whole, "finish", CLERK, public={"text": "已修好"}, facts={"evidence": 1})

    assert numbers(OrderView.TO_RETURN) == [found.number] and numbers(OrderView.OPEN) == []
    row = rows_of(returned())[0]
    assert (row["Result"], row["Solved"], row["Answer"]) == ("done", "yes", "已修好")
    assert row["Our number"] == Case.objects.get(pk=found.case_id).number
    with pytest.raises(NothingToReturn):
        returned()


def test_of_a_whole_that_became_confidential_the_hotline_is_told_no_words() -> None:
    _found, whole = merged_order()
    move(whole, "accept", CLERK)
    move(whole, "finish", CLERK, public={"text": "已修好"}, facts={"evidence": 1})
    Case.objects.filter(pk=whole).update(level=4)

    row = rows_of(returned())[0]

    assert (row["Result"], row["Answer"]) == ("done", "")


def test_of_a_whole_about_herself_a_clerk_is_told_nothing() -> None:
    """AP-07: it stays to be returned by another."""
    found, whole = merged_order()
    move(whole, "accept", CLERK)
    move(whole, "finish", CLERK, public={"text": "已修好"}, facts={"evidence": 1})
    Case.objects.filter(pk=whole).update(about_post_id=77)
    accused = replace(hotline_clerk(), posts=frozenset({77}))

    with pytest.raises(NothingToReturn):
        returned(actor=accused)

    assert rows_of(returned())[0]["Number of the order"] == found.number


def test_the_hotlines_last_moment_holds_for_the_whole() -> None:
    found, whole = merged_order(办理期限="2026-08-12 12:00")

    due = datetime(2026, 8, 12, 12, tzinfo=SHANGHAI)
    assert found.due_at == due
    assert CaseClock.objects.get(case_id=whole, key="solve").due_at == due
    other, again = merged_order(工单编号="DG202608100002", 办理期限="")
    assert other.due_at is None
    assert not CaseEvent.objects.filter(case_id=again, move="set_last").exists()
    assert faults() == []


def test_an_earlier_last_moment_of_the_whole_stays() -> None:
    first, whole = merged_order(办理期限="2026-08-12 12:00")
    later = one_order(工单编号="DG202608100002", 办理期限="2026-08-13 12:00")
    with transaction.atomic():
        number = Case.objects.get(pk=whole).number
        linking.merge(At(later.case_id or 0), number, text=SAME, actor=CLERK, now=NOON)

    assert CaseClock.objects.get(case_id=whole, key="solve").due_at == first.due_at
    assert faults() == []


def test_the_hotline_says_that_it_is_not_solved_once_the_whole_is_over() -> None:
    found, whole = merged_order()
    with pytest.raises(CaseNotOver):
        waiting_orders.ask_again(found, "还是不亮", actor=CLERK, now=NOON)
    assert Case.objects.get(pk=whole).state == "filed"
    move(whole, "accept", CLERK)
    move(whole, "finish", CLERK, public={"text": "已修好"}, facts={"evidence": 1})

    waiting_orders.ask_again(found, "还是不亮", actor=CLERK, now=NOON)

    assert Case.objects.get(pk=whole).state == "reopen_asked"
    assert faults() == []
