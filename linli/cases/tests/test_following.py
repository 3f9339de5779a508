"""What reporters read and do: by code or signed in, never more than is theirs."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from linli.access.testing import make_account
from linli.cases import permits, tasks
from linli.cases.errors import CaseOver, Missing, NumbersInText
from linli.cases.models import Case, CaseClock, CaseEvent, InternalWords, PublicWords, Reporter
from linli.cases.queries.following import followed, open_followed
from linli.cases.queries.own import own_cases
from linli.cases.rules.clocks import last_day
from linli.cases.services import extending, words
from linli.cases.services import following as acts
from linli.cases.services.forgetting import forget_person
from linli.cases.services.linking import merge
from linli.cases.services.sweeping import sweep
from linli.cases.testing import NOON, clerk_of, faults, make_report, move
from linli.cases.types.filing import Added, Contact, Naming
from linli.cases.types.moves import At
from linli.cases.views.stories import state_line, story_of
from linli.kernel.errors import NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, make_actor
from linli.notify.models import Delivery, Message
from linli.orgs.testing import make_holding, make_post
from linli.places.testing import make_village
from linli.ui.formats import day

pytestmark = pytest.mark.django_db
CLERK, SYSTEM = clerk_of(), system_actor("test")
HER = make_actor("her", account_id=7, person_id=70)


def story(case_id: int) -> list[str]:
    case = Case.objects.get(pk=case_id)
    return [one.move for one in followed(case, NOON).story]


def test_number_and_code_open_it_and_nothing_else_does() -> None:
    filed, other = make_report(), make_report()

    assert (
        open_followed(NOBODY, filed.number.lower(), f" {filed.code.lower()} ").pk == filed.case_id
    )
    for number, code in (
        (filed.number, other.code),
        (filed.number, ""),
        (filed.number, filed.code[:-1]),
        ("JB-2026-9999", filed.code),
        ("", ""),
    ):
        with pytest.raises(NotFound):
            open_followed(CLERK, number, code)


def test_who_reported_signed_in_needs_no_code_and_others_do() -> None:
    filed = make_report(actor=HER, is_mine=True)
    make_report()

    assert open_followed(HER, filed.number, "").pk == filed.case_id
    assert [one.number for one in own_cases(HER, 10)] == [filed.number]
    with pytest.raises(NotFound):
        open_followed(make_actor("other", account_id=8), filed.number, "")
    assert own_cases(NOBODY, 10) == []


def test_the_story_tells_words_and_holders_and_no_notes() -> None:
    make_village("441900005001")
    post = make_post()
    make_holding(post)
    filed = make_report()
    with transaction.atomic():
        words.add_note(At(filed.case_id), "The crew is ill.", actor=CLERK, now=NOON)
        words.tell_reporter(At(filed.case_id), "It takes a day longer.", actor=CLERK, now=NOON)
    move(filed.case_id, "accept", CLERK)

    it = followed(Case.objects.get(), NOON)

    assert story(filed.case_id) == ["open", "offer", "tell", "accept"]
    text = " ".join(str(line.title) + line.text for line in story_of(it))
    assert "It takes a day longer." in text
    assert "The crew is ill." not in text
    assert it.handler is not None and not it.handler.has_accepted
    assert it.promise.due_at is not None and not it.promise.is_late


def test_by_when_it_is_answered_stands_there_until_it_was_taken_up() -> None:
    make_village("441900005001")
    make_holding(make_post())
    filed = make_report()
    address = f"/en/follow/{filed.number}/?code={filed.code}"

    waits, it = Client().get(address).content.decode(), followed(Case.objects.get(), NOON)
    move(filed.case_id, "accept", CLERK)
    taken_up = Client().get(address).content.decode()

    assert it.answer_on == it.clocks["accept"].last_day
    assert f'<dt>Answered by</dt><dd><span class="ll-nb">{day(it.answer_on)}' in waits
    assert "Answered by" not in taken_up


def test_the_receipt_on_paper_has_no_line_for_a_promise_that_nobody_made() -> None:
    filed = make_report()

    to = reverse("cases:receipt", args=[filed.number])
    paper = Client().get(to, {"code": filed.code, "paper": "1"}).content.decode()

    assert filed.number in paper
    assert "<dt>Promised</dt>" not in paper and "<dt>承诺</dt>" not in paper


def test_a_receipt_with_another_code_asks_for_the_right_one_and_shows_nothing() -> None:
    filed = make_report()
    to = reverse("cases:receipt", args=[filed.number])

    wrong, none = Client().get(to, {"code": "WRONG"}), Client().get(to)

    assert (wrong.status_code, none.status_code) == (404, 404)
    for answer in (wrong, none):
        shown = answer.content.decode()
        assert f'value="{filed.number}"' in shown and f'action="{reverse("cases:find")}"' in shown
        assert filed.code not in shown


def test_what_is_added_waits_for_release_and_answers_an_open_question() -> None:
    filed = make_report()
    acts.add_to_report(At(filed.case_id), Added("第二盏"), actor=NOBODY, now=NOON)
    move(filed.case_id, "accept", CLERK)
    move(filed.case_id, "ask_back", CLERK, public={"text": "Which lamp?"})

    acts.add_to_report(
        At(filed.case_id), Added("左边那盏", is_correction=True), actor=NOBODY, now=NOON
    )

    case = Case.objects.get()
    assert (case.state, case.waits_for_release) == ("at_work", True)
    mine = PublicWords.objects.filter(is_by_reporter=True)
    assert set(mine.values_list("waits", flat=True)) == {True}
    assert story(filed.case_id) == ["open", "add_words", "accept", "ask_back", "add"]
    assert faults() == []


@pytest.mark.usefixtures("home")
def test_the_desk_reads_that_she_set_something_right_and_which_words_wait_to_be_read() -> None:
    filed = make_report()
    acts.add_to_report(
        At(filed.case_id), Added("不是三号楼", is_correction=True), actor=NOBODY, now=NOON
    )

    desk = client_of(CLERK).get(f"/en/desk/cases/{filed.number}/").content.decode()

    assert "The reporter set something right" in desk and "The reporter added" not in desk
    assert desk.count("Addition reviewed before release") == 1
    assert desk.count(">Reviewed before release") + desk.count("Reviewed before release</") >= 1


@pytest.mark.parametrize(
    ("added", "refusal"),
    [(Added(" "), Missing), (Added("他 13900001234"), NumbersInText), (Added("x" * 5001), Missing)],
)
def test_what_cannot_be_added_changes_nothing(added: Added, refusal: type[Exception]) -> None:
    filed = make_report()

    with pytest.raises(refusal):
        acts.add_to_report(At(filed.case_id), added, actor=NOBODY, now=NOON)

    assert CaseEvent.objects.count() == 1


def test_withdrawn_is_over_and_nothing_is_added_any_more() -> None:
    filed = make_report()
    acts.withdraw_report(At(filed.case_id), actor=NOBODY, now=NOON)

    assert Case.objects.get().state == "withdrawn"
    with pytest.raises(CaseOver):
        acts.add_to_report(At(filed.case_id), Added("还有"), actor=NOBODY, now=NOON)
    with pytest.raises(WrongState):
        acts.withdraw_report(At(filed.case_id), actor=NOBODY, now=NOON)
    assert faults() == []


def test_an_answer_is_agreed_to_or_asked_to_be_looked_at_again() -> None:
    agreed, asked = make_report(), make_report()
    for filed in (agreed, asked):
        move(filed.case_id, "accept", CLERK)
        move(filed.case_id, "answer", CLERK, public={"text": "It is mended."})

    acts.agree_to_answer(At(agreed.case_id), actor=NOBODY, now=NOON)
    with pytest.raises(Missing):
        acts.ask_to_reopen(At(asked.case_id), "  ", actor=NOBODY, now=NOON)
    acts.ask_to_reopen(At(asked.case_id), "还是黑的", actor=NOBODY, now=NOON)

    assert Case.objects.get(pk=agreed.case_id).state == "done"
    case = Case.objects.get(pk=asked.case_id)
    assert (case.state, case.reopened) == ("reopen_asked", 0)
    assert "还是黑的" in [one.text for one in followed(case, NOON).story]
    assert not InternalWords.objects.exists()
    assert faults() == []


def test_whoever_said_that_it_is_solved_is_not_asked_again() -> None:
    filed = make_report()
    at = f"/zh-hans/follow/{filed.number}/?code={filed.code}"
    move(filed.case_id, "accept", CLERK)
    move(filed.case_id, "answer", CLERK, public={"text": "灯泡已经换好。"})
    asked = client_of(NOBODY).get(at).content.decode()

    acts.agree_to_answer(At(filed.case_id), actor=NOBODY, now=NOON)

    page = client_of(NOBODY).get(at).content.decode()
    assert "您表示已经解决" in page and "您表示已经解决" not in asked
    assert "其实还没有解决" in page
    with pytest.raises(WrongState):
        acts.agree_to_answer(At(filed.case_id), actor=NOBODY, now=NOON)
    assert (
        CaseEvent.objects.filter(case_id=filed.case_id, move__in=("agree", "confirm")).count() == 1
    )


def test_the_answer_stands_above_the_question_whether_it_is_solved() -> None:
    filed = make_report()
    at = f"/zh-hans/follow/{filed.number}/?code={filed.code}"
    move(filed.case_id, "accept", CLERK, public={"text": "马上派人去看。"})
    before = client_of(NOBODY).get(at).content.decode()
    move(filed.case_id, "answer", CLERK, public={"text": "灯泡已经换好。"})

    page = client_of(NOBODY).get(at).content.decode()

    assert 'id="answer"' not in before
    assert page.index('id="answer"') < page.index("灯泡已经换好。") < page.index('id="say"')
    acts.agree_to_answer(At(filed.case_id), actor=NOBODY, now=NOON)
    assert "马上派人去看。" not in client_of(NOBODY).get(at).content.decode().split('id="story"')[0]


def test_why_it_takes_longer_stands_in_the_story() -> None:
    filed = make_report()
    chief = make_actor("chief", permits.SUPERVISE)
    with transaction.atomic():
        extending.extend(
            At(filed.case_id), "solve", 2, reason="Parts are late.", actor=chief, now=NOON
        )

    it = followed(Case.objects.get(), NOON)

    assert it.promise.is_extended
    assert [line.text for line in story_of(it)][0] == "Parts are late."


def test_while_the_office_asks_back_its_time_stands_still_and_hers_is_told() -> None:
    filed = make_report()
    move(filed.case_id, "accept", CLERK)
    move(filed.case_id, "ask_back", CLERK, public={"text": "Which lamp?"})

    it = followed(Case.objects.get(), NOON)
    page = client_of(NOBODY).get(f"/en/follow/{filed.number}/?code={filed.code}").content.decode()

    reply = last_day(CaseClock.objects.get(key="reply").due_at)
    assert it.promise.is_paused and it.own_time is not None
    assert it.own_time.last_day == reply
    assert "You have time until" in page and day(reply) in page


def test_what_was_late_and_is_done_is_late_no_more_and_may_be_objected_to() -> None:
    filed, late = make_report(), NOON + timedelta(days=10)
    with override("en"):
        assert state_line(followed(Case.objects.get(), NOON)) == ("to be accepted", "run")
    move(filed.case_id, "accept", CLERK)
    sweep(actor=SYSTEM, now=late)
    assert followed(Case.objects.get(), late).promise.is_late

    done = {"public": {"text": "Mended."}, "facts": {"files": ["f"]}}
    move(filed.case_id, "finish", CLERK, now=late, **done)

    it = followed(Case.objects.get(), late)
    page = client_of(NOBODY).get(f"/en/follow/{filed.number}/?code={filed.code}").content.decode()
    assert not it.promise.is_late
    assert state_line(it)[1] == "done" and "It is late" not in page
    assert it.own_time is not None
    assert it.own_time.last_day == last_day(CaseClock.objects.get(key="settle").due_at)


def test_more_time_while_the_clock_stands_still_tells_no_day_that_does_not_hold() -> None:
    filed, chief = make_report(), make_actor("chief", permits.SUPERVISE)
    move(filed.case_id, "accept", CLERK)
    first = followed(Case.objects.get(), NOON).promise.last_day
    assert first is not None
    move(filed.case_id, "ask_back", CLERK, public={"text": "Which lamp?"})
    with transaction.atomic():
        extending.extend(At(filed.case_id), "solve", 2, reason="Late.", actor=chief, now=NOON)

    with override("zh-hans"):
        line = story_of(followed(Case.objects.get(), NOON))[0]
        page = client_of(NOBODY).get(f"/zh-hans/follow/{filed.number}/?code={filed.code}")

    assert "2个工作日" in str(line.title)
    assert str(day(first)) not in str(line.title)
    assert str(day(first)) not in page.content.decode()

    acts.add_to_report(At(filed.case_id), Added("左边"), actor=NOBODY, now=NOON + timedelta(days=3))
    on_again = followed(Case.objects.get(), NOON).promise.last_day
    # two working days lost (11 and 12 August) and two more: Monday the 17th becomes Friday
    assert on_again == first + timedelta(days=4)
    assert faults() == []


def test_more_time_while_it_runs_tells_the_day_that_the_clock_has() -> None:
    filed, chief = make_report(), make_actor("chief", permits.SUPERVISE)
    with transaction.atomic():
        extending.extend(At(filed.case_id), "solve", 2, reason="Late.", actor=chief, now=NOON)

    it = followed(Case.objects.get(), NOON)

    assert it.promise.last_day is not None
    assert str(day(it.promise.last_day)) in str(story_of(it)[0].title)


def test_a_merged_report_shows_the_state_of_the_other() -> None:
    first, second = make_report(), make_report()
    with transaction.atomic():
        merge(At(second.case_id), first.number, text="The same lamp.", actor=CLERK, now=NOON)
    move(first.case_id, "accept", CLERK)

    it = followed(Case.objects.get(pk=second.case_id), NOON)

    assert it.into is not None and it.into.state == "at_work"


def tell_all() -> None:
    """Run the jobs that tell reporters, as the worker would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'cases.tell_reporter' ORDER BY id"
        )
        found = [json.loads(row[0]) for row in cursor.fetchall()]
    for args in found:
        tasks.tell_reporter(**args)


def test_each_step_and_word_reaches_whoever_wants_to_know() -> None:
    signed, called, silent = (
        make_report(actor=HER, is_mine=True, language="en"),
        make_report(contact=Contact(phone="13800001234"), by_sms=True),
        make_report(),
    )
    for filed in (signed, called, silent):
        move(filed.case_id, "accept", CLERK)
        with transaction.atomic():
            words.tell_reporter(At(filed.case_id), "Soon.", actor=CLERK, now=NOON)
            words.add_note(At(filed.case_id), "note", actor=CLERK, now=NOON)

    tell_all()

    assert list(Message.objects.order_by("pk").values_list("template", flat=True)) == [
        "cases.filed", "cases.news", "cases.said",
    ]  # fmt: skip
    news = Message.objects.get(template="cases.news")
    assert "Somebody is working on it." in news.body and "Soon." not in news.body
    assert news.subject == f"Report {signed.number}: there is news"
    texts = Delivery.objects.filter(masked__contains="1234")
    assert list(texts.order_by("pk").values_list("template", flat=True)) == [
        "cases.filed", "cases.news", "cases.said",
    ]  # fmt: skip


def test_news_are_told_in_the_language_of_her_account_whatever_she_reported_in() -> None:
    account = make_account(kind="resident", language="en")
    her = make_actor("her", account_id=account.pk)
    signed = make_report(actor=her, is_mine=True, language="zh-hans")
    move(signed.case_id, "accept", CLERK)

    tell_all()

    news = Message.objects.get(template="cases.news")
    assert (news.language, news.subject) == ("en", f"Report {signed.number}: there is news")
    assert "Somebody is working on it." in news.body


def test_erasing_a_reporter_takes_her_words_and_leaves_every_chain_whole() -> None:
    """In the middle of a chain: steps of others follow, and the check stays green."""
    filed = make_report(
        "我家门口的灯", actor=HER, is_mine=True, contact=Contact("她", "13800001234"),
        naming=Naming.NAMED,
    )  # fmt: skip
    other = make_report("别人的灯")
    move(filed.case_id, "accept", CLERK)
    acts.add_to_report(At(filed.case_id), Added("左边那盏"), actor=HER, now=NOON)
    move(filed.case_id, "answer", CLERK, public={"text": "It is mended."})

    with pytest.raises(NotAllowed):
        forget_person(70, actor=CLERK, now=NOON)
    assert forget_person(70, actor=SYSTEM, now=NOON) == 1
    assert forget_person(70, actor=SYSTEM, now=NOON) == 0
    move(filed.case_id, "finish", CLERK, now=NOON + timedelta(days=1),
         public={"text": "Mended."}, facts={"files": ["f"]})  # fmt: skip

    assert faults() == []
    said = [row.said["text"] for row in PublicWords.objects.order_by("pk")]
    assert said == ["别人的灯", "It is mended.", "Mended."]
    reporter = Reporter.objects.get(pk=filed.case_id)
    assert (reporter.person_id, reporter.account_id, reporter.contact) == (None, None, None)
    assert reporter.forgotten_at == NOON
    case = Case.objects.get(pk=filed.case_id)
    assert (case.title, case.state) == ("", "done")
    assert Case.objects.get(pk=other.case_id).title == "别人的灯"
    assert open_followed(NOBODY, filed.number, filed.code) == case
