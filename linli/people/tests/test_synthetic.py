"""Synthetic people follow the published figures, mean nobody, and are the same for one seed."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date

import numpy as np
import pytest
from django.db import transaction

from linli.kernel import scope, sealing
from linli.kernel.errors import NotAllowed
from linli.kernel.testing import make_actor
from linli.people import permits
from linli.people.clients import tables
from linli.people.models import (
    Household,
    HouseholdMember,
    NameTerm,
    Person,
    PersonDocument,
    Residency,
)
from linli.people.queries.search import find_people
from linli.people.rules import crowd as crowds
from linli.people.rules.city import spread, village_sizes
from linli.people.rules.documents import DocumentKind, check_document, is_fictitious
from linli.people.rules.names import name_fault
from linli.people.services.synthetic import AS_OF, generate_people
from linli.people.testing import FAR, NEIGHBOUR, NOON, SYSTEM, VILLAGE, make_villages

CITY = "441900/"
VILLAGES = {code: code[:9] for code in (VILLAGE, NEIGHBOUR, FAR)}


def drawn(people: int = 100_000) -> crowds.Crowd:
    random = np.random.Generator(np.random.PCG64(7))
    return crowds.draw(tables.crowd_model(), people, random)


def test_ages_sexes_and_statuses_follow_the_census() -> None:
    crowd = drawn()

    assert crowd.is_male.mean() == pytest.approx(0.5653, abs=0.01)
    assert (crowd.age < 15).mean() == pytest.approx(0.1312, abs=0.01)
    assert (crowd.age >= 60).mean() == pytest.approx(0.0547, abs=0.005)
    assert crowd.is_hukou.mean() == pytest.approx(0.2402, abs=0.01)


def test_households_are_as_large_as_published() -> None:
    crowd = drawn()
    family = ~crowd.is_collective

    assert crowd.is_collective.mean() == pytest.approx(0.181, abs=0.0001)
    assert family.sum() / len(set(crowd.household[family].tolist())) == pytest.approx(
        1.953, abs=0.02
    )
    shared = crowd.is_collective
    assert shared.sum() / len(set(crowd.household[shared].tolist())) == pytest.approx(2.83, abs=0.2)


def test_every_household_has_one_head_who_is_grown_up() -> None:
    crowd = drawn(5000)
    heads = np.flatnonzero(crowd.relation == crowds.HEAD)

    assert len(heads) == crowd.households
    assert (crowd.age[heads] >= 16).all()
    children = np.flatnonzero(crowd.relation == crowds.CHILD)
    assert (crowd.age[crowd.head[children]] - crowd.age[children] >= 16).all()


def test_villages_add_up_to_the_city_whatever_its_size() -> None:
    for people in (1, 999, 1_000_000):
        sizes = village_sizes(people, 7, VILLAGES, tables.town_people())

        assert sum(size.people for size in sizes) == people
        assert [s.before for s in sizes] == [sum(t.people for t in sizes[:i]) for i in range(3)]


def test_what_is_spread_is_neither_lost_nor_made() -> None:
    assert spread(10, [1, 1, 1]) == [4, 3, 3]


def everything() -> str:
    """Return a digest of all that a seed decides; ids and seals differ each time."""
    with scope.acting(SYSTEM), transaction.atomic():
        people = sorted(
            Residency.objects.values_list(
                "path", "person__name", "sex", "born_on", "standing", "basis", "since",
                "dwelling__address", "basis_until",
            )
        )  # fmt: skip
        members = sorted(
            HouseholdMember.objects.values_list("household__path", "household__number", "person__name",
                                                "relation")
        )  # fmt: skip
        numbers = sorted(numbers_of())
    return hashlib.sha256(repr((people, members, numbers)).encode()).hexdigest()


def numbers_of() -> list[str]:
    return [
        sealing.open_sealed(
            bytes(row.number), table="people_persondocument", column="number", row=row.pk
        )
        for row in PersonDocument.objects.all()
    ]


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_city() -> None:
    digests = []
    for seed in (7, 7, 8):
        point = transaction.savepoint()
        make_villages()
        generate_people(600, seed, below=CITY, actor=SYSTEM, now=NOON)
        digests.append(everything())
        transaction.savepoint_rollback(point)

    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


@pytest.mark.django_db
def test_synthetic_people_pass_every_rule_and_mean_nobody() -> None:
    make_villages()

    made = generate_people(800, 7, below=CITY, actor=SYSTEM, now=NOON)

    assert made == Person.objects.filter(is_synthetic=True).count() == 800
    assert Residency.objects.count() == HouseholdMember.objects.count() == 800
    with scope.acting(SYSTEM), transaction.atomic():
        rows = PersonDocument.objects.select_related("person")
        opened = {
            sealing.open_sealed(
                bytes(r.number), table="people_persondocument", column="number", row=r.pk
            ): r
            for r in rows
        }
    assert len(opened) == 800
    for number, row in opened.items():
        checked = check_document(DocumentKind.RESIDENT_ID, number, today=AS_OF)
        assert (checked.fault, checked.born_on, checked.sex) == (
            "",
            row.person.born_on,
            row.person.sex,
        )
        assert is_fictitious(number)
        assert name_fault(row.person.name) is None
    heads = Counter(
        HouseholdMember.objects.filter(relation="head").values_list("household_id", flat=True)
    )
    assert set(heads.values()) == {1}
    assert len(heads) == Household.objects.count()


@pytest.mark.django_db
def test_synthetic_people_are_found() -> None:
    make_villages()
    generate_people(300, 7, below=CITY, actor=SYSTEM, now=NOON)
    person = Person.objects.order_by("pk").first()
    assert person is not None

    found = find_people(make_actor("clerk", permits.VIEW, at=CITY), person.name)

    assert person.pk in [hit.person_id for hit in found.items]
    assert NameTerm.objects.count() > 300


@pytest.mark.django_db
def test_several_seeds_live_side_by_side() -> None:
    make_villages()

    for seed in range(3):
        generate_people(400, seed, below=CITY, actor=SYSTEM, now=NOON)

    assert Person.objects.count() == 1200


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_the_same_city_as_one() -> None:
    make_villages()
    with transaction.atomic():
        generate_people(600, 7, below=CITY, actor=SYSTEM, now=NOON)
        by_one = everything()
        transaction.set_rollback(True)

    generate_people(600, 7, below=CITY, actor=SYSTEM, now=NOON, workers=2)

    assert everything() == by_one


@pytest.mark.django_db
def test_only_who_may_import_makes_people() -> None:
    make_villages()

    with pytest.raises(NotAllowed):
        generate_people(10, 1, below=CITY, actor=make_actor("viewer", permits.VIEW), now=NOON)

    assert Person.objects.count() == 0
    assert date(2026, 11, 1) == AS_OF
