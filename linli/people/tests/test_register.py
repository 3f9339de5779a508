"""People enter the register, are corrected, die; a number elsewhere is answered by three words only."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed, Stale, TooMany
from linli.kernel.testing import CITY, make_actor
from linli.people import permits
from linli.people.errors import NumberTaken
from linli.people.models import DuplicatePair, NameTerm, Person, PersonDocument, Residency
from linli.people.queries.pairs import visible_pairs
from linli.people.queries.search import find_people
from linli.people.services.looking_up import look_up
from linli.people.services.register import Facts, correct_person, record_death, register_person
from linli.people.testing import (
    FAR,
    NOON,
    SYSTEM,
    VILLAGE,
    make_clerk,
    make_number,
    make_person,
    make_row,
    make_villages,
)
from linli.people.types import Whereabouts

CLERK = make_clerk()
FAR_PATH = "441900/441900006/441900006001/"
FAR_CLERK = make_actor("far", permits.VIEW, permits.EDIT, permits.MERGE, at=FAR_PATH)
CITY_CLERK = make_actor("city", permits.VIEW, permits.MERGE, at=CITY)


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


def test_a_clerk_enters_somebody_and_finds_her() -> None:
    person = register_person(make_row("陈晓明", phone="13812345678"), actor=CLERK, now=NOON)

    assert person.name == "陈晓明"
    assert [hit.person_id for hit in find_people(CLERK, "cxm").items] == [person.pk]


def test_whoever_may_not_edit_there_enters_nobody() -> None:
    with pytest.raises(NotAllowed):
        register_person(make_row(), actor=FAR_CLERK, now=NOON)

    assert Person.objects.count() == 0


def test_a_number_in_ones_own_register_is_told_with_the_name() -> None:
    number = make_number()
    make_person("陈晓明", number=number)

    with pytest.raises(NumberTaken) as told:
        register_person(make_row("黄国华", number=number), actor=CLERK, now=NOON)

    assert "陈晓明" in str(told.value)
    assert Person.objects.count() == 1


def test_who_is_known_elsewhere_by_the_same_name_is_one_person() -> None:
    number = make_number()
    there = make_person("陈晓明", FAR, number=number)

    here = register_person(make_row("陈晓明", number=number), actor=CLERK, now=NOON)

    assert here.pk == there.pk
    assert Residency.objects.filter(person=here, until__isnull=True).count() == 2


def test_a_number_elsewhere_under_another_name_is_taken_without_a_word() -> None:
    """Nothing leaks: the clerk is answered as if the number were new; the city decides."""
    number = make_number()
    there = make_person("陈晓明", FAR, number=number)

    here = register_person(make_row("黄国华", number=number), actor=CLERK, now=NOON)

    assert here.pk != there.pk
    pair = DuplicatePair.objects.get()
    assert {pair.one_id, pair.other_id} == {here.pk, there.pk}
    assert pair.path == CITY
    assert list(visible_pairs(make_clerk(permits.MERGE))) == []
    assert list(visible_pairs(FAR_CLERK)) == []
    assert list(visible_pairs(CITY_CLERK)) == [pair]


def test_two_people_never_hold_one_undisputed_number() -> None:
    number = make_number()
    make_person("陈晓明", FAR, number=number)
    register_person(make_row("黄国华", number=number), actor=CLERK, now=NOON)

    with scope.acting(SYSTEM), transaction.atomic():
        assert PersonDocument.objects.filter(is_disputed=False).count() == 1


@pytest.mark.parametrize(
    ("village", "answer"),
    [(VILLAGE, Whereabouts.HERE), (FAR, Whereabouts.ELSEWHERE), (None, Whereabouts.NONE)],
)
def test_a_number_is_answered_by_three_words_only(village: str | None, answer: Whereabouts) -> None:
    number = make_number()
    for place in filter(None, [village]):
        make_person(village=place, number=number)

    assert look_up("resident_id", number, place=path(), actor=CLERK, now=NOON) == answer


def path() -> str:
    return "441900/441900005/441900005001/"


def test_numbers_cannot_be_tried_out() -> None:
    for _ in range(10):
        look_up("resident_id", make_number(), place=path(), actor=CLERK, now=NOON)

    with pytest.raises(TooMany):
        look_up("resident_id", make_number(), place=path(), actor=CLERK, now=NOON)


def test_a_corrected_name_is_found_at_once_and_the_old_one_no_more() -> None:
    person = make_person("陈晓明")
    facts = Facts("黄国华", "", "male", date(1990, 1, 1))

    correct_person(person, facts, version=1, actor=CLERK, now=NOON)

    assert find_people(CLERK, "陈").items == []
    assert [hit.name for hit in find_people(CLERK, "hgh").items] == ["黄国华"]
    assert Residency.objects.get().name_key == "huang guo hua 黄国华"


def test_the_second_of_two_editors_is_told() -> None:
    person = make_person("陈晓明")
    correct_person(
        person, Facts("陈小明", "", "male", date(1990, 1, 1)), version=1, actor=CLERK, now=NOON
    )

    with pytest.raises(Stale):
        correct_person(
            person, Facts("陈大明", "", "male", date(1990, 1, 1)), version=1, actor=CLERK, now=NOON
        )

    assert Person.objects.get().name == "陈小明"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (Facts("", "", "male", date(1990, 1, 1)), "name"),
        (Facts("陈<b>", "", "male", date(1990, 1, 1)), "name"),
        (Facts("陈晓明", "", "female", date(1990, 1, 1)), "sex"),
        (Facts("陈晓明", "", "male", date(1991, 1, 1)), "born_on"),
        (Facts("陈晓明", "😀", "male", date(1990, 1, 1)), "other_name"),
    ],
)
def test_a_wrong_correction_changes_nothing(facts: Facts, field: str) -> None:
    person = make_person("陈晓明")

    with pytest.raises(Invalid) as told:
        correct_person(person, facts, version=1, actor=CLERK, now=NOON)

    assert set(told.value.fields) == {field}
    assert Person.objects.get().version == 1


def test_nobody_elsewhere_corrects() -> None:
    person = make_person("陈晓明")

    with pytest.raises(NotAllowed):
        correct_person(
            person,
            Facts("黄国华", "", "male", date(1990, 1, 1)),
            version=1,
            actor=FAR_CLERK,
            now=NOON,
        )

    assert NameTerm.objects.filter(term="陈晓明").exists()


def test_a_death_ends_what_must_end() -> None:
    person = make_person("陈晓明", household="H1", relation="head")

    record_death(person, date(2026, 11, 20), actor=CLERK, now=NOON)

    assert Residency.objects.get().until == date(2026, 11, 20)
    assert Person.objects.get().died_on == date(2026, 11, 20)


@pytest.mark.parametrize("on", [date(2027, 1, 1), date(1989, 12, 31)])
def test_a_death_lies_between_birth_and_today(on: date) -> None:
    person = make_person("陈晓明")

    with pytest.raises(Invalid):
        record_death(person, on, actor=CLERK, now=NOON)

    assert Person.objects.get().died_on is None
