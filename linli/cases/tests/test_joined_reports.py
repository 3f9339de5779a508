"""Whoever reported the same as others reads what the office says of it, adds, and asks to take it up again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.cases import permits, tasks
from linli.cases.errors import CaseOver, OwnMatter
from linli.cases.models import Case, CaseEvent, InternalWords, PublicWords
from linli.cases.queries import others
from linli.cases.queries.following import followed
from linli.cases.queries.reopening import get_asked
from linli.cases.services import following as acts
from linli.cases.services import linking, words
from linli.cases.services.forgetting import forget_reporter
from linli.cases.services.sweeping import sweep
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_report, move, read_words
from linli.cases.tests.offices import post_at
from linli.cases.tests.test_accusing import ACCUSES
from linli.cases.tests.test_following import tell_all
from linli.cases.tests.test_shared_reports import (
    ANSWER,
    CLERK,
    DONE,
    PHONE,
    SYSTEM,
    page_of,
    shared,
    state_of,
)
from linli.cases.types.filing import Added
from linli.cases.types.moves import At
from linli.kernel.errors import WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notify.models import Delivery
from linli.orgs.testing import make_post

pytestmark = pytest.mark.django_db
CHIEF = make_actor("chief", permits.SUPERVISE, permits.SEE, at=VILLAGE, account_id=99)
STILL_DARK = "我家门口还是黑的"


def test_who_joined_reads_the_answer_and_not_what_the_first_was_asked_or_wrote() -> None:
    first, second = shared(text="公交站的路灯，我是老王")
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "ask_back", CLERK, public={"text": "Which house is yours?"})
    acts.add_to_report(At(first.case_id), Added("左边那家"), actor=NOBODY, now=NOON)
    with transaction.atomic():
        words.tell_reporter(At(first.case_id), "We ring you.", actor=CLERK, now=NOON)
    move(first.case_id, "answer", CLERK, **ANSWER)

    page = page_of(second)

    assert "The crew comes on Friday." in page and "We have answered." in page
    for theirs in ("Which house is yours?", "左边那家", "We ring you.", "老王"):
        assert theirs not in page
    it = followed(Case.objects.get(pk=second.case_id), NOON)
    whole = followed(Case.objects.get(pk=first.case_id), NOON)
    assert it.promise == whole.promise and it.promise.due_at is not None


def test_the_receipt_promises_no_answer_that_the_first_had_already() -> None:
    post_at(VILLAGE, kind="committee_chair")
    first, second = shared()

    def told() -> list[bool]:
        at = f"/en/report/receipt/{second.number}/?code={second.code}"
        pages = [Client().get(at + more).content.decode() for more in ("", "&paper=1")]
        return ["An answer by" in pages[0], "Answered by" in pages[1]]

    assert told() == [True, True]
    move(first.case_id, "accept", CLERK)
    assert told() == [False, False]


def test_what_hers_is_the_same_as_is_read_once_for_her_page() -> None:
    first, second = shared()
    move(first.case_id, "accept", CLERK)
    case = Case.objects.get(pk=second.case_id)

    with CaptureQueriesContext(connection) as read:
        it = followed(case, NOON)

    assert it.moves == {"add_words"}
    assert sum("/* cases.wholes */" in one["sql"] for one in read.captured_queries) == 1


def test_of_a_case_that_became_confidential_she_reads_where_it_stands_alone() -> None:
    first, second = shared()
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "answer", CLERK, **ANSWER)
    Case.objects.filter(pk=first.case_id).update(level=4)

    page = page_of(second)

    assert "We have answered." in page and "The crew comes on Friday." not in page


def test_she_reads_why_it_is_late() -> None:
    first, second = shared()
    move(first.case_id, "accept", CLERK)
    late = NOON + timedelta(days=10)
    sweep(actor=SYSTEM, now=late)
    with transaction.atomic():
        words.say_why_late(At(first.case_id), "solve", "Parts are late.", actor=CLERK, now=late)

    it = followed(Case.objects.get(pk=second.case_id), late)

    assert it.promise.is_late and it.why_late == "Parts are late."
    assert "Parts are late." in page_of(second)


def test_what_she_adds_stays_with_her_number_and_whoever_works_on_it_reads_it() -> None:
    first, second = shared()
    seq = Case.objects.get(pk=first.case_id).seq

    acts.add_to_report(At(second.case_id), Added("第二盏也不亮"), actor=NOBODY, now=NOON)

    sheet = client_of(CLERK).get(f"/en/desk/cases/{first.number}/").content.decode()
    assert "From others who reported the same" in sheet and "第二盏也不亮" in sheet
    assert "第二盏也不亮" in page_of(second) and "第二盏也不亮" not in page_of(first)
    assert Case.objects.get(pk=first.case_id).seq == seq
    far = client_of(clerk_of("441900/441900006/"))
    assert far.get(f"/en/desk/cases/{first.number}/").status_code == 404
    forget_reporter(second.case_id, actor=SYSTEM, now=NOON)
    assert not PublicWords.objects.filter(case_id=second.case_id, is_by_reporter=True).exists()
    assert faults() == []


def test_of_many_words_the_newest_are_shown_and_it_is_said_where_the_older_ones_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(others, "MOST", 2)
    first, second = shared()
    third = make_report(same_as=first.number)
    later = NOON + timedelta(hours=1)
    for said in ("第二盏也不亮", "第三盏也不亮"):
        acts.add_to_report(At(third.case_id), Added(said), actor=NOBODY, now=later)

    sheet = client_of(CLERK).get(f"/en/desk/cases/{first.number}/").content.decode()
    told = client_of(CLERK).get(f"/api/v1/cases/{first.number}/").json()["others"]

    assert "第三盏也不亮" in sheet and "第二盏也不亮" in sheet
    assert "Only the newest 2 are shown here." in sheet
    assert [one["text"] for one in told["newest"]] == ["第三盏也不亮", "第二盏也不亮"]
    assert told["newest"][0]["number"] == third.number
    assert set(told["older_in"]) == {second.number, third.number}
    # whoever may not see theirs is told nothing of it
    Case.objects.filter(pk__in=[second.case_id, third.case_id]).update(path="441900/441900006/")
    told = client_of(CLERK).get(f"/api/v1/cases/{first.number}/").json()["others"]
    assert told == {"newest": [], "older_in": []}


def test_what_accuses_an_official_is_no_word_in_a_report_that_only_follows() -> None:
    """AP-07: nobody would read it first."""
    first, second = shared()
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "answer", CLERK, **ANSWER)
    steps = CaseEvent.objects.count()

    with pytest.raises(OwnMatter):
        acts.add_to_report(At(second.case_id), Added(ACCUSES), actor=NOBODY, now=NOON)
    with pytest.raises(OwnMatter):
        acts.ask_to_reopen(At(second.case_id), ACCUSES, actor=NOBODY, now=NOON)
    told = {"code": second.code, "text": ACCUSES, "meant_for_here": "1", "key": str(uuid4())}
    page = Client().post(f"/en/follow/{second.number}/add", told)

    assert page.status_code == 409 and "a matter of its own" in page.content.decode()
    assert CaseEvent.objects.count() == steps
    assert state_of(first) == "answered"


@pytest.mark.parametrize("how", ["page", "api"])
def test_she_says_that_it_is_not_solved_and_a_supervisor_decides_for_all(how: str) -> None:
    first, second = shared(contact=PHONE, by_sms=True)
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "finish", CLERK, **DONE)
    tell_all()
    Delivery.objects.all().delete()

    if how == "page":
        told = {"code": second.code, "text": STILL_DARK, "key": str(uuid4())}
        assert Client().post(f"/en/follow/{second.number}/reopen", told).status_code == 303
    else:
        client = Client(headers={"follow-code": second.code})
        at = f"/api/v1/reports/{second.number}/ask-reopen"
        answer = post_json(client, at, {"text": STILL_DARK})
        assert answer.status_code == 200 and answer.json()["whole"]["state"] == "reopen_asked"

    assert (state_of(first), state_of(second)) == ("reopen_asked", "merged")
    assert get_asked(CHIEF, first.number).reason == STILL_DARK
    mine = page_of(first)
    assert "You said it is not solved." not in mine and STILL_DARK not in mine
    assert "Somebody who reported it says that it is not solved." in mine
    assert not InternalWords.objects.filter(case_id=first.case_id).exists()
    move(first.case_id, "reopen", CHIEF)
    assert state_of(first) == "at_work"
    assert "Somebody is working on it." in page_of(second)
    assert faults() == []


def test_the_first_hears_that_another_asked_and_the_asker_does_not() -> None:
    first, second = shared(contact=PHONE, by_sms=True)
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "finish", CLERK, **DONE)
    before = _jobs()

    acts.ask_to_reopen(At(second.case_id), STILL_DARK, actor=NOBODY, now=NOON)

    (job,) = _jobs()[len(before) :]
    assert job["by_case"] == second.case_id and job["case_id"] == first.case_id
    Delivery.objects.all().delete()
    tasks.tell_reporter(**job)
    assert [one.masked[-4:] for one in Delivery.objects.filter(template="cases.news")] == ["1234"]


def test_what_cannot_be_asked_of_the_whole_is_refused_and_nothing_is_kept() -> None:
    first, second = shared()
    steps = CaseEvent.objects.count()

    with pytest.raises(WrongState):
        acts.ask_to_reopen(At(second.case_id), STILL_DARK, actor=NOBODY, now=NOON)

    assert CaseEvent.objects.count() == steps and state_of(first) == "filed"
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "refer", CLERK, public={"text": "x"}, internal={"reason": "r"})
    with pytest.raises(CaseOver):
        acts.add_to_report(At(second.case_id), Added("还有"), actor=NOBODY, now=NOON)


def test_a_program_reads_the_words_of_the_office_too() -> None:
    first, second = shared()
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "answer", CLERK, **ANSWER)
    client = Client(headers={"follow-code": second.code})

    told = client.get(f"/api/v1/reports/{second.number}/").json()

    assert told["state"] == "merged" and told["whole"]["stage"] == "answered"
    assert [one["text"] for one in told["whole"]["story"]] == ["The crew comes on Friday."]
    assert set(told["moves"]) == {"add_words", "ask_reopen"}
    alone = make_report()
    own = Client(headers={"follow-code": alone.code}).get(f"/api/v1/reports/{alone.number}/")
    assert own.json()["whole"] is None


def test_taken_apart_she_has_her_own_rights_again() -> None:
    first, second = shared()
    with transaction.atomic():
        linking.unmerge(At(second.case_id), reason="another lamp", actor=CLERK, now=NOON)

    acts.withdraw_report(At(second.case_id), actor=NOBODY, now=NOON)
    acts.withdraw_report(At(first.case_id), actor=NOBODY, now=NOON)

    assert (state_of(first), state_of(second)) == ("withdrawn", "withdrawn")


def _jobs() -> list[dict[str, Any]]:
    """Return what the jobs that tell reporters were given, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'cases.tell_reporter' ORDER BY id"
        )
        found = [row[0] for row in cursor.fetchall()]
    return [one if isinstance(one, dict) else json.loads(one) for one in found]


def test_words_said_before_hers_was_tied_to_it_stay_with_whom_they_were_written_to() -> None:
    first = make_report()
    read_words(first.case_id)
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "answer", CLERK, public={"text": "Mrs Wang, we ring you."})
    later = NOON + timedelta(hours=1)
    second = make_report(same_as=first.number, now=later)

    assert "We have answered." in page_of(second) and "Mrs Wang" not in page_of(second)
    client = Client(headers={"follow-code": second.code})
    assert client.get(f"/api/v1/reports/{second.number}/").json()["whole"]["story"] == []

    # what everybody reads she reads too, as it is shown
    words = PublicWords.objects.filter(case_id=first.case_id, is_by_reporter=False)
    words.update(shown="■■, we ring you.", shown_nonce=b"n" * 16, released_at=later, waits=False)
    page = page_of(second)
    assert "■■, we ring you." in page and "Mrs Wang" not in page
    words.update(shown=None, shown_nonce=None, released_at=None)

    move(first.case_id, "finish", CLERK, now=later, **DONE)
    assert "Mended." in page_of(second) and "Mrs Wang" not in page_of(second)


def test_through_two_ties_words_count_from_the_later_one() -> None:
    first, second = shared()
    third = make_report()
    move(third.case_id, "accept", CLERK, now=NOON + timedelta(hours=1))
    move(third.case_id, "answer", CLERK, now=NOON + timedelta(hours=1), **ANSWER)
    later = NOON + timedelta(hours=2)
    with transaction.atomic():
        linking.merge(At(first.case_id), third.number, text="Same.", actor=CLERK, now=later)

    assert "We have answered." in page_of(second)
    assert "The crew comes on Friday." not in page_of(second)


def test_of_a_case_about_an_official_whoever_follows_is_told_nothing() -> None:
    """AP-07: by a follow code one cannot tell whether it is she whom it is about."""
    first, second = shared(contact=PHONE, by_sms=True)
    Case.objects.filter(pk=first.case_id).update(about_post_id=make_post().pk)
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "finish", CLERK, **DONE)
    steps = CaseEvent.objects.count()

    page = page_of(second)
    assert "The office deals with both together." in page
    for told in (
        "Mended.",
        "It is done.",
        "You have time until",
        "Now handled by",
        "Came to its end",
    ):
        assert told not in page
    client = Client(headers={"follow-code": second.code})
    told = client.get(f"/api/v1/reports/{second.number}/").json()
    assert (told["whole"], told["moves"], told["post"], told["settle_by"]) == (None, [], None, None)
    for refused in (
        lambda: acts.ask_to_reopen(At(second.case_id), STILL_DARK, actor=NOBODY, now=NOON),
        lambda: acts.add_to_report(At(second.case_id), Added(STILL_DARK), actor=NOBODY, now=NOON),
    ):
        with pytest.raises(CaseOver):
            refused()
    assert CaseEvent.objects.count() == steps and state_of(first) == "done"
    Delivery.objects.all().delete()
    tell_all()
    told_to = [one.masked[-4:] for one in Delivery.objects.filter(template="cases.news")]
    # the other heard that hers is the same, and no more
    assert told_to.count("5678") == 1 and told_to.count("1234") == 2
    sheet = client_of(CLERK).get(f"/en/desk/cases/{first.number}/").content.decode()
    assert "reads these words too" not in sheet


def test_what_the_first_was_asked_is_no_time_of_whoever_follows() -> None:
    first, second = shared()
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "ask_back", CLERK, public={"text": "Which lamp?"})

    it = followed(Case.objects.get(pk=second.case_id), NOON)
    assert it.promise.is_paused and it.own_time is None
    page = page_of(second)
    assert "waits for you" not in page and "You have time until" not in page
    assert "waits for you" in page_of(first)
    acts.add_to_report(At(first.case_id), Added("左边"), actor=NOBODY, now=NOON)
    move(first.case_id, "finish", CLERK, **DONE)
    # objecting is hers too
    assert "You have time until" in page_of(second)
