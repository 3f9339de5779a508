"""Orders of the hotline become cases once, whatever list brings them (domain 6.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from linli.cases.models import Case, CaseClock, CaseEvent, PublicWords, Reporter
from linli.cases.testing import NOON, faults
from linli.cases.types.moves import At
from linli.exchange.errors import ColumnsMissing
from linli.exchange.models import HotlineOrder, OrderLine, OrderList, OrderSender
from linli.exchange.rules.orders import SHANGHAI
from linli.exchange.services import order_lists, order_runs, waiting_orders
from linli.exchange.tests.orders import (
    HEADS,
    SECOND,
    TOWN,
    VILLAGE,
    as_csv,
    checked,
    finished,
    handed_in,
    hotline_clerk,
    order,
    taken,
)  # fmt: skip
from linli.files.models import StoredFile
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.testing import client_of, make_actor, post_json
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
CLERK = hotline_clerk()


def solve_clock(case_id: int) -> CaseClock:
    return CaseClock.objects.get(case_id=case_id, key="solve")


def test_an_order_becomes_a_report_of_the_hotline_with_its_number_and_its_day() -> None:
    found = taken(as_csv(order()), CLERK)

    assert found.state == "done" and found.counts == {"rows": 1, "new": 1}
    one = HotlineOrder.objects.get()
    case = Case.objects.get()
    assert (one.number, one.case_id, one.state, one.row) == (
        "DG202608100001",
        case.pk,
        "taken",
        None,
    )
    assert (case.kind, case.channel, case.matter) == ("report", "hotline", "complaint")
    assert case.path.endswith(f"{VILLAGE}/")
    due = datetime(2026, 8, 13, 17, 30, tzinfo=SHANGHAI)
    assert (one.due_at, case.due_clock) == (due, "accept")
    clock = solve_clock(case.pk)
    assert clock.due_at == due and clock.amount <= clock.legal_amount
    assert faults() == []


def test_the_hotlines_day_never_gives_more_time_than_the_law() -> None:
    taken(as_csv(order(办理期限="2027-01-01")), CLERK)

    clock = solve_clock(Case.objects.get().pk)
    assert clock.due_at.astimezone(SHANGHAI).date().isoformat() == "2026-08-18"
    assert HotlineOrder.objects.get().due_at == datetime(2027, 1, 2, tzinfo=SHANGHAI)


def test_the_caller_is_sealed_and_her_number_covered_in_the_words() -> None:
    text = "来电人13800001234反映巷口路灯不亮，请联系楼下店主13900005678"

    taken(as_csv(order(诉求内容=text)), CLERK)

    reporter = Reporter.objects.get()
    assert reporter.phone_masked == "138****1234" and reporter.naming == "named"
    assert b"13800001234" not in bytes(reporter.contact)
    said = PublicWords.objects.get().said["text"]
    assert "13800001234" not in said and "13900005678" in said and "，请联系" in said
    assert Case.objects.get().waits_for_release
    assert "13800001234" not in str([e.details for e in Entry.objects.all()])


def test_who_asks_not_to_be_named_is_known_to_supervisors_alone() -> None:
    heads = (*HEADS, "是否保密")

    taken(as_csv(order(是否保密="是"), heads=heads), CLERK)

    assert Reporter.objects.get().naming == "withheld"


def test_the_same_order_twice_does_nothing() -> None:
    taken(as_csv(order()), CLERK)
    seq = Case.objects.get().seq

    again = taken(as_csv(order(), order()), CLERK)

    assert again.counts == {"rows": 2, "known": 2}
    assert Case.objects.get().seq == seq and HotlineOrder.objects.count() == 1


def test_changed_words_are_a_correction_of_the_same_case_once() -> None:
    taken(as_csv(order()), CLERK)
    changed = as_csv(order(诉求内容="巷口路灯不亮，昨晚有人摔倒"))

    for expected in ({"rows": 1, "changed": 1}, {"rows": 1, "known": 1}):
        assert taken(changed, CLERK).counts == expected

    case = Case.objects.get()
    event = CaseEvent.objects.get(case=case, move="add_words")
    assert event.facts["correction"] == 1 and event.by == "reporter"
    assert "昨晚有人摔倒" in PublicWords.objects.get(event=event).said["text"]
    assert faults() == []


def test_a_changed_day_moves_the_promise_and_says_so() -> None:
    first = taken(as_csv(order()), CLERK)
    assert first.counts == {"rows": 1, "new": 1}

    taken(as_csv(order(办理期限="2026-08-12 12:00")), CLERK)

    case, due = Case.objects.get(), datetime(2026, 8, 12, 12, tzinfo=SHANGHAI)
    assert solve_clock(case.pk).due_at == due and HotlineOrder.objects.get().due_at == due
    assert CaseEvent.objects.filter(case=case, move="set_last").count() == 2
    assert not CaseEvent.objects.filter(case=case, move="add_words").exists()
    assert faults() == []


def test_more_time_is_for_the_hotline_to_give() -> None:
    from linli.cases.errors import SetElsewhere
    from linli.cases.services.extending import extend

    taken(as_csv(order()), CLERK)
    case = Case.objects.get()

    with pytest.raises(SetElsewhere), transaction.atomic():
        extend(At(case.pk), "solve", 2, reason="大", actor=CLERK, now=NOON)

    assert solve_clock(case.pk).extensions == []


def test_words_after_the_end_are_kept_and_somebody_looks() -> None:
    case = finished(CLERK)

    found = taken(as_csv(order(诉求内容="路灯又不亮了")), CLERK)

    assert found.counts == {"rows": 1, "over": 1}
    one = HotlineOrder.objects.get()
    assert one.needs_look and Case.objects.get().state == case.state
    looked = f"/api/v1/hotline/orders/{one.number}/looked"
    assert post_json(client_of(make_actor("away")), looked).status_code in (403, 404)
    assert post_json(client_of(CLERK), looked).json()["needs_look"] is False
    assert not HotlineOrder.objects.get().needs_look


def test_an_order_sent_again_asks_to_take_its_case_up_again() -> None:
    finished(CLERK)
    heads = (*HEADS, "是否重办")

    found = taken(as_csv(order(诉求内容="路灯又不亮了", 是否重办="是"), heads=heads), CLERK)

    assert found.counts == {"rows": 1, "again": 1}
    assert Case.objects.get().state == "reopen_asked"
    again = taken(as_csv(order(诉求内容="路灯又不亮了", 是否重办="是"), heads=heads), CLERK)
    assert again.counts == {"rows": 1, "known": 1}


def test_a_place_that_only_words_name_is_suggested_and_waits() -> None:
    name = Case.objects.model._meta.label and make_village(VILLAGE).name
    row = order(village="", 事发地址=f"{name}大道12号")

    found = taken(as_csv(row), CLERK)

    assert found.counts == {"rows": 1, "suggested": 1}
    one = HotlineOrder.objects.get()
    assert (one.state, one.hint) == ("waiting", VILLAGE) and not Case.objects.exists()
    assert "大道12号".encode() not in bytes(one.row)
    assert OrderLine.objects.get(is_dry=False).place == VILLAGE
    waiting_orders.place_orders({one.pk: SECOND}, actor=CLERK, now=NOON)
    assert Case.objects.get().path.endswith(f"{SECOND}/")
    assert HotlineOrder.objects.get().row is None


def test_who_saw_the_suggestions_may_take_the_list_by_them() -> None:
    name = make_village(VILLAGE).name

    taken(as_csv(order(village="", 事发地址=f"{name}大道12号"), order(工单编号="DG202608100002", village="")),
          CLERK, by_words=True)  # fmt: skip

    assert Case.objects.count() == 1
    assert HotlineOrder.objects.get(number="DG202608100002").fate == "unclear"


def test_an_accusation_waits_for_a_person_whatever_the_list_calls_it() -> None:
    """AP-07: it must not reach the accused, and a list may have no column for kinds."""
    taken(
        as_csv(
            order(诉求类型="投诉", 诉求内容="举报村主任何伟明贪污受贿"),
            order(工单编号="DG202608100002", 诉求类型="", 诉求内容="控告副镇长"),
        ),
        CLERK,
        by_words=True,
    )

    assert set(HotlineOrder.objects.values_list("fate", "state")) == {("look", "waiting")}
    assert not Case.objects.exists()


def test_a_list_that_says_anew_what_accuses_takes_the_case_from_its_post() -> None:
    post = make_holding(make_post(make_organisation(at=make_village(VILLAGE)))).post_id
    taken(as_csv(order()), CLERK)
    assert Case.objects.get().offered_post_id == post

    taken(as_csv(order(诉求内容="举报村书记贪污路灯的钱")), CLERK)

    case = Case.objects.get()
    assert (case.offered_post_id, case.lead_post_id) == (None, None)
    assert faults() == []


def test_an_order_that_waits_and_says_anew_what_accuses_is_read_first() -> None:
    taken(as_csv(order(village="")), CLERK)
    assert HotlineOrder.objects.get().fate == "unclear"

    taken(as_csv(order(village="", 诉求内容="举报村书记贪污")), CLERK)

    one = HotlineOrder.objects.get()
    assert (one.fate, one.state) == ("look", "waiting")


def test_a_tip_off_waits_and_an_accusation_of_an_official_leaves_nothing() -> None:
    taken(as_csv(order(诉求类型="举报", 诉求内容="举报某某干部")), CLERK)
    one = HotlineOrder.objects.get()
    assert (one.fate, one.state) == ("look", "waiting")

    waiting_orders.lead_away(one, actor=CLERK, now=NOON)

    one.refresh_from_db()
    assert (one.state, one.row, one.case_id) == ("led_away", None, None)
    assert Entry.objects.filter(verb="cases.accusation_referred").count() == 1
    assert (
        taken(as_csv(order(诉求类型="举报", 诉求内容="举报某某干部，补充")), CLERK).counts["known"]
        == 1
    )


def test_a_later_list_holds_for_an_order_that_still_waits() -> None:
    taken(as_csv(order(village="")), CLERK)

    taken(as_csv(order(village="", 诉求内容="两盏路灯不亮", 办理期限="")), CLERK)

    one = HotlineOrder.objects.get()
    waiting_orders.place_orders({one.pk: VILLAGE}, actor=CLERK, now=NOON)
    assert PublicWords.objects.get().said["text"] == "两盏路灯不亮"
    assert HotlineOrder.objects.get().due_at == datetime(2026, 8, 13, 17, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"工单编号": ""}, "number", "missing"),
        ({"工单编号": "2.02608E+15"}, "number", "lost_digits"),
        ({"工单编号": "无号"}, "number", "no_number"),
        ({"诉求内容": "！！！"}, "text", "missing"),
        ({"诉求内容": "灯" * 5001}, "text", "too_long"),
        ({"诉求类型": "其他"}, "matter", "unknown"),
        ({"来电号码": "12"}, "phone", "no_phone"),
        ({"办理期限": "尽快"}, "due_at", "no_moment"),
        ({"办理期限": "2026-08-13 25:00"}, "due_at", "no_moment"),
        ({"village": "441900006001"}, "place", "place_outside"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_nothing_comes_of_it(
    change: dict[str, str], field: str, code: str
) -> None:
    make_village("441900006001")

    found = taken(as_csv(order(**change)), CLERK)

    assert found.counts["refused"] == 1
    line = OrderLine.objects.get(is_dry=False)
    assert line.faults == [[field, code]]
    assert not Case.objects.exists() and not HotlineOrder.objects.exists()


def test_a_number_with_other_words_in_the_same_list_is_refused() -> None:
    found = taken(as_csv(order(), order(诉求内容="另一件事")), CLERK)

    assert (found.counts["new"], found.counts["refused"]) == (1, 1)
    assert Case.objects.count() == 1


def test_an_order_of_another_town_is_not_touched() -> None:
    taken(as_csv(order()), CLERK)
    other = hotline_clerk("441900/441900006/")
    make_village("441900006001")

    content = as_csv(order(village="441900006001", 诉求内容="x1"))
    found = checked(content, other, place="441900/441900006/")

    assert found.counts["refused"] == 1
    assert OrderLine.objects.get(of=found).faults == [["number", "elsewhere"]]


def test_the_dry_run_leaves_no_trace_and_says_what_comes() -> None:
    name = make_village(VILLAGE).name
    rows = (
        order(),
        order(工单编号="DG2", 诉求类型="x"),
        order(工单编号="DG202608100003", village="", 事发地址=name),
    )

    found = checked(as_csv(*rows), CLERK)

    assert found.counts == {
        "rows": 3, "new": 1, "refused": 1, "suggested": 1, "fault:no_number": 1, "fault:unknown": 1,
    }  # fmt: skip
    assert not Case.objects.exists() and not HotlineOrder.objects.exists()
    assert OrderLine.objects.filter(is_dry=True).count() == 2
    assert all("路灯".encode() not in bytes(row.cells) for row in OrderLine.objects.all())


def test_columns_are_remembered_for_the_sender() -> None:
    heads = ("单号", "类", "说了什么")
    content = "\n".join([",".join(heads), "DG202608100001,投诉,灯不亮"]).encode()
    found = handed_in(content, CLERK)
    assert found.mapping == {}
    with pytest.raises(ColumnsMissing):
        order_lists.map_columns(found, {"number": 0}, actor=CLERK, now=NOON)

    order_lists.map_columns(found, {"number": 0, "matter": 1, "text": 2}, actor=CLERK, now=NOON)

    assert OrderSender.objects.get().name == "市12345"
    assert handed_in(content, CLERK).mapping == {"number": 0, "matter": 1, "text": 2}


def test_a_run_that_was_broken_off_goes_on_behind_its_last_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(order_runs, "STEP", 2)
    rows = [order(工单编号=f"DG20260810000{n}", 诉求内容=f"第{n}盏灯") for n in range(5)]
    found = checked(as_csv(*rows), CLERK)

    class Off(Exception):
        pass

    def dies(done: int) -> None:
        if done >= 4:
            raise Off

    with pytest.raises(Off):
        order_runs.take_list(found, actor=CLERK, now=NOON, say=dies)
    assert OrderList.objects.get().taken == 4 and Case.objects.count() == 4

    found = order_runs.take_list(OrderList.objects.get(), actor=CLERK, now=NOON)

    assert found.counts == {"rows": 5, "new": 5} and Case.objects.count() == 5
    assert not StoredFile.objects.filter(state="kept").exists()
    with pytest.raises(WrongState):
        order_runs.take_list(found, actor=CLERK, now=NOON)


def test_one_refused_by_the_engine_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from linli.exchange.services import taking_orders

    real = taking_orders.file_report

    def picky(filing: Any, **more: Any) -> Any:
        if "坏" in filing.text:
            raise Invalid({"text": ["no"]})
        return real(filing, **more)

    monkeypatch.setattr(taking_orders, "file_report", picky)

    found = taken(as_csv(order(), order(工单编号="DG202608100002", 诉求内容="坏")), CLERK)

    assert (found.counts["new"], found.counts["refused"]) == (1, 1)
    assert HotlineOrder.objects.get().number == "DG202608100001"


def test_a_list_is_for_who_deals_with_the_hotline_there() -> None:
    for stranger in (make_actor("clerk", at=TOWN), hotline_clerk("441900/441900006/")):
        with pytest.raises(NotAllowed):
            handed_in(as_csv(order()), stranger)
    found = checked(as_csv(order()), CLERK)
    with pytest.raises(NotAllowed):
        order_runs.take_list(found, actor=hotline_clerk("441900/441900006/"), now=NOON)

    assert not Case.objects.exists() and OrderList.objects.count() == 1


def test_a_list_that_is_put_away_is_erased() -> None:
    found = checked(as_csv(order()), CLERK)

    order_lists.drop_list(found, actor=CLERK, now=NOON)

    assert not StoredFile.objects.filter(state="kept").exists()
    with pytest.raises(WrongState):
        order_lists.start_run(OrderList.objects.get(), by_words=False, actor=CLERK, now=NOON)
    assert not Case.objects.exists()
