"""Review of an answer to a petition, and the second look at it: who decides, by when, and the end."""

from __future__ import annotations

from datetime import date

import pytest

from linli.cases import tasks
from linli.cases.errors import (
    DecidesOwnWork,
    Missing,
)
from linli.cases.models import Case, CaseLink, Reporter
from linli.cases.models.contacts import contact_of
from linli.cases.queries.reading import visible_cases
from linli.cases.queries.stages import reviewers_of
from linli.cases.services import petitions
from linli.cases.services.sweeping import sweep
from linli.cases.testing import faults, move
from linli.cases.tests.offices import (
    CITY,
    TOWN,
    at,
    last_day,
    petition_office,
)
from linli.cases.tests.petition_samples import (
    SYSTEM,
    in_review,
    replied,
)
from linli.cases.types.moves import At
from linli.kernel.errors import NotAllowed, WrongState
from linli.kernel.permits import NOBODY

pytestmark = pytest.mark.django_db


def test_an_answer_stands_when_nobody_asks_for_a_review_in_thirty_days() -> None:
    case_id = replied()
    assert Case.objects.get().stage == "answered"
    assert last_day(case_id, "review_request") == date(2026, 10, 10)

    sweep(actor=SYSTEM, now=at("2026-10-11"))

    assert Case.objects.get().state == "stands"
    with pytest.raises(WrongState):
        petitions.ask_review(
            At(case_id),
            "441900",
            "Not paid.",
            actor=petition_office(path=CITY),
            now=at("2026-10-12"),
        )
    assert not Case.objects.filter(kind="petition_review").exists()


def test_the_town_takes_a_review_down_and_the_city_has_it_with_whoever_asked() -> None:
    case_id = replied()
    Reporter.objects.filter(pk=case_id).update(person_id=5, by_sms=True)
    assert [code for code, _name in reviewers_of(TOWN)] == ["441900"]

    with pytest.raises(Missing):
        petitions.ask_review(
            At(case_id), "441900005", "Not paid.", actor=petition_office(), now=at("2026-09-20")
        )
    with pytest.raises(NotAllowed):
        petitions.ask_review(At(case_id), "441900", "Not paid.", actor=NOBODY, now=at("2026-09-20"))
    assert not Case.objects.filter(kind="petition_review").exists()
    review = petitions.ask_review(
        At(case_id), "441900", "Not paid.", actor=petition_office(), now=at("2026-09-20")
    )

    case = Case.objects.get(pk=review.held.id)
    asker, before = Reporter.objects.get(pk=case.pk), Reporter.objects.get(pk=case_id)
    assert (case.path, case.level, visible_cases(petition_office(path=CITY)).count()) == (
        CITY, Case.objects.get(pk=case_id).level, 2,
    )  # fmt: skip
    assert (asker.person_id, asker.by_sms, asker.phone_masked) == (5, True, before.phone_masked)
    assert contact_of(asker) == contact_of(before)
    assert faults() == []


def test_a_review_that_changes_the_answer_has_the_petition_handled_again() -> None:
    case_id, review_id = in_review()
    assert Case.objects.get(pk=case_id).state == "in_review"
    assert CaseLink.objects.get(case_id=review_id).kind == "appeal_of"
    assert last_day(review_id, "decide") == date(2026, 10, 20)

    move(review_id, "change", petition_office(path=CITY), now=at("2026-10-10"),
         public={"text": "Pay."}, facts={"basis": "art. 35"})  # fmt: skip
    tasks.follow_up(review_id)
    tasks.follow_up(review_id)

    case = Case.objects.get(pk=case_id)
    assert (case.state, case.cycle, case.reopened) == ("accepted", 2, 1)
    assert faults() == []


def test_whoever_answered_a_petition_does_not_decide_its_review_in_another_post() -> None:
    """AP-08: who stands near to a matter keeps away from it."""
    case_id, review_id = in_review()
    same = petition_office(path=CITY, account_id=len(TOWN))
    said = {"public": {"text": "Upheld."}, "facts": {"basis": "art. 35"}}

    for name in ("uphold", "change", "not_accept"):
        with pytest.raises(DecidesOwnWork):
            move(review_id, name, same, now=at("2026-10-10"), **said)

    assert Case.objects.get(pk=review_id).state == "asked"
    assert Case.objects.get(pk=case_id).state == "in_review"


def test_the_time_of_a_hearing_does_not_count() -> None:
    _case_id, review_id = in_review()
    move(
        review_id,
        "hear",
        petition_office(path=CITY),
        now=at("2026-09-25"),
        public={"text": "On Monday."},
    )
    move(review_id, "heard", petition_office(path=CITY), now=at("2026-10-05"))

    assert last_day(review_id, "decide") == date(2026, 10, 30)


def test_upheld_twice_it_is_final() -> None:
    case_id, review_id = in_review()
    upheld = {"public": {"text": "Upheld."}, "facts": {"basis": "art. 35"}}
    move(review_id, "uphold", petition_office(path=CITY), now=at("2026-10-10"), **upheld)
    tasks.follow_up(review_id)
    assert Case.objects.get(pk=case_id).state == "in_review"

    recheck = petitions.ask_review(
        At(review_id),
        "441900",
        "Still not.",
        actor=petition_office(path=CITY),
        now=at("2026-10-20"),
    )
    assert Case.objects.get(pk=review_id).state == "recheck_asked"
    # whoever decided the review does not decide what looks at it
    with pytest.raises(DecidesOwnWork):
        move(recheck.held.id, "uphold", petition_office(path=CITY), now=at("2026-11-10"), **upheld)
    other = petition_office(path=CITY, account_id=3)
    move(recheck.held.id, "uphold", other, now=at("2026-11-10"), **upheld)
    tasks.follow_up(recheck.held.id)

    assert Case.objects.get(pk=case_id).state == "stands"
    assert Case.objects.get(pk=recheck.held.id).is_open is False
    assert faults() == []


def test_a_review_that_nobody_takes_further_leaves_the_answer_standing() -> None:
    case_id, review_id = in_review()
    move(review_id, "uphold", petition_office(path=CITY), now=at("2026-10-10"),
         public={"text": "Upheld."}, facts={"basis": "art. 35"})  # fmt: skip

    sweep(actor=SYSTEM, now=at("2026-11-12"))
    tasks.follow_up(review_id)

    assert Case.objects.get(pk=review_id).state == "stands"
    assert Case.objects.get(pk=case_id).state == "stands"
