"""An order whose case is the same as another goes back to the hotline by what becomes of that one (6.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from linli.cases.models import Case, CaseClock, CaseEvent, PublicWords
from linli.cases.services import linking
from linli.cases.testing import NOON, faults, make_report, move
from linli.cases.tests.test_accusing import ACCUSES
from linli.cases.types.moves import At
from linli.exchange.errors import CaseNotOver, NothingToReturn
from linli.exchange.models import HotlineOrder, ReturnedResult
from linli.exchange.queries.orders import (
    OrdersWanted,
    OrderView,
    list_orders,
    orders_of_matter,
    results,
)
from linli.exchange.rules.orders import SHANGHAI
from linli.exchange.services import waiting_orders
from linli.exchange.services.taking_orders import renew_last_moment
from linli.exchange.tasks import ORDERS
from linli.exchange.tests.orders import HEADS, TOWN, as_csv, hotline_clerk, order, taken
from linli.exchange.tests.test_returns import CLERK, one_order, returned, rows_of
from linli.kernel.testing import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
SAME = "同一盏路灯"
AGAIN = (*HEADS, "是否重办")


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


def told_of(found: HotlineOrder) -> tuple[str, str]:
    """Return what became of an order, and the words of the office for its caller."""
    result = results(CLERK, [found])[found.pk]
    return str(result.outcome), result.words


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


def test_words_to_the_first_reporter_before_the_order_was_merged_do_not_reach_its_caller() -> None:
    whole, found = make_report(), one_order()
    move(whole.case_id, "accept", CLERK)
    move(whole.case_id, "answer", CLERK, public={"text": "王阿姨，我们给您打电话。"})
    later = NOON + timedelta(hours=1)
    with transaction.atomic():
        linking.merge(At(found.case_id or 0), whole.number, text=SAME, actor=CLERK, now=later)

    assert told_of(found) == ("answered", "")
    api = client_of(CLERK).get(f"/api/v1/hotline/orders/{found.number}/").content.decode()
    assert "王阿姨" not in api
    row = rows_of(returned())[0]
    assert row["Answer"] == "" and row["Answered"]

    # what everybody reads the caller is told too, as it is shown
    words = PublicWords.objects.filter(case_id=whole.case_id, event__move="answer")
    words.update(shown="■■，我们给您打电话。", shown_nonce=b"n" * 16, released_at=later)
    assert told_of(found) == ("answered", "■■，我们给您打电话。")
    words.update(shown=None, shown_nonce=None, released_at=None)

    done = {"public": {"text": "已修好"}, "facts": {"evidence": 1}}
    move(whole.case_id, "finish", CLERK, now=later, **done)
    assert told_of(found) == ("done", "已修好")


def test_words_of_a_whole_about_an_official_reach_no_caller() -> None:
    """AP-07: the hotline cannot tell whether it is she who calls."""
    found, whole = merged_order()
    move(whole, "accept", CLERK)
    move(whole, "finish", CLERK, public={"text": "已修好"}, facts={"evidence": 1})
    assert told_of(found) == ("done", "已修好")

    Case.objects.filter(pk=whole).update(about_post_id=77)

    assert told_of(found) == ("done", "")


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


def come_again(at: datetime = NOON, **more: str) -> dict[str, int]:
    return dict(taken(as_csv(order(**more), heads=AGAIN), CLERK, now=at).counts)


def solve_of(whole: int, cycle: int = 1) -> CaseClock:
    return CaseClock.objects.get(case_id=whole, key="solve", cycle=cycle)


def test_a_new_day_and_new_words_of_a_merged_order_reach_what_is_at_work() -> None:
    found, whole = merged_order()
    new = datetime(2026, 8, 12, 17, 30, tzinfo=SHANGHAI)

    assert come_again(办理期限="2026-08-12 17:30") == {"rows": 1, "changed": 1}
    assert solve_of(whole).due_at == new == HotlineOrder.objects.get().due_at
    assert come_again(办理期限="2026-08-12 17:30") == {"rows": 1, "known": 1}
    told = {"办理期限": "2026-08-12 17:30", "诉求内容": "整条巷子都不亮"}
    assert come_again(**told) == {"rows": 1, "changed": 1}

    said = PublicWords.objects.filter(case_id=found.case_id, is_by_reporter=True).latest("pk")
    assert "整条巷子都不亮" in str(said.said)
    assert not HotlineOrder.objects.get().needs_look
    assert faults() == []


def test_of_two_orders_of_one_matter_the_earlier_day_counts() -> None:
    _first, whole = merged_order(办理期限="2026-08-12 12:00")
    later = one_order(工单编号="DG202608100002", 办理期限="2026-08-13 12:00")
    with transaction.atomic():
        number = Case.objects.get(pk=whole).number
        linking.merge(At(later.case_id or 0), number, text=SAME, actor=CLERK, now=NOON)

    assert come_again(办理期限="2026-08-14 12:00") == {"rows": 1, "changed": 1}

    assert solve_of(whole).due_at == later.due_at
    assert faults() == []


def test_taken_up_again_the_whole_runs_by_the_new_day_of_the_order() -> None:
    found, whole = merged_order()
    move(whole, "accept", CLERK)
    move(whole, "finish", CLERK, public={"text": "已修好"}, facts={"evidence": 1})
    back = NOON + timedelta(days=7)
    again = {"诉求内容": "又不亮了", "是否重办": "是", "办理期限": "2026-08-19 17:30"}
    assert come_again(back, **again) == {"rows": 1, "again": 1}
    assert Case.objects.get(pk=whole).state == "reopen_asked"
    move(whole, "reopen", replace(CLERK, account_id=2), now=back)

    renewed = [renew_last_moment(whole, actor=ORDERS, now=back) for _ in range(2)]

    assert renewed[0] and solve_of(whole, 2).due_at == HotlineOrder.objects.get().due_at
    assert CaseEvent.objects.filter(case_id=whole, move="set_last", cycle=2).count() == 1
    assert orders_of_matter(whole).get() == found
    assert faults() == []


@pytest.mark.parametrize("is_over", [True, False])
def test_accusing_words_of_a_merged_order_are_kept_and_a_person_looks(is_over: bool) -> None:
    """AP-07: they stay with the order's own case, away from whom they accuse."""
    found, whole = merged_order()
    move(whole, "accept", CLERK)
    if is_over:
        move(whole, "finish", CLERK, public={"text": "已修好"}, facts={"evidence": 1})
    before = Case.objects.get(pk=whole).state

    counts = come_again(**{"诉求内容": ACCUSES, "是否重办": "是"})

    assert counts == {"rows": 1, "again" if is_over else "changed": 1}
    assert HotlineOrder.objects.get().needs_look
    said = PublicWords.objects.filter(case_id=found.case_id, is_by_reporter=True).latest("pk")
    assert ACCUSES in str(said.said)
    assert Case.objects.get(pk=whole).state == before
    assert faults() == []
