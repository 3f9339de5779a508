"""Several reported the same: the first of them decides for herself alone, and the others hear of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from linli.access.testing import make_account
from linli.cases.errors import CaseOver, NobodyToAsk, NotRatable
from linli.cases.models import Case, CaseClock, CaseEvent, PublicWords, Reporter
from linli.cases.queries.following import followed
from linli.cases.queries.public import get_public
from linli.cases.queries.sampling import ended_cycles
from linli.cases.services import following as acts
from linli.cases.services import linking
from linli.cases.services.rating import rate_case
from linli.cases.services.sweeping import sweep
from linli.cases.testing import NOON, clerk_of, faults, make_report, move, read_words
from linli.cases.tests.test_following import tell_all
from linli.cases.types.filing import Added, Contact, Filed
from linli.cases.types.moves import At
from linli.kernel import scope
from linli.kernel.errors import WrongState
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notify.models import Delivery
from linli.people.testing import make_person

pytestmark = pytest.mark.django_db
CLERK, SYSTEM = clerk_of(), system_actor("test")
PHONE, OTHER = Contact(phone="13800001234"), Contact(phone="13900005678")
ANSWER = {"public": {"text": "The crew comes on Friday."}}
DONE: dict[str, Any] = {"public": {"text": "Mended."}, "facts": {"files": ["f"]}}


def shared(**more: Any) -> tuple[Filed, Filed]:
    """A report that everybody reads, and one of somebody else who joined it."""
    first = make_report(**more)
    read_words(first.case_id)
    return first, make_report(same_as=first.number, contact=OTHER, by_sms=True)


def state_of(filed: Filed) -> str:
    return Case.objects.get(pk=filed.case_id).state


def page_of(filed: Filed) -> str:
    at = f"/en/follow/{filed.number}/?code={filed.code}"
    return Client().get(at).content.decode()


def test_what_others_reported_too_goes_on_when_the_first_takes_hers_back() -> None:
    first, second = shared(contact=PHONE, by_sms=True)
    move(first.case_id, "accept", CLERK)

    acts.withdraw_report(At(first.case_id), actor=NOBODY, now=NOON)

    assert (state_of(first), state_of(second)) == ("at_work", "merged")
    mine, hers = page_of(first), page_of(second)
    assert "You took it back." in mine and "it goes on for them" in mine
    assert "Somebody is working on it." in hers and "took it back" not in hers
    shown = get_public(first.number)
    assert shown.words == () and str(shown.stage) == "open"
    said = PublicWords.objects.get(case_id=first.case_id)
    assert said.withheld_at == NOON and not Case.objects.get(pk=first.case_id).is_released
    assert faults() == []


def test_who_took_hers_back_has_no_say_in_it_and_hears_no_more() -> None:
    first, _second = shared(contact=PHONE, by_sms=True)
    acts.withdraw_report(At(first.case_id), actor=NOBODY, now=NOON)
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "finish", CLERK, **DONE)
    steps = CaseEvent.objects.count()

    for refused in (
        lambda: acts.withdraw_report(At(first.case_id), actor=NOBODY, now=NOON),
        lambda: acts.agree_to_answer(At(first.case_id), actor=NOBODY, now=NOON),
        lambda: acts.ask_to_reopen(At(first.case_id), "还黑", actor=NOBODY, now=NOON),
        lambda: acts.add_to_report(At(first.case_id), Added("还有"), actor=NOBODY, now=NOON),
    ):
        with pytest.raises(CaseOver):
            refused()
    with pytest.raises(NotRatable):
        rate_case(first.number, first.code, 1, actor=NOBODY, now=NOON)

    assert CaseEvent.objects.count() == steps
    assert "Mended." not in page_of(first)
    assert ended_cycles(NOON - timedelta(days=1), NOON + timedelta(days=1)) == []
    tell_all()
    told = Delivery.objects.filter(template="cases.news")
    assert {one.masked[-4:] for one in told} == {"5678"}


def test_the_same_word_sent_twice_is_taken_once() -> None:
    first, _second = shared()
    key = uuid4()

    first_time, again = (
        acts.withdraw_report(At(first.case_id, key=key), actor=NOBODY, now=NOON) for _ in range(2)
    )

    assert again.is_repeated and again.seq == first_time.seq

    assert CaseEvent.objects.filter(move="step_out").count() == 1


def test_the_first_agrees_for_herself_alone() -> None:
    first, _second = shared()
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "answer", CLERK, **ANSWER)

    told = {"code": first.code, "key": str(uuid4())}
    sent = Client().post(f"/en/follow/{first.number}/agree", told, follow=True)

    said = sent.content.decode()
    assert state_of(first) == "answered"
    assert "It stays open for the others" in said
    it = followed(Case.objects.get(pk=first.case_id), NOON)
    assert "agree" not in it.moves and "ask_reopen" in it.moves
    # said once, it is not a way to settle it after all
    with pytest.raises(WrongState):
        acts.agree_to_answer(At(first.case_id), actor=NOBODY, now=NOON)
    assert state_of(first) == "answered"
    assert faults() == []


def test_alone_she_settles_an_answer_by_agreeing() -> None:
    only = make_report()
    move(only.case_id, "accept", CLERK)
    move(only.case_id, "answer", CLERK, **ANSWER)

    acts.agree_to_answer(At(only.case_id), actor=NOBODY, now=NOON)

    assert state_of(only) == "done"


@pytest.mark.parametrize("why", ["shared", "unheard"])
def test_no_report_ends_by_the_silence_of_whoever_cannot_answer_for_all(why: str) -> None:
    """Others wait for it, or the question reached nobody: it goes on without what was asked."""
    first = shared(contact=PHONE, by_sms=True)[0] if why == "shared" else make_report()
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "ask_back", CLERK, public={"text": "Which lamp?"})

    sweep(actor=SYSTEM, now=NOON + timedelta(days=16))

    case = Case.objects.get(pk=first.case_id)
    assert (case.state, case.is_open) == ("at_work", True)
    assert CaseEvent.objects.filter(case=case, move="resume", by="job").count() == 1
    assert faults() == []


def test_others_read_what_the_first_did_in_words_of_their_own() -> None:
    first, second = shared(contact=PHONE, by_sms=True)
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "ask_back", CLERK, public={"text": "Which lamp?"})
    asked = page_of(second)
    acts.add_to_report(At(first.case_id), Added("左边"), actor=NOBODY, now=NOON)
    move(first.case_id, "answer", CLERK, **ANSWER)
    tell_all()
    before = Delivery.objects.filter(template="cases.news").count()
    acts.ask_to_reopen(At(first.case_id), "还是黑的", actor=NOBODY, now=NOON)

    assert "We need something from you." not in asked
    assert "The office asked whoever reported it first" in asked
    assert "You said it is not solved." not in page_of(second)
    assert "Somebody who reported it says that it is not solved." in page_of(second)
    assert "You said it is not solved." in page_of(first)
    Delivery.objects.all().delete()
    tell_all()
    told = [
        one.masked[-4:] for one in Delivery.objects.filter(template="cases.news").order_by("pk")
    ]
    # the last step was hers: of it the other alone hears
    assert len(told) == before + 1 and told[-1] == "5678"


def test_the_sheet_says_who_reads_along_and_whom_a_question_does_not_reach() -> None:
    first, _second = shared()
    move(first.case_id, "accept", CLERK)

    sheet = client_of(CLERK).get(f"/en/desk/cases/{first.number}/").content.decode()

    assert "1 other who reported the same reads these words too" in sheet
    assert "No message reaches this reporter" in sheet
    alone = make_report(contact=PHONE, by_sms=True)
    move(alone.case_id, "accept", CLERK)
    sheet = client_of(CLERK).get(f"/en/desk/cases/{alone.number}/").content.decode()
    assert "who reported the same read" not in sheet and "No message reaches" not in sheet


def test_a_program_takes_hers_back_alone_too() -> None:
    first, _second = shared()
    client = Client(headers={"follow-code": first.code})

    told = post_json(client, f"/api/v1/reports/{first.number}/withdraw", {})

    assert told.status_code == 200
    with override("en"):
        assert told.json()["moves"] == []
    assert state_of(first) == "filed"


def test_whoever_steps_out_while_she_is_asked_lets_it_go_on() -> None:
    first, second = shared(contact=PHONE, by_sms=True)
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "ask_back", CLERK, public={"text": "Which lamp?"})

    acts.withdraw_report(At(first.case_id, key=(key := uuid4())), actor=NOBODY, now=NOON)

    assert state_of(first) == "at_work"
    assert CaseClock.objects.get(case_id=first.case_id, key="solve").state == "running"
    again = acts.withdraw_report(At(first.case_id, key=key), actor=NOBODY, now=NOON)
    assert again.is_repeated and CaseEvent.objects.filter(move="resume").count() == 1
    assert "Somebody is working on it." in page_of(second)
    assert faults() == []


def test_nobody_asks_whoever_stepped_out() -> None:
    first, _second = shared(contact=PHONE, by_sms=True)
    move(first.case_id, "accept", CLERK)
    sheet = f"/en/desk/cases/{first.number}/"
    assert "Ask the reporter" in client_of(CLERK).get(sheet).content.decode()
    acts.withdraw_report(At(first.case_id), actor=NOBODY, now=NOON)
    steps = CaseEvent.objects.count()

    with pytest.raises(NobodyToAsk), transaction.atomic():
        move(first.case_id, "ask_back", CLERK, public={"text": "Which lamp?"})

    assert CaseEvent.objects.count() == steps and state_of(first) == "at_work"
    assert "Ask the reporter" not in client_of(CLERK).get(sheet).content.decode()


def test_a_program_reads_that_hers_ended_and_nothing_of_what_goes_on() -> None:
    first, _second = shared()
    move(first.case_id, "accept", CLERK)
    acts.withdraw_report(At(first.case_id), actor=NOBODY, now=NOON)
    client = Client(headers={"follow-code": first.code})
    address = f"/api/v1/reports/{first.number}/"
    before = client.get(address).json()

    other = make_report()
    move(other.case_id, "accept", CLERK)
    move(other.case_id, "answer", CLERK, **ANSWER)
    with transaction.atomic():
        linking.merge(At(first.case_id), other.number, text="Same.", actor=CLERK, now=NOON)
    move(other.case_id, "finish", CLERK, **DONE)

    told = client.get(address).json()
    assert told == before
    assert (told["state"], told["stage"], told["whole"]) == ("withdrawn", "ended", None)
    for words in ("The crew comes on Friday.", "Mended.", "Came to its end on"):
        assert words not in page_of(first)


@pytest.mark.parametrize("knows", ["nothing", "number", "account"])
def test_whom_the_register_alone_knows_is_reached_by_what_it_keeps(knows: str) -> None:
    """Nobody's silence ends her report where the question reached nobody."""
    person = make_person(phone="13800001234") if knows == "number" else make_person()
    if knows == "account":
        make_account(person_id=person.pk)
    only = make_report()
    Reporter.objects.filter(pk=only.case_id).update(person_id=person.pk)
    move(only.case_id, "accept", CLERK)
    move(only.case_id, "ask_back", CLERK, public={"text": "Which lamp?"})

    with scope.acting(SYSTEM), transaction.atomic():
        sweep(actor=SYSTEM, now=NOON + timedelta(days=16))

    assert state_of(only) == ("at_work" if knows == "nothing" else "lapsed")
    assert faults() == []


def test_her_own_list_says_that_she_took_it_back_whatever_becomes_of_it() -> None:
    account = make_account(kind="resident")
    her = make_actor("her", account_id=account.pk)
    first, _second = shared(actor=her, is_mine=True)
    acts.withdraw_report(At(first.case_id), actor=NOBODY, now=NOON)
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "finish", CLERK, **DONE)

    page = client_of(her).get("/en/me/reports/").content.decode()

    assert first.number in page and "You took it back." in page
    assert "It is done." not in page


def test_what_the_office_had_withheld_stays_so_since_its_own_day() -> None:
    first, _second = shared()
    before = NOON - timedelta(days=3)
    PublicWords.objects.filter(case_id=first.case_id).update(
        shown=None, shown_nonce=None, released_at=None, withheld_at=before
    )

    acts.withdraw_report(At(first.case_id), actor=NOBODY, now=NOON)

    assert PublicWords.objects.get(case_id=first.case_id).withheld_at == before
