"""BU-17: a complaint and suggestion entry on every page, answered in time, asked back; a kind of case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from linli.cases.errors import MovedMeanwhile
from linli.cases.models import Case, PublicWords, Reporter
from linli.cases.permits import SEE, SUPERVISE
from linli.cases.queries.board import board_of
from linli.cases.queries.news import Rung, late_for_supervisors
from linli.cases.queries.public import public_cases
from linli.cases.queries.weekly import villages_with_cases
from linli.cases.rules.kinds import faults as faults_of_kind
from linli.cases.services.following import agree_to_answer, ask_to_reopen
from linli.cases.services.perform import perform
from linli.cases.services.sweeping import sweep
from linli.cases.testing import faults
from linli.cases.types.moves import At, Done, Given, Wish
from linli.kernel.errors import NotAllowed, WrongState
from linli.kernel.permits import NOBODY, RESIDENTS, Actor, system_actor
from linli.kernel.registries import RETENTION
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village
from linli.portal import permits, queries, services
from linli.portal.kinds.feedback import FEEDBACK, Feedback
from linli.portal.kinds.sections import PLAIN
from linli.portal.models import EarlierCode
from linli.portal.queries import mixing
from linli.portal.testing import NOON, VILLAGE, make_feedback
from linli.runtime.testing import at_once

CLERK = make_actor("clerk", permits.ANSWER, at=VILLAGE)
STRANGER = make_actor("clerk of another town", permits.ANSWER, at="441900/441900006/")
LATER = NOON + timedelta(days=1)
POSSIBLE = {
    (Feedback.RECEIVED, "answer"): Feedback.ANSWERED,
    (Feedback.RECEIVED, "withdraw"): Feedback.WITHDRAWN,
    (Feedback.ANSWERED, "ask_reopen"): Feedback.RECEIVED,
    (Feedback.ANSWERED, "agree"): Feedback.HELPED,
    (Feedback.ANSWERED, "close"): Feedback.CLOSED,
}
db = pytest.mark.django_db


def answer(
    case_id: int, actor: Actor = CLERK, text: str = "Mended.", *, now: datetime = LATER, **more: Any
) -> Done:
    """Answer as the sheet does."""
    with transaction.atomic():
        said = Given(public={"text": text})
        return perform(Wish(case_id, "answer", said, **more), actor=actor, now=now)


@pytest.mark.parametrize("state", list(Feedback))
@pytest.mark.parametrize("move", list(FEEDBACK.machine.moves))
def test_every_state_and_move(state: Feedback, move: str) -> None:
    if (state, move) in POSSIBLE:
        assert FEEDBACK.machine.after(state, move) == POSSIBLE[state, move]
    else:
        with pytest.raises(WrongState):
            FEEDBACK.machine.after(state, move)


def test_the_kind_is_without_fault() -> None:
    assert list(faults_of_kind(FEEDBACK)) == []


@db
def test_feedback_of_a_tuesday_is_due_five_working_days_later() -> None:
    given = make_feedback()

    clock = Case.objects.get(number=given.number).due_at
    assert (given.due_on, given.number) == (date(2026, 12, 1), "YJ-2026-0001")
    assert clock == datetime(2026, 12, 1, 16, tzinfo=UTC)
    assert faults() == []


@db
def test_nobody_gives_feedback_from_a_village_page_and_follows_it_by_number_and_code() -> None:
    make_village()
    client = Client()

    sent = client.post(
        "/zh-hans/feedback/",
        {"text": "字太小", "page": "/zh-hans/places/441900005001/", "key": str(uuid4())},
    )

    case = Case.objects.get()
    receipt = client.get(sent["Location"]).content.decode()
    code = sent["Location"].partition("code=")[2]
    follow = client.get(f"/zh-hans/follow/{case.number}/", {"code": code}).content.decode()
    assert (case.kind, case.path) == ("feedback", VILLAGE)
    assert case.number in receipt and f"{code[:5]} {code[5:]}" in receipt
    assert "字太小" in follow
    assert "评价" not in follow


@db
@pytest.mark.parametrize("text", ["", " ", "x" * 2001])
def test_feedback_without_words_or_with_too_many_is_refused_beside_the_field(text: str) -> None:
    reply = Client().post("/zh-hans/feedback/", {"text": text, "key": str(uuid4())})

    assert reply.status_code == 422
    assert not Case.objects.exists()


@db
def test_an_answer_is_given_once_and_the_second_clerk_is_told() -> None:
    given = make_feedback()
    answer(given.case_id, expected_seq=1)

    with pytest.raises(MovedMeanwhile):
        answer(given.case_id, text="Other.", expected_seq=1)
    with pytest.raises(WrongState):
        answer(given.case_id, text="Other.")

    said = PublicWords.objects.filter(case_id=given.case_id, is_by_reporter=False)
    assert [one.said["text"] for one in said] == ["Mended."]


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_the_same_moment_one_counts() -> None:
    given = make_feedback()

    outcomes = at_once(
        lambda: answer(given.case_id, text="One.", expected_seq=1),
        lambda: answer(given.case_id, text="Two.", expected_seq=1),
    )

    assert sorted(outcomes) == ["", MovedMeanwhile.code]
    assert PublicWords.objects.filter(case_id=given.case_id, is_by_reporter=False).count() == 1


@db
def test_a_stranger_neither_sees_nor_answers() -> None:
    given = make_feedback()

    with pytest.raises(NotAllowed):
        answer(given.case_id, STRANGER)

    assert not queries.waiting_feedback(STRANGER).exists()
    assert client_of(STRANGER).get(f"/en/desk/cases/{given.number}/").status_code == 404
    # who sees reports does not see what is said about the pages
    others = make_actor("handler", SEE, at=VILLAGE)
    assert client_of(others).get(f"/en/desk/cases/{given.number}/").status_code == 404
    assert Case.objects.get().state == Feedback.RECEIVED


@db
def test_an_answer_that_did_not_help_runs_anew_and_one_that_did_ends_it() -> None:
    given = make_feedback()
    answer(given.case_id)
    at = At(given.case_id)

    ask_to_reopen(at, "Still slow.", actor=NOBODY, now=NOON + timedelta(days=2))
    again = Case.objects.get()
    answer(given.case_id, text="Faster now.", now=NOON + timedelta(days=3))
    agree_to_answer(at, actor=NOBODY, now=NOON + timedelta(days=4))

    case = Case.objects.get()
    followed = Client().get(f"/zh-hans/follow/{given.number}/", {"code": given.code})
    assert "您说没有解决。" in followed.content.decode()
    assert (again.state, again.cycle, again.reopened) == (Feedback.RECEIVED, 2, 1)
    assert again.due_at == datetime(2026, 12, 3, 16, tzinfo=UTC)
    assert (again.waits_for_release, case.state, case.is_open) == (False, Feedback.HELPED, False)
    assert faults() == []


@db
def test_an_answer_to_which_nothing_is_said_is_closed_after_the_time_for_a_no() -> None:
    given = make_feedback()
    answer(given.case_id)

    sweep(actor=system_actor("cases.sweep"), now=LATER + timedelta(days=15))
    before = Case.objects.get().state
    sweep(actor=system_actor("cases.sweep"), now=LATER + timedelta(days=16))

    assert (before, Case.objects.get().state) == (Feedback.ANSWERED, Feedback.CLOSED)
    with pytest.raises(WrongState):
        ask_to_reopen(At(given.case_id), "No.", actor=NOBODY, now=LATER + timedelta(days=17))


@db
def test_words_go_three_years_after_the_end_and_the_chain_stays_whole() -> None:
    given, waiting = make_feedback(), make_feedback("Still open")
    answer(given.case_id)
    agree_to_answer(At(given.case_id), actor=NOBODY, now=LATER)
    entry = RETENTION.get("cases.feedback")
    assert entry is not None

    early = entry.going.step(LATER + timedelta(days=3 * 365), 10)
    late = entry.going.step(LATER + timedelta(days=3 * 365 + 3), 10)
    again = entry.going.step(LATER + timedelta(days=3 * 365 + 3), 10)

    assert (early, late, again) == (0, 1, 0)
    assert set(PublicWords.objects.values_list("case_id", flat=True)) == {waiting.case_id}
    assert Case.objects.get(pk=given.case_id).title == ""
    assert faults() == []


@db
def test_waiting_feedback_is_work_on_the_desk_of_who_answers() -> None:
    given = make_feedback()

    mine = queries.due_work(CLERK, date(2026, 11, 24)).items

    assert [item.number for item in mine] == [given.number]
    assert "The page is slow." in client_of(CLERK).get("/zh-hans/desk/").content.decode()
    assert queries.due_work(STRANGER, date(2026, 11, 24)).items == []
    answer(given.case_id)
    assert queries.due_work(CLERK, date(2026, 11, 24)).items == []


@db
def test_the_desk_says_which_list_has_more_than_stands_on_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(3):
        make_feedback()
    client = client_of(CLERK)
    assert "其余在各自的列表中" not in client.get("/zh-hans/desk/").content.decode()

    monkeypatch.setattr(mixing, "DUE_MOST", 2)

    assert len(queries.due_work(CLERK, date(2026, 11, 24)).items) == 2
    assert "其余在各自的列表中" in client.get("/zh-hans/desk/").content.decode()
    assert client.get("/api/v1/desk/").json()["cut"] == ["feedback"]


@db
def test_the_old_inbox_leads_to_the_list_of_cases() -> None:
    given = make_feedback()

    page = client_of(CLERK).get("/en/feedback/inbox/", follow=True)

    assert page.redirect_chain == [("/en/desk/cases/?kind=feedback", 302)]
    assert given.number in page.content.decode()
    assert Client().get("/en/feedback/inbox/").status_code == 404


@db
def test_the_sheet_shows_the_page_and_that_staff_wrote_and_never_who() -> None:
    make_village()
    staff = make_actor("writer of staff", SEE, at=VILLAGE, account_id=4711)
    given = services.give_feedback(
        "x", page="/zh-hans/plan/", path=VILLAGE, language="en", tell_me=True, actor=staff, now=NOON
    )

    html = client_of(CLERK).get(f"/en/desk/cases/{given.number}/").content.decode()

    assert "/zh-hans/plan/" in html and "From staff" in html
    assert "writer of staff" not in html and "4711" not in html
    assert Reporter.objects.get().account_id == 4711


@db
def test_a_residents_own_rights_make_her_no_staff() -> None:
    make_village()
    resident = make_actor("resident", permits.ANSWER, at=VILLAGE, ceiling=RESIDENTS)

    given = services.give_feedback(
        "x", page="/", path=VILLAGE, language="en", actor=resident, now=NOON
    )
    page = client_of(resident).get("/en/me/").content.decode()

    html = client_of(CLERK).get(f"/en/desk/cases/{given.number}/").content.decode()
    assert "<dd>no</dd>" in html
    assert client_of(resident).get("/en/desk/").status_code == 404
    assert "/en/desk/" not in page


@db
def test_it_counts_as_no_report_and_nobody_else_reads_it() -> None:
    """Public list, weekly reports and figures are of reports; the board has it in a row of its own."""
    given = make_feedback()
    lead = make_actor("lead", permits.ANSWER, SUPERVISE, SEE, at=VILLAGE)

    board = board_of(lead, VILLAGE, "village", NOON + timedelta(days=30))

    assert not public_cases().exists()
    assert villages_with_cases() == []
    # one open, late, but nobody is missing: no post takes it on
    assert board.total == (1, 1, 0, 0, 0)
    assert [(row.title, row.more) for row in board.categories] == [
        ("意见反馈", {"kind": "feedback"})
    ]
    rung = [Rung(VILLAGE, 1, "feedback", [], None, is_late=True)]
    assert late_for_supervisors(rung, NOON) == {}
    assert Case.objects.get(number=given.number).is_released is False


@db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_code_from_before_the_numbers_still_leads_there(language: str) -> None:
    given = make_feedback()
    digest = Case.objects.get().follow_digest
    EarlierCode.objects.create(case_id=given.case_id, digest=digest)
    spelled = f" {given.code[:5].lower()} {given.code[5:].lower()} "
    client = Client(headers={"Accept-Language": language})
    there = f"/{language}/follow/{given.number}/?code={given.code}"

    found = client.get(f"/{language}/feedback/follow/", {"code": spelled})
    on_paper = client.get(f"/follow/{given.code}/", follow=True)

    assert found["Location"] == there
    assert on_paper.redirect_chain[-1] == (there, 302)
    assert client.get("/follow/")["Location"] == f"/{language}/follow/"


@db
def test_a_wrong_code_tells_nothing_and_cannot_be_tried_for_long() -> None:
    given = make_feedback("the writer's own words")
    wrong = {"code": given.code[:-1] + "?"}

    first = Client().get("/en/feedback/follow/", wrong)
    tries = [Client().get("/en/feedback/follow/", wrong).status_code for _ in range(60)]

    assert first.status_code == 404
    assert "the writer's own words" not in first.content.decode()
    assert tries[-1] == 429
    assert Client().get(f"/en/feedback/{given.code}/").status_code == 429


@db
def test_the_desk_is_not_there_for_nobody_and_exports_for_a_clerk() -> None:
    make_feedback("=1+1")

    file = client_of(CLERK).get("/zh-hans/desk/?format=csv").content.decode("utf-8-sig")

    assert Client().get("/zh-hans/desk/").status_code == 404
    assert "'=1+1" in file


@db
@pytest.mark.parametrize("start", ["²", "-1", "9" * 400, "٣", "x", ""])
def test_odd_starts_of_the_desks_list_show_its_beginning(start: str) -> None:
    given = make_feedback()

    reply = client_of(CLERK).get("/en/desk/", {"from": start})

    assert reply.status_code == 200
    assert given.number in reply.content.decode()


@db
def test_my_affairs_lead_to_what_the_register_knows() -> None:
    herself = make_actor("resident", account_id=5, person_id=7)
    helper = make_actor("clerk", permits.ANSWER, account_id=5, person_id=8, acting_for=7)
    agent = make_actor("son", account_id=5, person_id=8, acting_for=7)

    assert "/en/me/data/" in client_of(herself).get("/en/me/").content.decode()
    assert "/en/people/7/" in client_of(helper).get("/en/me/").content.decode()
    assert "/en/me/data/" not in client_of(agent).get("/en/me/").content.decode()


@pytest.mark.parametrize(
    ("page", "is_ours"),
    [
        ("/zh-hans/places/441900005001/", True), ("/en/search/?q=%E7%81%AF", True),
        ("//evil.example/", False), ("javascript:alert(1)", False), ("/\\evil/", False), ("", False),
    ],
)  # fmt: skip
def test_only_a_plain_address_of_ours_is_led_to(page: str, is_ours: bool) -> None:
    assert (PLAIN.fullmatch(page) is not None) is is_ours
