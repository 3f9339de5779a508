"""Two villages that each have one of everything go into one: nothing stands in the way, nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from linli.cases.models import Responsibility, RuleSet
from linli.cases.types.routing import Duty
from linli.grid.models import Headship, Storm, StormSheet, Team
from linli.grid.queries.storm_sheets import sheet_of
from linli.orgs.models import (
    CoverageSpot,
    NonLocalDuty,
    ServiceArea,
    SetupProposal,
)
from linli.people.models import Dwelling, Household, Residency, Roll
from linli.places.models import Place
from tests.two_villages import (
    DAY,
    LONG_AGO,
    MEETS,
    NEW,
    NOON,
    TOWN,
    furnish,
    kept,
    lost,
    merge,
    villages,
)

pytestmark = pytest.mark.django_db
UNIQUE = """
SELECT name.relname, pg_get_indexdef(one.indexrelid) FROM pg_index one
  JOIN pg_class name ON name.oid = one.indexrelid JOIN pg_namespace n ON n.oid = name.relnamespace
 WHERE n.nspname = 'public' AND (one.indisunique OR one.indisexclusion) AND NOT one.indisprimary
   AND substring(pg_get_indexdef(one.indexrelid) FROM ' USING .*')
       ~ '\\m\\w*(path|place|scope|jurisdiction|town|village)(_id)?\\M'
"""


PAPER = "a numbered paper keeps the place of its day"
FILED = "what a place filed stays its own; the place of the row does not change"
SPARED = {
    "document_number_once": PAPER,
    "sealuse_number_once": PAPER,
    "posting_number_once": PAPER,
    "ordersender_once": "how lists of the hotline were read at the place; read anew at the next one",
    "importsource_once": "how lists of the register were read at the place; read anew at the next one",
    "offerings_sheet_once": FILED,
    "call_once": FILED,
    "indicatorvalue_once": FILED,
    "plandocument_one_main": FILED,
    "report_once": FILED,
    "townplan_once": FILED,
    "places_place_path_key": "the tree itself",
}


@pytest.fixture
def furnished() -> tuple[Place, Place]:
    return furnish()


def test_every_constraint_with_a_place_is_met_by_the_merge_below_or_spared_for_a_reason() -> None:
    with connection.cursor() as cursor:
        cursor.execute(UNIQUE)
        found = {row[0] for row in cursor.fetchall()}

    assert found == set(MEETS) | set(SPARED)
    assert not set(MEETS) & set(SPARED)


def test_two_furnished_villages_merge_and_nothing_is_lost(furnished: tuple[Place, Place]) -> None:
    before = kept()

    new = merge()

    assert lost(before) == {}
    assert [place.pk for place in villages()] == [new.pk]


def test_a_centre_that_served_both_serves_the_new_village_once(
    furnished: tuple[Place, Place],
) -> None:
    new = merge()

    open_ones = ServiceArea.objects.filter(until=None)
    assert [(one.place_id, one.path) for one in open_ones] == [(new.pk, new.path)]
    ended = ServiceArea.objects.exclude(until=None).get()
    assert (ended.place_id, ended.since, ended.until) == (furnished[1].pk, LONG_AGO, DAY)


def test_a_centre_that_leaves_one_village_earlier_goes_on_for_the_other(
    furnished: tuple[Place, Place],
) -> None:
    leaves = date(2027, 3, 1)
    ServiceArea.objects.filter(place=furnished[0]).update(until=leaves)

    new = merge()

    rows = ServiceArea.objects.filter(place=new).order_by("since")
    assert list(rows.values_list("since", "until")) == [(LONG_AGO, leaves), (leaves, None)]


def test_both_named_for_many_from_elsewhere_is_named_once(furnished: tuple[Place, Place]) -> None:
    """PO-06: the naming goes on for the new village; the second document ends with its village."""
    new = merge()

    rows = NonLocalDuty.objects.order_by("pk").values_list("path", "until")
    assert list(rows) == [(new.path, None), (furnished[1].path, DAY)]


def test_what_is_called_alike_is_told_apart_by_its_village(furnished: tuple[Place, Place]) -> None:
    merge()

    second = furnished[1].short_name
    for model, column, name in (
        (CoverageSpot, "name", "工业园"), (Team, "name", "应急队"), (Headship, "ground", "1栋"),
    ):  # fmt: skip
        names = model._default_manager.order_by("pk").values_list(column, "path")
        assert list(names) == [
            (name, f"{TOWN}{NEW.code}/"),
            (f"{second}{name}", f"{TOWN}{NEW.code}/"),
        ]


def test_of_two_proposals_for_the_same_the_one_that_is_further_on_goes_on(
    furnished: tuple[Place, Place],
) -> None:
    SetupProposal.objects.filter(place=furnished[1]).update(state="approved")

    new = merge()

    rows = SetupProposal.objects.order_by("pk")
    assert [(one.state, one.place_id) for one in rows] == [
        ("dropped", new.pk), ("approved", new.pk)
    ]  # fmt: skip
    assert rows[0].note and rows[0].decided_on == DAY


def test_numbers_of_a_storm_add_up_and_stay_as_each_village_typed_them(
    furnished: tuple[Place, Place],
) -> None:
    town = Place.objects.get(code="441900005")
    storm = Storm.objects.get()
    before = sheet_of(storm, town)

    new = merge()

    after, own = sheet_of(storm, town), sheet_of(storm, new)
    assert (before.houses, before.rescuers, before.missing) == (4, 40, 0)
    assert (after.houses, after.rescuers, after.missing) == (4, 40, 0)
    assert (own.houses, own.roads, own.rescuers, own.boats) == (4, 2, 40, 0)
    kept = StormSheet.objects.exclude(path=new.path).values_list("path", "houses")
    assert sorted(kept) == [(furnished[0].path, 2), (furnished[1].path, 2)]


def test_somebody_is_in_charge_of_the_new_village_and_the_other_post_is_told(
    furnished: tuple[Place, Place],
) -> None:
    named = Responsibility.objects.filter(duty=Duty.RESPONSIBLE).order_by("pk")
    first, second = named.values_list("post_id", flat=True)
    told = Responsibility.objects.filter(duty=Duty.INFORMED).first()

    new = merge()

    assert told is not None
    rows = Responsibility.objects.filter(path=new.path).order_by("pk")
    assert [(one.duty, one.post_id, one.since, one.until) for one in rows] == [
        (Duty.RESPONSIBLE, first, DAY, None),
        (Duty.INFORMED, told.post_id, DAY, None),
        (Duty.INFORMED, second, DAY, None),
    ]
    old = Responsibility.objects.exclude(path=new.path)
    assert set(old.values_list("since", "until")) == {(LONG_AGO, DAY)} and old.count() == 4


def test_rules_of_both_come_as_drafts_for_the_new_ground(furnished: tuple[Place, Place]) -> None:
    above = RuleSet.objects.create(
        path=TOWN, title="镇", state="in_force", since=LONG_AGO, made_at=NOON, made_by="keeper"
    )
    above.rules.create(org_id=1, post_id=1, order=1, title="一村", path=furnished[0].path)
    stays = [
        rule.path for one in furnished for rule in RuleSet.objects.get(path=one.path).rules.all()
    ]

    new = merge()

    drafts = RuleSet.objects.filter(path=new.path).order_by("pk")
    assert [(one.title, one.state) for one in drafts] == [
        (f"规则 {one.code}", "draft") for one in furnished
    ]
    for draft in drafts:
        assert {rule.path for rule in draft.rules.all()} == {new.path}
        assert {test.path for test in draft.tests.all()} == {new.path}
    assert above.rules.get().path == new.path
    for one, path in zip(furnished, stays, strict=True):
        ended = RuleSet.objects.get(path=one.path)
        assert (ended.state, ended.until, ended.rules.get().path) == ("in_force", DAY, path)


def test_the_same_resident_counts_once_and_addresses_are_told_apart(
    furnished: tuple[Place, Place],
) -> None:
    new = merge()

    second = furnished[1]
    assert set(Residency.objects.values_list("village_id", "is_shadowed")) == {
        (new.pk, False), (new.pk, True)
    }  # fmt: skip
    assert set(Dwelling.objects.values_list("address", flat=True)) == {
        "1栋101", f"{second.short_name}1栋101"
    }  # fmt: skip
    assert set(Household.objects.values_list("number", flat=True)) == {
        "0001",
        f"0001-{second.code}",
    }
    assert Roll.objects.filter(village_id=new.pk).count() == 2
