"""Petitions by the regulation: terms, passing on, objecting, review, and who may see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.utils.translation import override

from linli.cases import permits, tasks
from linli.cases.errors import (
    DecidesOwnWork,
    HandledElsewhere,
    Missing,
    OnlyReferred,
    SenderDecides,
    TooManyVisitors,
    WrongPlace,
)
from linli.cases.forms.sheet import moves_of
from linli.cases.models import Case, CaseEvent, CaseLink, Reporter
from linli.cases.models.contacts import contact_of
from linli.cases.queries.following import Followed, followed
from linli.cases.queries.reading import visible_cases
from linli.cases.queries.stages import reviewers_of
from linli.cases.services import petitions, visits
from linli.cases.services.perform import perform
from linli.cases.services.sweeping import sweep
from linli.cases.testing import REPORTER, faults, move
from linli.cases.tests.offices import (
    CITY,
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    at,
    last_day,
    petition_office,
    post_at,
)
from linli.cases.types.filing import Contact
from linli.cases.types.moves import At, Given, Wish
from linli.cases.types.openings import Asker, Petitioning, Visiting
from linli.kernel.errors import NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY, VAULT, Actor, system_actor
from linli.kernel.testing import make_actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
ANNA = Asker(Contact("陈大文", "13800001234"))
WORDS = "The compensation for my field was never paid."


def petition(**given: object) -> Petitioning:
    return Petitioning(**{"place": "441900005", "text": WORDS, "asker": ANNA, **given})  # type: ignore[arg-type]


def opened(day: str = "2026-08-10", **given: object) -> int:
    make_village("441900005001")
    return petitions.open_petition(petition(**given), actor=petition_office(), now=at(day)).held.id


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


def passed_on(day: str = "2026-09-28") -> tuple[int, int]:
    """Return a petition that was passed on to a post, and that post."""
    case_id, post = opened(day), post_at(TOWN)
    petitions.transfer_petition(
        At(case_id), post, "The land office has it.", actor=petition_office(), now=at(day)
    )
    return case_id, post


def test_passed_on_it_can_be_objected_to_within_five_working_days() -> None:
    case_id, post = passed_on()
    lead = petition_office(post)
    # AP-03: received Monday 2026-09-28, by 2026-10-10; AP-02: told within fifteen days
    assert last_day(case_id, "object") == date(2026, 10, 10)
    assert last_day(case_id, "notify") == date(2026, 10, 13)
    assert Case.objects.get().lead_post_id == post

    move(case_id, "object", lead, now=at("2026-10-08"), internal={"reason": "not land, but water"})
    case = Case.objects.get()
    assert (case.state, case.due_clock) == ("objected", "transfer")
    sender, right = petition_office(account_id=99), {"reason": "right"}
    move(case_id, "take_back", sender, now=at("2026-10-09"), internal=right)

    case = Case.objects.get()
    assert (case.state, case.lead_post_id) == ("registered", None)
    assert faults() == []


def test_the_next_office_has_its_own_term_from_the_day_on_which_it_gets_it() -> None:
    case_id, post = passed_on()
    move(
        case_id, "object", petition_office(post), now=at("2026-10-08"), internal={"reason": "water"}
    )
    sender, right = petition_office(account_id=99), {"reason": "right"}
    move(case_id, "take_back", sender, now=at("2026-10-09"), internal=right)

    other = post_at(TOWN)
    petitions.transfer_petition(
        At(case_id),
        other,
        "The water office has it.",
        actor=petition_office(),
        now=at("2026-10-12"),
    )

    assert last_day(case_id, "notify") == date(2026, 10, 27)
    assert last_day(case_id, "object") == date(2026, 10, 19)
    assert faults() == []


def test_after_the_term_nobody_objects_any_more() -> None:
    case_id, post = passed_on()

    sweep(actor=SYSTEM, now=at("2026-10-11"))

    assert Case.objects.get().state == "received"
    with pytest.raises(WrongState):
        move(
            case_id,
            "object",
            petition_office(post),
            now=at("2026-10-11"),
            internal={"reason": "late"},
        )
    # the term for telling the petitioner goes on as it was
    assert last_day(case_id, "notify") == date(2026, 10, 13)
    assert faults() == []


def test_another_post_neither_objects_nor_accepts_for_the_competent_one() -> None:
    from linli.cases.errors import NotTheLead

    case_id, post = passed_on()

    for name, given in (
        ("object", {"internal": {"reason": "x"}}),
        ("accept", {"public": {"text": "x"}}),
    ):
        with pytest.raises(NotTheLead):
            move(case_id, name, petition_office(post + 1), now=at("2026-09-29"), **given)


def test_a_petition_is_passed_on_only_with_a_post_of_the_place() -> None:
    case_id = opened()
    far = post_at(OTHER_TOWN)

    with pytest.raises(Missing):
        petitions.transfer_petition(
            At(case_id), far, "x", actor=petition_office(), now=at("2026-08-11")
        )
    with pytest.raises(Missing):
        move(case_id, "transfer", petition_office(), now=at("2026-08-11"))
    assert Case.objects.get().seq == 1


def test_the_city_passes_a_petition_to_a_town_and_takes_it_back() -> None:
    make_village("441900005001")
    city = petition_office(path=CITY)
    given = petition(place="441900")
    case_id = petitions.open_petition(given, actor=city, now=at("2026-08-10")).held.id
    post = post_at(TOWN)

    petitions.transfer_petition(At(case_id), post, "Your town.", actor=city, now=at("2026-08-11"))
    case = Case.objects.get()
    assert (case.path, case.town_id > 0) == (TOWN, True)
    assert visible_cases(petition_office()).filter(pk=case_id).exists()

    move(
        case_id,
        "object",
        petition_office(post),
        now=at("2026-08-12"),
        internal={"reason": "city's"},
    )
    move(case_id, "take_back", city, now=at("2026-08-13"), internal={"reason": "right"})
    case = Case.objects.get()
    assert (case.path, case.town_id) == (CITY, 0)
    assert not visible_cases(petition_office()).filter(pk=case_id).exists()
    assert faults() == []


def may_of(actor: Actor, case: Case) -> set[str]:
    return {view.name for view in moves_of(actor, case, None)}


@pytest.mark.parametrize("name", ["take_back", "insist"])
def test_whoever_objects_does_not_decide_about_it_and_neither_does_her_office(name: str) -> None:
    make_village("441900005001")
    city, post, reason = petition_office(path=CITY), post_at(TOWN), {"reason": "x"}
    case_id = petitions.open_petition(
        petition(place="441900"), actor=city, now=at("2026-08-10")
    ).held.id
    petitions.transfer_petition(At(case_id), post, "Your town.", actor=city, now=at("2026-08-11"))
    lead = petition_office(post)
    move(case_id, "object", lead, now=at("2026-08-12"), internal=reason)

    both = replace(lead, grants=(*lead.grants, *city.grants))
    for actor in (lead, petition_office(post + 1, account_id=98), both):
        with pytest.raises(SenderDecides):
            move(case_id, name, actor, now=at("2026-08-12", 11), internal=reason)
        case = Case.objects.get()
        assert name not in may_of(actor, case)

    assert (case.state, case.path, case.seq) == ("objected", TOWN, 3)
    assert name in may_of(city, case)
    move(case_id, name, city, now=at("2026-08-13"), internal=reason)
    assert faults() == []


def test_in_one_town_another_post_of_its_petition_office_decides() -> None:
    case_id, post = passed_on()
    move(
        case_id, "object", petition_office(post), now=at("2026-10-08"), internal={"reason": "water"}
    )

    with pytest.raises(SenderDecides):
        move(
            case_id, "insist", petition_office(post, account_id=98), now=at("2026-10-09"),
            internal={"reason": "x"},
        )  # fmt: skip
    other = petition_office(post + 1, account_id=99)
    move(case_id, "insist", other, now=at("2026-10-09"), internal={"reason": "x"})

    case = Case.objects.get()
    assert (case.state, case.lead_post_id) == ("received", post)


def replied() -> int:
    case_id = opened("2026-08-10")
    move(case_id, "accept", petition_office(), now=at("2026-08-11"), public={"text": "Accepted."})
    move(
        case_id,
        "reply",
        petition_office(),
        now=at("2026-09-10"),
        public={"text": "It was paid in 2019."},
    )
    return case_id


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


def in_review() -> tuple[int, int]:
    case_id = replied()
    review = petitions.ask_review(
        At(case_id), "441900", "Not paid.", actor=petition_office(path=CITY), now=at("2026-09-20")
    )
    return case_id, review.held.id


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


def clerk() -> Actor:
    return make_actor("clerk", permits.VISITS, at=VILLAGE, ceiling=VAULT)


def visit(**given: object) -> Visiting:
    return Visiting(**{"place": "441900005001", "text": WORDS, "asker": ANNA, **given})  # type: ignore[arg-type]


def test_a_village_notes_a_visit_and_passes_it_on_for_the_visitor() -> None:
    make_village("441900005001")
    noted = visits.register_visit(visit(visitors=3), actor=clerk(), now=at("2026-08-10"))

    came = visits.forward_visit(
        At(noted.held.id), note="Known since spring.", actor=clerk(), now=at("2026-08-10", 15)
    )

    first, second = Case.objects.order_by("id")
    assert (first.kind, first.state, first.number) == ("visit", "forwarded", "LF-2026-0001")
    assert (second.kind, second.state, second.path) == ("petition", "registered", TOWN)
    assert Reporter.objects.filter(phone_masked="138****1234").count() == 2
    assert came.code != noted.code
    assert not visible_cases(clerk()).filter(kind="petition").exists()
    assert CaseEvent.objects.get(case=second, move="open").account_id == 1
    assert faults() == []


@pytest.mark.parametrize(
    ("given", "refusal"),
    [({"visitors": 6}, TooManyVisitors), ({"place": "441900005"}, (WrongPlace, NotAllowed)),
     ({"matter": "accusation"}, OnlyReferred)],
)  # fmt: skip
def test_a_visit_that_may_not_be_received_is_not_noted(
    given: dict[str, object], refusal: type
) -> None:
    make_village("441900005001")

    with pytest.raises(refusal):
        visits.register_visit(visit(**given), actor=clerk(), now=at("2026-08-10"))

    assert not Case.objects.exists()


def test_a_visit_is_passed_on_once_and_by_who_may() -> None:
    make_village("441900005001")
    noted = visits.register_visit(visit(), actor=clerk(), now=at("2026-08-10")).held.id
    stranger = make_actor("stranger", permits.VISITS, at="441900/441900006/", ceiling=VAULT)

    with pytest.raises(NotAllowed):
        visits.forward_visit(At(noted), note="", actor=stranger, now=at("2026-08-10"))
    visits.forward_visit(At(noted), note="", actor=clerk(), now=at("2026-08-10"))
    with pytest.raises(WrongState):
        visits.forward_visit(At(noted), note="", actor=clerk(), now=at("2026-08-11"))

    assert Case.objects.filter(kind="petition").count() == 1
