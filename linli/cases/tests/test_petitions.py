"""Petitions by the regulation: taken up and answered in their terms, and who may see them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.utils.translation import override

from linli.cases import permits
from linli.cases.errors import (
    HandledElsewhere,
    Missing,
    OnlyReferred,
    TooManyVisitors,
    WrongPlace,
)
from linli.cases.models import Case, CaseEvent, CaseLink, Reporter
from linli.cases.queries.following import Followed, followed
from linli.cases.queries.reading import visible_cases
from linli.cases.services import petitions
from linli.cases.services.perform import perform
from linli.cases.testing import REPORTER, faults, move
from linli.cases.tests.offices import (
    TOWN,
    VILLAGE,
    at,
    last_day,
    petition_office,
    post_at,
)
from linli.cases.tests.petition_samples import (
    opened,
    petition,
    replied,
)
from linli.cases.types.moves import At, Given, Wish
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.testing import make_actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db


def test_a_petition_is_numbered_timed_and_its_writer_sealed() -> None:
    case_id = opened("2026-03-02")

    case = Case.objects.get()
    assert (case.number, case.state, case.level) == ("XF-2026-0001", "registered", 4)
    # AP-01: received 2026-03-02, by 2026-03-17
    assert last_day(case_id, "transfer") == date(2026, 3, 17)
    row = Reporter.objects.get()
    assert row.phone_masked == "138****1234"
    assert "陈大文".encode() not in bytes(row.contact or b"")
    assert faults() == []


def test_the_petitioner_reads_what_is_due_by_when_and_until_when_she_may_object() -> None:
    # AP-01, AP-04, AP-05, AP-09
    case_id = opened("2026-03-02")
    office = petition_office()

    def seen() -> Followed:
        return followed(Case.objects.get(), at("2026-03-03"))

    assert seen().promise.last_day == date(2026, 3, 17)
    with override("en"):
        assert str(seen().promise.what) == "Pass on or accept"
    move(case_id, "accept", office, now=at("2026-03-03"), public={"text": "Accepted."})
    assert seen().promise.last_day == last_day(case_id, "handle")
    move(case_id, "reply", office, now=at("2026-03-04"), public={"text": "So it is."})
    assert seen().promise.last_day is None
    own = seen().own_time
    assert own is not None and own.last_day == last_day(case_id, "review_request")


def test_handling_ends_sixty_days_after_acceptance_and_is_extended_once() -> None:
    from linli.cases.errors import LongerThanLaw
    from linli.cases.services.extending import extend

    case_id = opened("2026-08-10")
    move(case_id, "accept", petition_office(), now=at("2026-08-10"), public={"text": "Accepted."})

    assert last_day(case_id, "handle") == date(2026, 10, 9)
    with pytest.raises(LongerThanLaw), transaction.atomic():
        extend(
            At(case_id), "handle", 31, reason="Hard.", actor=petition_office(), now=at("2026-09-01")
        )
    with transaction.atomic():
        extend(
            At(case_id), "handle", 30, reason="Hard.", actor=petition_office(), now=at("2026-09-01")
        )
    assert last_day(case_id, "handle") == date(2026, 11, 8)
    with pytest.raises(LongerThanLaw), transaction.atomic():
        extend(
            At(case_id), "handle", 1, reason="Hard.", actor=petition_office(), now=at("2026-09-02")
        )


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"visitors": 6}, TooManyVisitors),
        ({"matter": "accusation"}, OnlyReferred),
        ({"text": "  "}, Missing),
        ({"place": "441900005001"}, WrongPlace),
        ({"same_as": "XF-2020-0007"}, Missing),
    ],
)
def test_what_the_regulation_does_not_allow_is_refused_and_nothing_is_kept(
    given: dict[str, object], refusal: type
) -> None:
    make_village("441900005001")

    with pytest.raises(refusal):
        petitions.open_petition(petition(**given), actor=petition_office(), now=at("2026-08-10"))

    assert not Case.objects.exists()
    assert not Reporter.objects.exists()


def test_six_may_write_a_letter_together() -> None:
    opened(visitors=6, channel="letter")

    assert Case.objects.get().channel == "letter"


def test_the_same_matter_is_not_taken_twice_while_it_is_being_handled() -> None:
    opened()
    number = Case.objects.get().number

    with pytest.raises(HandledElsewhere):
        petitions.open_petition(
            petition(same_as=number), actor=petition_office(), now=at("2026-08-11")
        )

    move(Case.objects.get().pk, "note_withdrawal", petition_office(), now=at("2026-08-12"),
         internal={"reason": "in writing"})  # fmt: skip
    second = petitions.open_petition(
        petition(same_as=number), actor=petition_office(), now=at("2026-08-13")
    )
    assert CaseLink.objects.get(case_id=second.held.id).kind == "related_to"


def test_who_works_on_cases_alone_sees_no_petition_and_makes_no_move() -> None:
    case_id = opened()
    handler = make_actor("handler", permits.SEE, permits.HANDLE, permits.DISPATCH, at=TOWN)
    short = make_actor("short", permits.PETITIONS, permits.PETITION_WORK, at=TOWN, ceiling=3)
    village = make_actor("village", permits.PETITIONS, permits.PETITION_WORK, at=VILLAGE)

    for actor in (handler, short, village, NOBODY):
        assert not visible_cases(actor).exists()
        with pytest.raises(NotAllowed):
            move(case_id, "accept", actor, public={"text": "x"})
    assert CaseEvent.objects.count() == 1


def test_whom_a_petition_is_about_never_sees_it() -> None:
    post = post_at(TOWN)
    case_id = opened(about_post_id=post)

    assert not visible_cases(petition_office(post)).exists()
    assert visible_cases(petition_office()).exists()
    with pytest.raises(NotFound):
        move(case_id, "accept", petition_office(post), public={"text": "x"})


def test_the_petitioner_withdraws_and_agrees_herself() -> None:
    case_id = replied()

    with transaction.atomic():
        perform(Wish(case_id, "agree", Given()), actor=NOBODY, now=at("2026-09-12"), hand=REPORTER)

    assert Case.objects.get().stage == "solved"
