"""Papers that come in; complaints that a company lets lie."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.utils.translation import override

from linli.cases import permits, tasks
from linli.cases.errors import ChildrenOpen, DayGone, Missing, MovedMeanwhile
from linli.cases.models import (
    Assignment,
    Case,
    CaseClock,
    CaseEvent,
    InternalWords,
    PublicWords,
    Reporter,
)
from linli.cases.queries.sheet import clocks_of
from linli.cases.services import assigning, incoming, linking, property
from linli.cases.services.perform import perform
from linli.cases.services.sweeping import sweep
from linli.cases.testing import REPORTER, clerk_of, faults, make_case, move
from linli.cases.tests.offices import OTHER_TOWN, TOWN, VILLAGE, at, last_day, person, post_at
from linli.cases.types.filing import Contact
from linli.cases.types.moves import At, Given, Wish
from linli.cases.types.openings import Asker, Complaining, Receiving
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.kernel.testing import client_of
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
CLERK = clerk_of()


def secretary(*posts: int) -> Actor:
    return person(TOWN, permits.SEE, permits.HANDLE, permits.PAPERS, posts=posts)


def paper(**given: object) -> Receiving:
    told = {"place": "441900005", "title": "Notice on drains", "sender": "City water bureau"}
    return Receiving(**{**told, **given})  # type: ignore[arg-type]


def came_in(**given: object) -> int:
    make_village("441900005001")
    return incoming.open_incoming(paper(**given), actor=secretary(), now=at("2026-08-10")).held.id


def test_a_sheet_tells_of_a_reporter_only_where_somebody_outside_asked() -> None:
    number = Case.objects.get(pk=came_in()).number
    asked = make_case().held.number
    here = client_of(person(TOWN, permits.SEE, permits.HANDLE, permits.PAPERS))

    def sheets(number: str) -> list[str]:
        found = [f"/en/desk/cases/{number}/", f"/en/desk/cases/{number}/print/"]
        return [here.get(address).content.decode() for address in found]

    words = ("The reporter reads", "Told to the reporter", "Tell the reporter something")
    assert not [word for word in words for page in sheets(number) if word in page]
    assert "Tell the reporter something" in sheets(asked)[0]
    assert "Then the reporter reads" not in sheets(number)[0]
    assert (
        "Then it stands as: " in sheets(number)[0] and "Then the reporter reads" in sheets(asked)[0]
    )


def test_the_day_that_a_paper_names_counts_and_without_one_the_usual_term() -> None:
    named = came_in(
        due_on=date(2026, 8, 28), paper_number="东水〔2026〕7号", dated_on=date(2026, 8, 7)
    )
    usual = came_in()

    assert last_day(named, "handle") == date(2026, 8, 28)
    assert last_day(usual, "handle") == date(2026, 8, 31)
    said = InternalWords.objects.get(case_id=named).said
    assert said["sender"] == "City water bureau"
    assert said["dated_on"] == "2026-08-07"
    assert not PublicWords.objects.exists()
    assert faults() == []


@pytest.mark.parametrize(
    ("given", "refusal"),
    [({"sender": ""}, Missing), ({"title": " "}, Missing), ({"due_on": date(2026, 8, 9)}, DayGone)],
)
def test_a_paper_without_sender_or_title_or_with_a_day_gone_is_not_registered(
    given: dict[str, object], refusal: type
) -> None:
    with pytest.raises(refusal):
        came_in(**given)

    assert not Case.objects.exists()


def test_it_is_shown_handed_out_handled_and_filed() -> None:
    case_id, reader, handler = came_in(), post_at(TOWN), post_at(TOWN)
    incoming.circulate(
        At(case_id), [reader, handler], note="for Friday", actor=secretary(), now=at("2026-08-11")
    )
    # no rule asks for it: nobody has to mark anything
    assert not Assignment.objects.exists()
    incoming.hand_out(
        At(case_id), handler, note="answer it", actor=secretary(), now=at("2026-08-12")
    )
    move(
        case_id, "handle", secretary(handler), now=at("2026-08-20"), internal={"reason": "answered"}
    )
    move(case_id, "file", secretary(), now=at("2026-08-21"))

    case = Case.objects.get()
    assert (case.state, case.is_open) == ("filed", False)
    assert CaseClock.objects.get(key="handle").state == "met"
    assert faults() == []


def test_readers_mark_only_where_a_rule_asks_for_it() -> None:
    case_id, first, second = came_in(), post_at(TOWN), post_at(TOWN)
    incoming.circulate(
        At(case_id), [first, second, first], note="", basis="条例 art. 24", actor=secretary(),
        now=at("2026-08-11"),
    )  # fmt: skip
    parts = Assignment.objects.filter(role="consult").order_by("number")
    assert [part.post_id for part in parts] == [first, second]

    with transaction.atomic():
        assigning.finish_part(At(case_id), 1, note="", actor=secretary(first), now=at("2026-08-12"))

    assert list(parts.values_list("state", flat=True)) == ["done", "accepted"]
    move(case_id, "seen", secretary(), now=at("2026-08-13"))
    assert Case.objects.get().state == "handled"
    assert faults() == []


def test_a_paper_is_shown_and_handed_out_only_here_and_above() -> None:
    case_id, far = came_in(), post_at(OTHER_TOWN)

    with pytest.raises(Missing):
        incoming.circulate(At(case_id), [far], note="", actor=secretary(), now=at("2026-08-11"))
    with pytest.raises(Missing):
        incoming.hand_out(At(case_id), far, note="", actor=secretary(), now=at("2026-08-11"))
    with pytest.raises(NotAllowed):
        incoming.hand_out(
            At(case_id), post_at(TOWN), note="", actor=clerk_of(TOWN), now=at("2026-08-11")
        )
    for name in ("circulate", "hand_out"):
        with pytest.raises(Missing):
            move(case_id, name, secretary(), now=at("2026-08-11"))

    assert CaseEvent.objects.count() == 1


def complaint(**given: object) -> Complaining:
    told = {
        "place": "441900005001", "text": "The lift stands still.", "company": "Invented Estates",
        "matter": "repair", "asker": Asker(Contact("陈大文", "13800001234")),
    }  # fmt: skip
    return Complaining(**{**told, **given})  # type: ignore[arg-type]


def complained(**given: object) -> int:
    make_village("441900005001")
    opened = property.open_property_complaint(complaint(**given), actor=CLERK, now=at("2026-08-10"))
    return opened.held.id


def test_what_the_committee_takes_off_the_company_early_is_not_answered_on_time() -> None:
    case_id = complained()

    move(case_id, "coordinate", CLERK, now=at("2026-08-10"), internal={"reason": "拒不维修"})

    clock = CaseClock.objects.get(case_id=case_id, key="company")
    assert (clock.state, clock.law["cut"]) == ("void", "coordinate")
    with override("en"):
        lines = clocks_of(CLERK, Case.objects.get(), at("2026-08-10"))
    assert [one.state_words for one in lines if one.key == "company"] == [
        "not answered, coordinated early"
    ]
    assert faults() == []


def test_a_company_that_is_late_brings_the_committee_in_by_itself_and_then_the_town() -> None:
    case_id = complained()
    committee, town = post_at(VILLAGE), post_at(TOWN)
    assert last_day(case_id, "company") == date(2026, 8, 17)

    assert sweep(actor=SYSTEM, now=at("2026-08-17")).escalated == 0
    assert sweep(actor=SYSTEM, now=at("2026-08-18")).escalated == 1
    tasks.follow_up(case_id)
    tasks.follow_up(case_id)

    case = Case.objects.get()
    assert (case.state, case.lead_post_id) == ("coordinated", committee)
    assert CaseEvent.objects.filter(move="hand_on").count() == 1
    assert last_day(case_id, "coordinate") == date(2026, 9, 1)

    assert sweep(actor=SYSTEM, now=at("2026-09-02")).escalated == 1
    tasks.follow_up(case_id)
    case = Case.objects.get()
    assert (case.state, case.lead_post_id) == ("at_town", town)
    assert faults() == []


def test_a_vacant_committee_leaves_it_to_the_town_above() -> None:
    case_id = complained()
    post_at(VILLAGE, is_held=False)
    town = post_at(TOWN)

    sweep(actor=SYSTEM, now=at("2026-08-18"))
    tasks.follow_up(case_id)

    assert Case.objects.get().lead_post_id == town


def test_where_nobody_holds_any_office_it_waits_in_the_list_of_its_place() -> None:
    case_id = complained()

    sweep(actor=SYSTEM, now=at("2026-08-18"))
    tasks.follow_up(case_id)

    case = Case.objects.get()
    assert (case.state, case.lead_post_id) == ("coordinated", None)
    move(case_id, "answer", CLERK, now=at("2026-08-19"), public={"text": "They come on Monday."})
    assert Case.objects.get().stage == "answered"


def test_a_company_of_the_register_has_it_first_and_loses_it_when_late() -> None:
    company, committee = post_at(VILLAGE, body="property_company"), post_at(VILLAGE)
    case_id = complained(company_post_id=company)
    assert Case.objects.get().lead_post_id == company

    sweep(actor=SYSTEM, now=at("2026-08-18"))
    tasks.follow_up(case_id)

    assert Case.objects.get().lead_post_id == committee
    first = Assignment.objects.get(post_id=company)
    assert (first.state, first.ended_at is not None) == ("done", True)
    assert faults() == []


@pytest.mark.parametrize("days", [0, 1, 2])
def test_what_was_joined_by_mistake_is_again_with_whom_it_was(days: int) -> None:
    case_id, other = complained(), complained()
    for turn in range(days):
        sweep(actor=SYSTEM, now=at(("2026-08-18", "2026-09-20")[turn]))
    before, late = Case.objects.get(pk=case_id).state, at("2026-09-21")
    number = Case.objects.get(pk=other).number

    with transaction.atomic():
        linking.merge(At(case_id), number, actor=SYSTEM, now=late)
    with transaction.atomic():
        linking.unmerge(At(case_id), reason="another house", actor=CLERK, now=late)

    case = Case.objects.get(pk=case_id)
    assert (case.state, case.merged_into_id) == (before, None)
    assert before == ("with_company", "coordinated", "at_town")[days]
    assert faults() == []


def test_a_post_of_another_place_is_no_company_here() -> None:
    elsewhere = post_at(OTHER_TOWN, body="property_company")

    complained(company_post_id=elsewhere)

    assert Case.objects.get().lead_post_id is None


def test_the_owner_says_that_it_is_not_solved_and_the_committee_takes_it_up() -> None:
    case_id = complained()
    move(case_id, "answer", CLERK, now=at("2026-08-12"), public={"text": "Soon."})
    given = Given(facts={"reason": 1}, public={"text": "Nothing happened."}, by_reporter=True)

    with transaction.atomic():
        perform(
            Wish(case_id, "ask_reopen", given), actor=NOBODY, now=at("2026-08-20"), hand=REPORTER
        )
    move(case_id, "reopen", person(VILLAGE, permits.SUPERVISE, account_id=2), now=at("2026-08-21"))

    case = Case.objects.get()
    assert (case.state, case.cycle) == ("coordinated", 2)
    assert last_day(case_id, "coordinate") == date(2026, 9, 4)
    assert faults() == []


@pytest.mark.parametrize("given", [{"company": " "}, {"text": ""}])
def test_a_complaint_names_the_company_and_what_is_wrong(given: dict[str, object]) -> None:
    with pytest.raises(Missing):
        complained(**given)

    assert not Case.objects.exists()


def test_who_does_not_handle_cases_takes_no_complaint_down() -> None:
    make_village("441900005001")

    with pytest.raises(NotAllowed):
        property.open_property_complaint(complaint(), actor=NOBODY, now=at("2026-08-10"))


def passed_on(**given: object) -> tuple[int, int]:
    """A report of a resident that is passed on to a company; return both."""
    report = make_case().held.id
    made = property.pass_to_company(
        At(report), complaint(**given), actor=CLERK, now=at("2026-08-10", 13)
    )
    return report, made.id


def test_a_report_passed_to_a_company_waits_for_it_and_the_committee_when_it_is_late() -> None:
    committee = post_at(VILLAGE)
    report, part = passed_on()

    with pytest.raises(ChildrenOpen):
        move(report, "accept", CLERK)
        move(report, "finish", CLERK, public={"text": "Done."}, facts={"files": ["x"]})
    sweep(actor=SYSTEM, now=at("2026-08-18"))
    tasks.follow_up(part)

    case = Case.objects.get(pk=part)
    assert (case.kind, case.parent_id, case.state) == ("property_complaint", report, "coordinated")
    assert case.lead_post_id == committee
    assert not Reporter.objects.filter(pk=part).exists(), "the company does not learn who reported"
    assert faults() == []


def test_a_report_is_passed_to_a_company_once_seen_and_by_who_may_hand_on() -> None:
    report = make_case().held.id
    move(report, "accept", CLERK)

    with pytest.raises(MovedMeanwhile):
        property.pass_to_company(At(report, 1), complaint(), actor=CLERK, now=at("2026-08-10", 13))
    with pytest.raises(NotAllowed):
        property.pass_to_company(
            At(report), complaint(), actor=person(VILLAGE, permits.HANDLE), now=at("2026-08-10", 13)
        )

    assert Case.objects.count() == 1


def test_only_a_report_is_passed_to_a_company() -> None:
    case_id = complained()

    with pytest.raises(NotFound):
        property.pass_to_company(At(case_id), complaint(), actor=CLERK, now=at("2026-08-10", 13))

    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_paper_dated_tomorrow_is_refused_and_one_of_today_is_taken() -> None:
    before = Case.objects.count()

    with pytest.raises(Invalid) as refusal:
        came_in(dated_on=date(2026, 8, 11))

    assert "dated_on" in refusal.value.fields
    assert Case.objects.count() == before
    assert incoming.open_incoming(
        paper(dated_on=date(2026, 8, 10)), actor=secretary(), now=at("2026-08-10")
    )
