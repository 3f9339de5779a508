"""What goes back to the hotline: results, once each; and orders that are not ours (domain 6.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from python_calamine import CalamineWorkbook

from linli.access.testing import actor_for, make_post, make_staff
from linli.cases import permits as case_permits
from linli.cases.models import Case, CaseClock, CaseEvent, InternalWords, PublicWords
from linli.cases.services import assigning, following, sent_here
from linli.cases.services.perform import perform
from linli.cases.testing import NOON, faults
from linli.cases.types.moves import At, Given, To, Wish
from linli.exchange import permits
from linli.exchange.errors import (
    AskedAlready,
    CaseNotOver,
    NotACase,
    NothingToReturn,
    TooLateToReturn,
    WordsNeeded,
)
from linli.exchange.models import HandBack, HotlineOrder, ResultFile, ReturnedResult
from linli.exchange.rules.orders import SHANGHAI
from linli.exchange.services import hand_backs, results, waiting_orders
from linli.exchange.tests.orders import TOWN, VILLAGE, as_csv, hotline_clerk, order, taken
from linli.files import queries as stored
from linli.files import services as files
from linli.kernel.errors import NotAllowed, NotFound, WrongState
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor
from linli.orgs import testing as orgs
from linli.places.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
CLERK = hotline_clerk()
DISPATCHER = make_actor("dispatcher", case_permits.SEE, case_permits.DISPATCH, at=TOWN)
HOUR = timedelta(hours=1)


def one_order(**more: str) -> HotlineOrder:
    taken(as_csv(order(**more)), CLERK)
    return HotlineOrder.objects.get(number=more.get("工单编号", "DG202608100001"))


def step(
    found: HotlineOrder, name: str, words: str = "", *, now: datetime = NOON, **facts: Any
) -> None:
    given = Given(public={"text": words} if words else None, facts=facts)
    with transaction.atomic():
        # another than who handled it decides whether it is taken up again
        actor = replace(CLERK, account_id=2) if name == "reopen" else CLERK
        perform(Wish(found.case_id or 0, name, given), actor=actor, now=now)


def returned(*, with_open: bool = False, actor: Actor = CLERK, now: datetime = NOON) -> ResultFile:
    return results.write_results(
        place=TOWN, with_open=with_open, language="en", actor=actor, now=now
    )


def rows_of(made: ResultFile) -> list[dict[str, str]]:
    """Read a file as the hotline would."""
    kept = stored.get_file(CLERK, made.file_code)
    book = CalamineWorkbook.from_filelike(BytesIO(files.read_content(kept, actor=CLERK, now=NOON)))
    rows = book.get_sheet_by_index(0).to_python()
    at = next(n for n, row in enumerate(rows) if "Number of the order" in row)
    return [dict(zip(map(str, rows[at]), map(str, row), strict=False)) for row in rows[at + 1 :]]


def test_a_result_says_what_became_of_an_order_in_the_words_of_the_answer() -> None:
    done, refused = one_order(), one_order(工单编号="DG202608100002", 诉求内容="门牌改名")
    one_order(工单编号="DG202608100003", 诉求内容="还在办")
    step(done, "accept")
    step(done, "finish", "=已修好", now=NOON + HOUR, evidence=1)
    step(refused, "refuse", "依规定不能改", basis=1)

    made = returned(now=NOON + 2 * HOUR)

    rows = {row["Number of the order"]: row for row in rows_of(made)}
    assert set(rows) == {done.number, refused.number}
    assert rows[done.number]["Answer"] == "=已修好" and rows[done.number]["Solved"] == "yes"
    assert rows[refused.number]["Result"] == "refused on good grounds"
    assert rows[done.number]["Accepted"] and rows[done.number]["Ended"]
    marked = ReturnedResult.objects.get(order=done)
    assert (marked.file_id, marked.outcome, marked.cycle) == (made.pk, "done", 1)
    done.refresh_from_db()
    assert (done.told_outcome, done.told_at) == ("done", NOON + 2 * HOUR)


def test_what_was_returned_is_not_returned_again_until_it_changes() -> None:
    found = one_order()
    with pytest.raises(NothingToReturn):
        returned()
    step(found, "accept")
    step(found, "answer", "正在处理")
    returned()
    with pytest.raises(NothingToReturn):
        returned()
    step(found, "finish", "已修好", evidence=1)

    again = returned()

    assert [row.outcome for row in ReturnedResult.objects.order_by("pk")] == ["answered", "done"]
    assert again.rows == 1


def test_after_a_reopening_the_new_result_is_returned() -> None:
    found = one_order()
    step(found, "accept")
    step(found, "finish", "已修好", evidence=1)
    returned()
    following.ask_to_reopen(At(found.case_id or 0), "还是不亮", actor=CLERK, now=NOON)
    step(found, "reopen")
    with pytest.raises(NothingToReturn):
        returned()
    step(found, "finish", "换了新灯", evidence=1)

    made = returned()

    assert rows_of(made)[0]["Answer"] == "换了新灯"
    assert [row.cycle for row in ReturnedResult.objects.order_by("pk")] == [1, 2]


def test_those_at_work_are_told_if_asked_for_and_their_end_later() -> None:
    found = one_order()
    made = returned(with_open=True)
    assert rows_of(made)[0]["Result"] == "being handled"
    step(found, "accept")
    step(found, "finish", "已修好", evidence=1)

    assert rows_of(returned())[0]["Result"] == "done"


def test_a_file_holds_no_case_that_its_maker_may_not_see() -> None:
    found = one_order()
    step(found, "accept")
    step(found, "finish", "已修好", evidence=1)
    blind = make_actor("no cases", permits.HOTLINE, at=TOWN)

    with pytest.raises(NothingToReturn):
        returned(actor=blind)
    with pytest.raises(NotAllowed):
        returned(actor=hotline_clerk("441900/441900006/"))
    assert not ResultFile.objects.exists() and not ReturnedResult.objects.exists()


def test_the_file_names_nobody() -> None:
    found = one_order(来电人="陈小姐", 来电号码="13800001234")
    step(found, "accept")
    step(found, "finish", "已修好", evidence=1)

    assert "陈小姐" not in str(rows_of(returned())) and "1380000" not in str(
        rows_of(ResultFile.objects.get())
    )


def asked(found: HotlineOrder, *, now: datetime = NOON + HOUR, actor: Actor = CLERK) -> HandBack:
    return hand_backs.ask_hand_back(
        found, reason="供水由市水务负责", body="市水务集团", actor=actor, now=now
    )


def solve(found: HotlineOrder) -> CaseClock:
    return CaseClock.objects.get(case_id=found.case_id, key="solve")


def test_an_order_that_is_not_ours_is_asked_to_be_taken_back_while_its_time_goes_on() -> None:
    found = one_order()
    before = solve(found)

    one = asked(found)

    assert one.state == "applied" and one.law == {"term": "hotline.return_apply", "stops": False}
    assert one.ask_until.astimezone(SHANGHAI).date().isoformat() == "2026-08-12"
    clock = solve(found)
    assert (clock.state, clock.due_at) == ("running", before.due_at)
    event = CaseEvent.objects.get(case_id=found.case_id, move="ask_return")
    assert "市水务集团" in InternalWords.objects.get(event=event).said["reason"]
    assert not PublicWords.objects.filter(event=event).exists()
    with pytest.raises(AskedAlready):
        asked(found)
    assert HandBack.objects.count() == 1


def test_taken_back_the_case_ends_as_referred() -> None:
    found = one_order()

    one = hand_backs.accept_return(
        asked(found), words="已转市水务集团办理", actor=CLERK, now=NOON + 2 * HOUR
    )

    assert one.state == "accepted" and one.decided_at == NOON + 2 * HOUR
    case = Case.objects.get()
    assert (case.state, case.is_open) == ("referred", False)
    assert solve(found).state == "void"
    made = returned(now=NOON + 3 * HOUR)
    row = rows_of(made)[0]
    assert (row["Result"], row["Asked to take back"]) == (
        "referred to who is in charge", "taken back by the hotline",
    )  # fmt: skip
    assert HandBack.objects.get().file == made
    assert faults() == []


def moved(found: HotlineOrder, how: str) -> None:
    """Let a case go another way while the hotline thinks about its order."""
    if how == "withdrawn":
        following.withdraw_report(At(found.case_id or 0), actor=CLERK, now=NOON + HOUR)
        return
    step(found, "accept", now=NOON + HOUR)
    if how == "asked_back":
        step(found, "ask_back", "哪一户？", now=NOON + HOUR)
        return
    step(found, "finish", "已修好", evidence=1, now=NOON + HOUR)


@pytest.mark.parametrize("how", ["asked_back", "done", "withdrawn"])
def test_that_the_hotline_took_it_back_is_noted_wherever_the_case_went_meanwhile(how: str) -> None:
    found = one_order()
    one = asked(found)
    moved(found, how)

    one = hand_backs.accept_return(one, words="已转市水务集团", actor=CLERK, now=NOON + 2 * HOUR)

    assert one.state == "accepted"
    # what was only asked back goes to who is in charge; what is settled or over stays so
    assert Case.objects.get().state == ("referred" if how == "asked_back" else how)
    noted = CaseEvent.objects.filter(case_id=found.case_id, move="return_accepted")
    assert noted.exists() is (how != "asked_back")
    if noted:
        assert InternalWords.objects.get(event=noted[0]).said["note"] == "已转市水务集团"
    with pytest.raises(WrongState):
        hand_backs.accept_return(one, words="x", actor=CLERK, now=NOON + 2 * HOUR)
    assert CaseEvent.objects.filter(move="return_accepted").count() <= 1
    assert faults() == []


@pytest.mark.parametrize("template", ["hotline_desk", "town_official"])
def test_who_deals_with_the_hotline_notes_it_also_where_a_village_has_the_case(
    template: str,
) -> None:
    found, lead = one_order(), make_post("clerk", path=f"{TOWN}{VILLAGE}/").pk
    with transaction.atomic():
        assigning.offer(At(found.case_id or 0), To("lead", 1, lead), actor=DISPATCHER, now=NOON)
    one = asked(found)
    account = make_staff(template, path=TOWN)

    page = client_of(actor_for(account)).post(
        reverse("exchange:hand_back", args=[one.pk]),
        {"move": "accept", "words": "已转水务", "key": str(uuid4())},
    )

    assert page.status_code == 303
    case = Case.objects.get()
    assert (case.state, HandBack.objects.get().state) == ("referred", "accepted")
    event = CaseEvent.objects.get(case_id=case.pk, move="refer")
    assert event.account_id == account.pk
    assert faults() == []


def test_whom_the_case_is_about_notes_nothing_ap_07() -> None:
    found = one_order()
    one = asked(found)
    account = make_staff("hotline_desk", path=TOWN)
    desk = actor_for(account)
    Case.objects.update(about_post_id=next(iter(desk.posts)))

    with pytest.raises(NotFound), transaction.atomic():
        hand_backs.accept_return(one, words="", actor=desk, now=NOON + HOUR)

    assert (Case.objects.get().state, HandBack.objects.get().state) == ("filed", "applied")


def test_who_once_held_the_post_that_it_is_about_notes_nothing_either_ap_07() -> None:
    found = one_order()
    one = asked(found)
    town = Place.objects.get(path=TOWN)
    post = orgs.make_post(orgs.make_organisation("township_government", at=town))
    orgs.make_holding(post, name="何伟明", account_id=77, until=NOON.date() - timedelta(days=30))
    Case.objects.update(about_post_id=post.pk)
    went = replace(hotline_clerk(label="once its head"), account_id=77)
    steps = CaseEvent.objects.count()

    for decide in (hand_backs.accept_return, hand_backs.refuse_return):
        with pytest.raises(NotFound), transaction.atomic():
            decide(one, words="已转水务", actor=went, now=NOON + HOUR)

    assert (Case.objects.get().state, HandBack.objects.get().state) == ("filed", "applied")
    assert CaseEvent.objects.count() == steps


def test_refused_the_case_goes_on_with_what_the_hotline_said() -> None:
    found = one_order()
    one = asked(found)
    with pytest.raises(WordsNeeded):
        hand_backs.refuse_return(one, words=" ", actor=CLERK, now=NOON + 2 * HOUR)

    one = hand_backs.refuse_return(one, words="属村集体供水管网", actor=CLERK, now=NOON + 2 * HOUR)

    assert one.state == "refused" and Case.objects.get().state == "filed"
    event = CaseEvent.objects.get(case_id=found.case_id, move="return_refused")
    assert InternalWords.objects.get(event=event).said["note"] == "属村集体供水管网"
    for decide in (hand_backs.accept_return, hand_backs.refuse_return):
        with pytest.raises(WrongState):
            decide(one, words="x", actor=CLERK, now=NOON + 2 * HOUR)
    assert Case.objects.get().state == "filed"


def test_where_the_local_rule_stops_the_clock_the_days_are_not_lost() -> None:
    found = one_order()
    before = solve(found).due_at
    sent_here.ask_return(
        At(found.case_id or 0), "不属本单位", to="水务", stops_clock=True, actor=CLERK, now=NOON
    )
    assert solve(found).state == "paused"

    sent_here.refuse_return(
        At(found.case_id or 0), "继续办理", actor=CLERK, now=NOON + timedelta(days=1)
    )

    clock = solve(found)
    assert clock.state == "running" and clock.due_at == before + timedelta(days=1)
    assert faults() == []


def test_it_is_asked_in_time_or_not_at_all() -> None:
    found = one_order()

    with pytest.raises(TooLateToReturn):
        asked(found, now=NOON + timedelta(days=2))

    assert not HandBack.objects.exists()
    assert not CaseEvent.objects.filter(move="ask_return").exists()


def test_it_is_for_who_handles_the_case_and_decided_by_who_deals_with_the_hotline() -> None:
    found = one_order()
    with pytest.raises(NotAllowed):
        asked(found, actor=make_actor("stranger", case_permits.SEE, at=TOWN))
    village = make_actor(
        "village clerk", case_permits.SEE, case_permits.HANDLE, at=f"{TOWN}{VILLAGE}/"
    )
    one = asked(found, actor=village)
    with pytest.raises(NotAllowed):
        hand_backs.accept_return(one, words="", actor=village, now=NOON + HOUR)

    assert HandBack.objects.get().state == "applied" and Case.objects.get().state == "filed"


def test_what_has_no_case_or_is_answered_is_not_handed_back() -> None:
    waits = one_order(village="")
    with pytest.raises(NotACase):
        asked(waits)
    found = one_order(工单编号="DG202608100002")
    step(found, "accept")
    step(found, "answer", "答复")
    with pytest.raises(WrongState):
        asked(found)

    assert not HandBack.objects.exists()


def test_the_hotline_may_say_that_it_is_not_solved_once_it_is_over() -> None:
    found = one_order()
    with pytest.raises(CaseNotOver):
        waiting_orders.ask_again(found, "还不行", actor=CLERK, now=NOON)
    step(found, "accept")
    step(found, "finish", "已修好", evidence=1)

    waiting_orders.ask_again(found, "市民反映仍未解决", actor=CLERK, now=NOON)

    assert Case.objects.get().state == "reopen_asked"
