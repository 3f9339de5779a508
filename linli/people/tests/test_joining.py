"""Entries that may be one person: found, joined, parted exactly as they were."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core import serializers
from django.db import transaction

from linli.kernel import scope
from linli.kernel.errors import NotAllowed, WrongState
from linli.kernel.permits import VAULT
from linli.kernel.testing import CITY, make_actor
from linli.people import models, permits
from linli.people.errors import NotOnePerson
from linli.people.models import DuplicatePair, Person
from linli.people.queries.persons import current_id, get_person, ids_of_one
from linli.people.queries.search import find_people
from linli.people.queries.vault import vault_of
from linli.people.services.duplicates import find_pairs, keep_apart, reopen_pair
from linli.people.services.joining import join_pair
from linli.people.services.parting import part_pair
from linli.people.services.rolls import Entered, enter_on_roll, open_roll
from linli.people.services.vault import add_document
from linli.people.testing import FAR, NEIGHBOUR, NOON, SYSTEM, VILLAGE, make_person, make_villages
from linli.people.types import RollKind

PATH = "441900/441900005/441900005001/"
ACTOR = make_actor(
    "city", permits.VIEW, permits.EDIT, permits.MERGE, permits.EDIT_ROLLS, permits.REVEAL,
    at=CITY, ceiling=VAULT,
)  # fmt: skip
CLERK = make_actor("clerk", permits.VIEW, permits.MERGE, at=PATH, ceiling=VAULT)
TABLES = (
    models.Person, models.Residency, models.PersonDocument, models.Contact, models.HouseholdMember,
    models.DwellingParty, models.RollEntry, models.NameTerm,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


def passport(name: str, village: str = VILLAGE, **more: Any) -> Person:
    number = f"E{abs(hash((name, village, str(more)))) % 10**8:08d}"
    return make_person(name, village, kind="passport", number=number, **more)


def everything() -> list[Any]:
    with scope.acting(SYSTEM), transaction.atomic():
        rows = json.loads(
            serializers.serialize("json", [r for t in TABLES for r in t.objects.all()])
        )
    for row in rows:
        for moving in ("version", "changed_at"):
            row["fields"].pop(moving, None)
    return sorted(rows, key=str)


def pair_of(one: Person, other: Person, path: str = PATH) -> DuplicatePair:
    find_pairs("", actor=SYSTEM, now=NOON)
    return DuplicatePair.objects.get(one=min(one.pk, other.pk), other=max(one.pk, other.pk))


def test_same_name_and_birth_in_one_village_is_a_pair() -> None:
    card, foreign = make_person("陈晓明"), passport("陈晓明")

    assert find_pairs(PATH, actor=CLERK, now=NOON) == 1
    pair = DuplicatePair.objects.get()
    assert (pair.one, pair.other, pair.path) == (card, foreign, PATH)
    assert find_pairs(PATH, actor=CLERK, now=NOON) == 0


def test_two_identity_cards_are_two_people() -> None:
    make_person("陈晓明")
    make_person("陈晓明")

    assert find_pairs(PATH, actor=CLERK, now=NOON) == 0


def test_one_telephone_and_one_birthday_make_a_pair() -> None:
    make_person("陈小明", phone="13812345678")
    passport("CHAN SIU MING", phone="13812345678")

    assert find_pairs(PATH, actor=CLERK, now=NOON) == 1


def test_joining_leaves_one_entry_with_all_that_hung_on_both() -> None:
    kept = make_person("陈小明", phone="13812345678", household="H1", relation="head")
    gone = passport("陈小明", NEIGHBOUR, household="H9")
    make_person("陈小明", FAR)
    pair = DuplicatePair.objects.create(
        path=CITY, city_id=1, one=kept, other=gone, score=80, found_at=NOON
    )

    join_pair(pair, kept.pk, "same photo", actor=ACTOR, now=NOON)

    assert current_id(gone.pk) == kept.pk
    assert ids_of_one(kept.pk) == [kept.pk, gone.pk]
    assert get_person(ACTOR, gone.pk) == kept
    assert {row.kind for row in vault_of(ACTOR, kept).documents} == {"resident_id", "passport"}
    found = [hit.person_id for hit in find_people(ACTOR, "陈小明").items]
    assert found.count(kept.pk) == 1
    assert gone.pk not in found


def test_parting_puts_everything_back() -> None:
    kept = make_person("陈小明", phone="13812345678", household="H1", relation="other")
    gone = passport(
        "陈小明", household="H1", relation="head", phone="13900000000", address="江南路1号"
    )
    passport("陈小明", NEIGHBOUR, born_on=date(1990, 1, 1), other_name="CHAN")
    add_document(kept, "passport", "G12345678", valid_until=None, actor=ACTOR, now=NOON)
    roll = open_roll(
        VILLAGE, RollKind.VOTER, "选民", "登记", on=date(2026, 1, 1), actor=ACTOR, now=NOON
    )
    for person in (kept, gone):
        enter_on_roll(roll, person, Entered(date(2026, 1, 1), "登记表"), actor=ACTOR, now=NOON)
    pair = pair_of(kept, gone)
    before = everything()

    join_pair(pair, kept.pk, "", actor=ACTOR, now=NOON)
    assert everything() != before
    part_pair(pair, "two people after all", actor=ACTOR, now=NOON)

    assert everything() == before
    assert DuplicatePair.objects.get(pk=pair.pk).state == "open"


def test_a_chain_of_joinings_ends_at_one_entry() -> None:
    first, second, third = (
        passport("陈小明"),
        passport("陈小明", phone="138000000"),
        make_person("陈小明"),
    )
    one = pair_of(first, second)
    join_pair(one, second.pk, "", actor=ACTOR, now=NOON)
    join_pair(pair_of(second, third), third.pk, "", actor=ACTOR, now=NOON)

    assert {current_id(p.pk) for p in (first, second, third)} == {third.pk}


def test_entries_with_two_cards_are_not_joined() -> None:
    one, other = make_person("陈晓明"), make_person("陈晓明")
    pair = DuplicatePair.objects.create(
        path=PATH, city_id=1, one=one, other=other, score=80, found_at=NOON
    )

    with pytest.raises(NotOnePerson) as told:
        join_pair(pair, one.pk, "", actor=ACTOR, now=NOON)

    assert told.value.fault == "two_cards"
    assert DuplicatePair.objects.get(pk=pair.pk).state == "open"


def test_a_pair_above_ones_place_is_not_ones_to_decide() -> None:
    one, other = make_person("陈晓明"), passport("陈晓明", FAR)
    pair = DuplicatePair.objects.create(
        path=CITY, city_id=1, one=one, other=other, score=80, found_at=NOON
    )

    with pytest.raises(NotAllowed):
        join_pair(pair, one.pk, "", actor=CLERK, now=NOON)

    assert Person.objects.filter(merged_into__isnull=False).count() == 0


def test_two_people_are_kept_apart_and_looked_at_again() -> None:
    pair = pair_of(make_person("陈晓明"), passport("陈晓明"))

    pair = keep_apart(pair, "father and son", actor=CLERK, now=NOON)
    with pytest.raises(WrongState):
        join_pair(pair, pair.one_id, "", actor=ACTOR, now=NOON)
    pair = reopen_pair(pair, "", actor=CLERK, now=NOON)

    assert pair.state == "open"
