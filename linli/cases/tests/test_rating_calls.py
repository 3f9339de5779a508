"""Calls after bad ratings, and whether a case is taken up again: once, by others, with a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction

from linli.cases import permits
from linli.cases.errors import (
    CalledAlready,
    DecidesOwnWork,
    HandledItself,
    Missing,
)
from linli.cases.models import CallBack, Case, CaseEvent
from linli.cases.queries import reopening, sampling
from linli.cases.queries.following import followed
from linli.cases.services import assigning, call_backs
from linli.cases.services import reopening as deciding
from linli.cases.services.call_backs import Heard
from linli.cases.services.following import ask_to_reopen
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_case, move
from linli.cases.tests.rating_samples import (
    CALLER,
    CHIEF,
    CLERK,
    LATER,
    STRANGER,
    YES,
    ask_reopening,
    bad_call,
    done_case,
    post,
    rate,
)
from linli.cases.types.moves import At, To
from linli.cases.types.rating import Reached
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import NOBODY
from linli.kernel.sealing import keeps
from linli.kernel.testing import client_of, make_actor

pytestmark = pytest.mark.django_db


def test_a_call_is_written_down_once_and_chained_without_its_grade() -> None:
    call = bad_call()

    call_backs.record_call(call.pk, YES, actor=CALLER, now=LATER)
    with pytest.raises(CalledAlready):
        call_backs.record_call(call.pk, YES, actor=CALLER, now=LATER)

    call.refresh_from_db()
    event = CaseEvent.objects.get(move="called_back")
    payload = {"reached": "yes", "grade": 2, "is_solved": False}
    assert keeps(bytes.fromhex(event.facts["call"]), bytes(call.nonce), payload)
    assert (call.reached, call.grade, call.is_solved) == ("yes", 2, False)
    assert faults() == []


def test_who_was_not_reached_may_be_called_again() -> None:
    call = bad_call()

    call_backs.record_call(call.pk, Heard(Reached.NO, 5, is_solved=True), actor=CALLER, now=LATER)
    call.refresh_from_db()
    assert (call.reached, call.grade, call.is_solved) == ("no", None, None)
    call_backs.record_call(call.pk, YES, actor=CALLER, now=LATER)

    call.refresh_from_db()
    assert call.grade == 2


@pytest.mark.parametrize("actor", [NOBODY, CLERK, STRANGER], ids=lambda a: a.label)
def test_who_may_not_call_writes_nothing(actor) -> None:  # type: ignore[no-untyped-def]
    call = bad_call()

    with pytest.raises(NotAllowed):
        call_backs.record_call(call.pk, YES, actor=actor, now=LATER)

    assert CallBack.objects.get().done_at is None
    assert not sampling.visible_calls(actor).exists()


def test_the_post_that_handled_a_case_neither_sees_nor_makes_its_call() -> None:
    opened = make_case()
    handler = replace(clerk_of(), posts=frozenset({7}))
    with transaction.atomic():
        assigning.offer(At(opened.held.id), To("lead", 1, 7), actor=CLERK, now=NOON)
        assigning.accept(At(opened.held.id), 1, actor=handler, now=NOON)
    move(opened.held.id, "accept", handler)
    move(opened.held.id, "answer", handler, public={"text": "好"})
    rate(opened, 1)
    call = CallBack.objects.get()
    both = replace(CALLER, posts=frozenset({7}))

    assert not sampling.visible_calls(both).exists()
    with pytest.raises(HandledItself):
        call_backs.record_call(call.pk, YES, actor=both, now=LATER)
    assert sampling.visible_calls(CALLER).count() == 1


@pytest.mark.parametrize(
    "heard",
    [
        Heard(Reached.YES, None, is_solved=True),
        Heard(Reached.YES, 9, is_solved=True),
        Heard(Reached.YES, 3),
        Heard(Reached.YES, 1, is_solved=False, wants_reopening=True),
        # nothing that was written down is cut off unseen
        Heard(Reached.YES, 3, is_solved=True, note="好" * 501),
        Heard(Reached.NO, note="好" * 501),
    ],
)
def test_half_a_result_is_refused(heard: Heard) -> None:
    call = bad_call()

    with pytest.raises(Missing):
        call_backs.record_call(call.pk, heard, actor=CALLER, now=LATER)

    assert CallBack.objects.get().done_at is None


def test_a_reporter_asks_by_telephone_to_take_it_up_again_and_a_supervisor_decides() -> None:
    call = bad_call()
    heard = replace(YES, wants_reopening=True)
    call_backs.record_call(call.pk, heard, actor=CALLER, now=LATER)
    number = Case.objects.get().number

    (asked,) = reopening.list_asked(CHIEF).items
    assert (asked.reason, asked.case.number) == ("灯还是不亮", number)
    assert asked.due_at is not None
    assert reopening.list_asked(CLERK).items == []
    with pytest.raises(NotAllowed), transaction.atomic():
        deciding.take_up_again(At(asked.case.pk), actor=CLERK, now=LATER)
    with transaction.atomic():
        deciding.take_up_again(At(asked.case.pk), text="再看看", actor=CHIEF, now=LATER)

    case = Case.objects.get()
    assert (case.state, case.cycle, case.reopened) == ("at_work", 2, 1)
    assert reopening.count_asked(CHIEF, NOON.date()) == 0
    assert faults() == []


def test_it_stays_closed_only_with_a_rule_and_a_word() -> None:
    opened = done_case()
    ask_reopening(opened)
    at = At(opened.held.id)

    for key, basis, text in (
        ("", "", "不重办"),
        ("", "条例第三条", " "),
        ("", "x", "不重办"),
        ("hotline.advice", "", "不重办"),
        ("refusal.grid.no_event", "条例第三条", "不重办"),
    ):
        with pytest.raises(Missing), transaction.atomic():
            deciding.leave_closed(at, key=key, basis=basis, text=text, actor=CHIEF, now=LATER)
    assert Case.objects.get().state == "reopen_asked"
    with transaction.atomic():
        deciding.leave_closed(at, basis="条例第三条", text="依规不重办", actor=CHIEF, now=LATER)

    case = Case.objects.get()
    assert case.state == "stands"
    last = followed(case, LATER).story[-1]
    assert (last.text, last.basis) == ("依规不重办", "条例第三条")
    assert faults() == []


def test_whoever_handled_it_does_not_decide_whether_it_is_taken_up_again_in_any_of_her_posts() -> (
    None
):
    """一肩挑: one person is head and secretary; the post above her decides."""
    opened = done_case()
    ask_reopening(opened)
    at, number = At(opened.held.id), opened.held.number
    same = make_actor("secretary", permits.SUPERVISE, permits.SEE, permits.HANDLE, at=VILLAGE)

    with pytest.raises(DecidesOwnWork), transaction.atomic():
        deciding.leave_closed(at, basis="条例第三条", text="不重办", actor=same, now=LATER)
    with pytest.raises(DecidesOwnWork), transaction.atomic():
        deciding.take_up_again(at, actor=same, now=LATER)

    assert Case.objects.get().state == "reopen_asked"
    assert reopening.list_asked(same).items == []
    assert client_of(same).get(f"/zh-hans/reopening/{number}/").status_code == 404
    sheet = client_of(same).get(f"/api/v1/cases/{number}/").json()
    assert not {"reopen", "keep_closed"} & set(sheet["may"])
    assert [one.case.number for one in reopening.list_asked(CHIEF).items] == [number]


def test_who_decides_reads_what_the_reporter_wrote_when_she_asked() -> None:
    opened = done_case()
    ask_to_reopen(At(opened.held.id), "还是不亮", actor=NOBODY, now=LATER)

    (asked,) = reopening.list_asked(CHIEF).items
    page = client_of(CHIEF).get(f"/zh-hans/reopening/{opened.held.number}/").content.decode()

    assert asked.reason == "还是不亮"
    assert "还是不亮" in page and "refusal.report.same_again" in page
    assert "hotline.advice" not in page


def test_pages_of_rating_calls_and_reopening() -> None:
    opened = done_case()
    number = opened.held.number

    assert post(NOBODY, f"rate/{number}", code=opened.code, grade="x").status_code == 422
    assert post(NOBODY, f"rate/{number}", code="wrong", grade=1).status_code == 404
    rate(opened, 1)
    assert post(NOBODY, f"rate/{number}", code=opened.code, grade=1).status_code == 422
    call = CallBack.objects.get()
    assert number in client_of(CALLER).get("/zh-hans/calls/").content.decode()
    assert client_of(CALLER).get("/zh-hans/calls/?show=done").status_code == 200
    assert client_of(CLERK).get("/zh-hans/calls/").status_code == 404
    assert client_of(CLERK).get(f"/zh-hans/calls/{call.pk}/").status_code == 404
    assert client_of(CALLER).get(f"/zh-hans/calls/{call.pk}/").status_code == 200
    assert post(CALLER, f"calls/{call.pk}/", reached="yes").status_code == 422
    said = {
        "reached": "yes",
        "is_solved": "no",
        "grade": 2,
        "note": "还黑",
        "wants_reopening": "on",
    }
    assert post(CALLER, f"calls/{call.pk}/", **said).status_code == 303
    assert number in client_of(CHIEF).get("/en/reopening/").content.decode()
    assert client_of(CLERK).get("/zh-hans/reopening/").status_code == 404
    page = client_of(CHIEF).get(f"/en/reopening/{number}/").content.decode()
    assert "还黑" in page
    seq = Case.objects.get().seq
    assert post(CHIEF, f"reopening/{number}/", seq=seq, move="leave", text="不").status_code == 422
    assert post(CHIEF, f"reopening/{number}/", seq=1, move="take_up").status_code == 422
    assert post(CHIEF, f"reopening/{number}/", seq=seq, move="take_up").status_code == 303
    assert Case.objects.get().state == "at_work"


def test_who_decides_second_reads_what_became_of_it_and_gets_back_what_she_wrote() -> None:
    opened = done_case()
    ask_reopening(opened)
    number, seq = opened.held.number, Case.objects.get().seq
    assert post(CHIEF, f"reopening/{number}/", seq=seq, move="take_up").status_code == 303

    late = post(CHIEF, f"reopening/{number}/", seq=seq, move="leave", text="我写的理由\r\n第二行")

    html = late.content.decode()
    assert late.status_code == 409 and "已经由别人决定" in html and "办理中" in html
    assert "我写的理由" in html and "第二行" in html
    assert Case.objects.get().state == "at_work"
    away = make_actor("away", permits.SUPERVISE, at="441900/441900006/")
    hidden = post(away, f"reopening/{number}/", seq=seq, move="leave", text="我写的理由")
    assert hidden.status_code == 404 and "我写的理由" in hidden.content.decode()
    assert client_of(CHIEF).get("/zh-hans/reopening/JB-2026-9999/").status_code == 404


def test_what_moved_on_is_decided_when_it_is_sent_once_more() -> None:
    opened = done_case()
    ask_reopening(opened)
    number, seq = opened.held.number, Case.objects.get().seq

    told = post(CHIEF, f"reopening/{number}/", seq=seq - 1, move="take_up", text="再看看")

    html = told.content.decode()
    assert told.status_code == 422 and "再看看" in html and f'name="seq" value="{seq}"' in html
    assert Case.objects.get().state == "reopen_asked"
