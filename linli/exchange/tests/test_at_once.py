"""Two who bring in the same orders at once, each with a connection and commits of their own."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from linli.cases.models import Case, CaseEvent
from linli.cases.testing import NOON, faults
from linli.exchange import permits
from linli.exchange.errors import ListTakenOver
from linli.exchange.models import HotlineOrder, OrderList, PostedRequest
from linli.exchange.queries.judging import Judge
from linli.exchange.services import order_lists, order_runs, posting
from linli.exchange.tests.orders import as_csv, checked, hotline_clerk, order
from linli.exchange.types import Posted
from linli.kernel.errors import WrongState
from linli.kernel.testing import make_actor
from linli.runtime.testing import Elsewhere

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("town")]
CLERK, COLLEAGUE = hotline_clerk(), hotline_clerk(label="colleague")


def take(found: OrderList) -> OrderList:
    return order_runs.take_list(OrderList.objects.get(pk=found.pk), actor=COLLEAGUE, now=NOON)


def test_the_same_order_in_two_lists_at_once_is_one_case() -> None:
    mine, other = checked(as_csv(order()), CLERK), checked(as_csv(order()), COLLEAGUE)
    assert mine.counts == other.counts == {"rows": 1, "new": 1}
    with transaction.atomic():
        order_runs.take_list(mine, actor=CLERK, now=NOON)
        elsewhere = Elsewhere(lambda: take(other))
        assert elsewhere.is_waiting() and HotlineOrder.objects.count() == 1

    assert elsewhere.result().counts == {"rows": 1, "known": 1}
    assert Case.objects.count() == HotlineOrder.objects.count() == 1 and faults() == []


def test_other_words_in_the_later_of_two_are_a_correction_of_the_one_case() -> None:
    mine = checked(as_csv(order()), CLERK)
    other = checked(as_csv(order(诉求内容="两盏路灯不亮", 来电号码="13900005678")), COLLEAGUE)
    with transaction.atomic():
        order_runs.take_list(mine, actor=CLERK, now=NOON)
        elsewhere = Elsewhere(lambda: take(other))
        assert elsewhere.is_waiting()

    assert elsewhere.result().counts == {"rows": 1, "changed": 1}
    moves = list(CaseEvent.objects.order_by("seq").values_list("move", flat=True))
    assert Case.objects.count() == 1 and faults() == []
    assert moves.count("add_words") == moves.count("set_contact") == moves.count("open") == 1


def test_what_the_first_of_two_takes_back_the_second_takes() -> None:
    mine, other = checked(as_csv(order()), CLERK), checked(as_csv(order()), COLLEAGUE)
    with transaction.atomic():
        order_runs.take_list(mine, actor=CLERK, now=NOON)
        elsewhere = Elsewhere(lambda: take(other))
        assert elsewhere.is_waiting()
        transaction.set_rollback(True)

    assert elsewhere.result().counts == {"rows": 1, "new": 1}
    assert Case.objects.count() == HotlineOrder.objects.count() == 1
    assert OrderList.objects.get(pk=mine.pk).state == "checked"


def test_one_list_that_two_workers_take_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_runs, "STEP", 2)
    rows = [order(工单编号=f"DG20260810000{n}", 诉求内容=f"第{n}盏灯") for n in range(5)]
    found = checked(as_csv(*rows), CLERK)

    came: list[Any] = []
    for one in [Elsewhere(lambda: take(found)) for _ in range(2)]:
        try:
            came.append(one.result().state)
        except (ListTakenOver, WrongState) as refused:
            came.append(refused.code)

    assert "done" in came and len(set(came)) == 2
    found.refresh_from_db()
    assert (found.state, found.counts) == ("done", {"rows": 5, "new": 5})
    assert Case.objects.count() == HotlineOrder.objects.count() == 5 and faults() == []


def test_a_run_that_begins_as_another_ends_leaves_the_list_done() -> None:
    found = checked(as_csv(order()), CLERK)
    with transaction.atomic():
        order_runs.take_list(found, actor=CLERK, now=NOON)
        stale = Elsewhere(lambda: take(found))
        assert stale.is_waiting()

    with pytest.raises(WrongState):
        stale.result()
    assert OrderList.objects.get().state == "done" and Case.objects.count() == 1


def test_a_check_of_columns_that_were_named_anew_meanwhile_counts_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = checked(as_csv(order()), CLERK)
    real = Judge.judged

    def slow(self: Judge, lines: Any) -> Any:
        yield from real(self, lines)
        fewer = {"number": found.mapping["number"], "text": found.mapping["text"]}
        Elsewhere(lambda: order_lists.map_columns(found, fewer, actor=COLLEAGUE, now=NOON)).result()

    monkeypatch.setattr(Judge, "judged", slow)

    with pytest.raises(ListTakenOver):
        order_runs.check_list(found, actor=CLERK, now=NOON)
    found.refresh_from_db()
    assert (found.state, found.counts) == ("mapped", {})


def test_a_check_that_ends_after_the_run_began_does_not_stop_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = checked(as_csv(order()), CLERK)
    real = Judge.judged

    def slow(self: Judge, lines: Any) -> Any:
        yield from real(self, lines)
        begin = OrderList.objects.filter(pk=found.pk).update
        Elsewhere(lambda: begin(state="running")).result()

    monkeypatch.setattr(Judge, "judged", slow)

    with pytest.raises(WrongState):
        order_runs.check_list(found, actor=CLERK, now=NOON)
    assert OrderList.objects.get().state == "running"


def test_one_sending_of_a_program_twice_at_once_is_one_request_with_one_receipt() -> None:
    poster = make_actor("other system", permits.REPORT, at="441900/", account_id=7)
    sent = Posted("other", description="路灯不亮", address_id="441900005001", once="a-1")

    with transaction.atomic():
        first = posting.post_request(sent, actor=poster, now=NOON)
        again = Elsewhere(lambda: posting.post_request(sent, actor=poster, now=NOON))
        assert again.is_waiting()

    second = again.result()
    assert (second.number, second.token) == (first.number, first.token)
    assert Case.objects.count() == PostedRequest.objects.count() == 1
