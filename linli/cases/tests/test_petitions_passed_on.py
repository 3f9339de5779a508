"""Petitions go to the competent office, which may object: by when, and who decides about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linli.cases.errors import (
    Missing,
    SenderDecides,
)
from linli.cases.forms.sheet import moves_of
from linli.cases.models import Case
from linli.cases.queries.reading import visible_cases
from linli.cases.services import petitions
from linli.cases.services.sweeping import sweep
from linli.cases.testing import faults, move
from linli.cases.tests.offices import (
    CITY,
    OTHER_TOWN,
    TOWN,
    at,
    last_day,
    petition_office,
    post_at,
)
from linli.cases.tests.petition_samples import (
    SYSTEM,
    opened,
    passed_on,
    petition,
)
from linli.cases.types.moves import At
from linli.kernel.errors import WrongState
from linli.kernel.permits import Actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db


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
