"""Two villages that each have one of everything go into one: nothing stands in the way, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from linli.cases import permits as cases
from linli.cases.desk import rules_to_take_up
from linli.cases.models import Category, Responsibility, RuleSet
from linli.cases.types.routing import Duty
from linli.grid.models import Headship, Storm, StormSheet, Team
from linli.grid.queries.storm_sheets import sheet_of
from linli.kernel.testing import client_of, make_actor
from linli.orgs.models import (
    CoverageSpot,
    NonLocalDuty,
    Organisation,
    ServiceArea,
    ServiceCentre,
    SetupProposal,
)
from linli.orgs.testing import make_organisation, make_post
from linli.people.models import Dwelling, Household, Residency, Roll
from linli.people.queries.scopes import held
from linli.people.testing import make_person
from linli.places import permits, services
from linli.places.models import Place, PlaceDecision
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import make_outline, make_town
from linli.rulebook.models import LocalValue
from linli.runtime.models import NumberSeries

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
DAY, LONG_AGO = date(2026, 11, 1), date(2020, 1, 1)
TOWN = "441900/441900005/"
LEAD = make_actor("city lead", permits.CHANGE, at="441900/")
NEW = NewPlace("441900005900", "新村村民委员会", "New Village", "新村")
UNIQUE = """
SELECT name.relname, pg_get_indexdef(one.indexrelid) FROM pg_index one
  JOIN pg_class name ON name.oid = one.indexrelid JOIN pg_namespace n ON n.oid = name.relnamespace
 WHERE n.nspname = 'public' AND (one.indisunique OR one.indisexclusion) AND NOT one.indisprimary
   AND substring(pg_get_indexdef(one.indexrelid) FROM ' USING .*')
       ~ '\\m\\w*(path|place|scope|jurisdiction|town|village)(_id)?\\M'
"""


def centre() -> Organisation:
    """The centre of the town, which serves both villages."""
    found = Organisation.objects.filter(kind="public_service_center").first()
    town = Place.objects.get(code="441900005")
    return found or make_organisation("public_service_center", at=town)


def area(at: Place) -> None:
    served_by = ServiceCentre.objects.get_or_create(
        organisation=centre(), defaults={"opened_on": LONG_AGO}
    )[0]
    ServiceArea.objects.create(centre=served_by, place=at, path=at.path, since=LONG_AGO)


def duty(at: Place) -> None:
    NonLocalDuty.objects.create(place=at, path=at.path, document="示府〔2020〕1号", since=LONG_AGO)


def heads(at: Place) -> dict[str, Any]:
    return {"path": at.path, "city_id": at.city_id, "town_id": at.town_id, "village_id": at.pk}


def spot(at: Place) -> None:
    CoverageSpot.objects.create(place=at, kind="industrial_park", name="工业园", **heads(at))


def proposal(at: Place) -> None:
    SetupProposal.objects.create(
        place=at, kind="party_committee", rule="PO-06", state="submitted", conditions={},
        parameters={}, made_on=LONG_AGO, **heads(at),
    )  # fmt: skip


def sheet(at: Place) -> None:
    storm = Storm.objects.get_or_create(
        path=TOWN, kind="typhoon", title="12", began_on=LONG_AGO, ended_on=LONG_AGO
    )[0]
    numbers = {"houses": 2, "roads": 1, "rescuers": 20, "boats": 0}
    StormSheet.objects.create(storm=storm, path=at.path, typed_at=NOON, **numbers)


def team(at: Place) -> None:
    Team.objects.create(path=at.path, kind="patrol", name="应急队", days="every", shifts=["day"])


def head(at: Place) -> None:
    Headship.objects.create(
        path=at.path, kind="building", ground="1栋", state="serving", public_name=at.code,
        stood_on=LONG_AGO, since=LONG_AGO,
    )  # fmt: skip


def in_charge(at: Place) -> None:
    """A post of each village is in charge of lamps, and one of the town is told by both."""
    lamps = Category.objects.get(code="street_lamp")
    told = centre().posts.first() or make_post(centre())
    for post, what in ((make_post(make_organisation(at=at)), "responsible"), (told, "informed")):
        Responsibility.objects.create(
            category=lamps, path=at.path, duty=what, org_id=post.organisation_id, post_id=post.pk,
            since=LONG_AGO, basis="示府〔2020〕2号",
        )  # fmt: skip


def rules(at: Place) -> None:
    made = RuleSet.objects.create(
        path=at.path, title=f"规则 {at.code}", state="in_force", since=LONG_AGO, made_at=NOON,
        made_by="keeper",
    )  # fmt: skip
    lamp = {"org_id": 1, "post_id": 1, "order": 1, "title": "路灯", "path": at.path}
    made.rules.create(**lamp)
    made.tests.create(title="路灯", at=NOON, path=at.path, post_id=1)


def value(at: Place) -> None:
    LocalValue.objects.create(
        key="village.notice", jurisdiction=at.path, level="village", place=at.path, value=15,
        document_number="1", document_date=LONG_AGO, issuer="村", valid_from=LONG_AGO,
        added_by="keeper", added_at=NOON,
    )  # fmt: skip


def series(at: Place) -> None:
    NumberSeries.objects.create(series="收", place=at.path, year=2026, last=7, last_at=NOON)


def residency(at: Place) -> None:
    known = Residency.objects.first()
    if known is None:
        make_person(village=at.code)
        return
    same = {field.attname: getattr(known, field.attname) for field in known._meta.fields}
    Residency.objects.create(**{**same, "id": None, **heads(at)})


def dwelling(at: Place) -> None:
    Dwelling.objects.create(
        address="1栋101", address_key="1栋101", kind="own", changed_at=NOON, **heads(at)
    )


def household(at: Place) -> None:
    Household.objects.create(kind="family", number="0001", **heads(at))


def roll(at: Place) -> None:
    Roll.objects.create(kind="voter", name="选民名册", basis="b", opened_on=LONG_AGO, **heads(at))


def outline(at: Place) -> None:
    make_outline(at.code, 113.0 + at.pk % 7 / 10, 23.0)


MEETS: dict[str, Callable[[Place], None]] = {
    "cases_responsible_once": in_charge,
    "cases_one_in_charge": in_charge,
    "cases_set_once_a_day": rules,
    "cases_one_set_without_end": rules,
    "grid_one_head_serves": head,
    "grid_one_sheet_of_village": sheet,
    "grid_team_named_once": team,
    "servicearea_no_overlap": area,
    "nonlocalduty_no_overlap": duty,
    "coveragespot_once": spot,
    "setupproposal_one_open": proposal,
    "localvalue_no_overlap": value,
    "numberseries_once": series,
    "residency_one_open": residency,
    "dwelling_once": dwelling,
    "household_number_once": household,
    "roll_one_open": roll,
    "outline_one_open": outline,
}
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


def villages() -> list[Place]:
    return list(Place.objects.filter(level="village", valid_to=None).order_by("code"))


def merge() -> Place:
    return services.merge_places(
        villages(), into=NEW, decree=Decree("示民发〔2026〕1号", DAY), actor=LEAD, now=NOON
    )


@pytest.fixture
def furnished() -> tuple[Place, Place]:
    """Two villages of one town that each have one of everything that could meet."""
    make_town()
    held.forget()
    for at in villages():
        for make in dict.fromkeys(MEETS.values()):
            make(at)
    first, second = villages()
    return first, second


def counted() -> dict[str, int]:
    return {
        model._meta.db_table: model._base_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("linli.")
    }


def test_every_constraint_with_a_place_is_met_by_the_merge_below_or_spared_for_a_reason() -> None:
    with connection.cursor() as cursor:
        cursor.execute(UNIQUE)
        found = {row[0] for row in cursor.fetchall()}

    assert found == set(MEETS) | set(SPARED)
    assert not set(MEETS) & set(SPARED)


def test_two_furnished_villages_merge_and_nothing_is_lost(furnished: tuple[Place, Place]) -> None:
    before = counted()

    new = merge()

    after = counted()
    assert {name for name, rows in before.items() if after[name] < rows} == set()
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


def test_the_preview_names_what_goes_along_and_what_stays_behind(
    furnished: tuple[Place, Place],
) -> None:
    at = furnished[0]
    client = client_of(LEAD)
    PlaceDecision.objects.create(
        place=at, topic="settlement", value="rural", decided_on=LONG_AGO, valid_from=LONG_AGO,
        document="示府〔2020〕3号", made_by="town", made_at=NOON,
    )  # fmt: skip

    seen = client.get(f"/api/v1/places/{at.code}/preview/?kind=merge").json()["hanging"]
    page = client.get(f"/zh-hans/register/places/{at.code}/merge/").content.decode()

    told = {(one["title"], one["count"]): one["moves"] for one in seen}
    assert told["权责清单中的岗位", 2] and told["派单规则（转为草案，须由人重新启用）", 1]
    assert not told["本地自定的规则数值", 1] and not told["村居属性、类别的决定", 1]
    assert "权责清单中的岗位: 2</li>" in page
    assert "本地自定的规则数值: 1, 留在原区划" in page


def test_whoever_keeps_the_rules_finds_the_drafts_on_her_desk_until_one_is_in_force(
    furnished: tuple[Place, Place],
) -> None:
    keeper = make_actor("keeper", cases.KEEP_RULES, at=TOWN)
    stranger = make_actor("stranger", cases.KEEP_RULES, at="441900/441900006/")
    assert rules_to_take_up(keeper, NOON.date(), 10) == []

    new = merge()

    assert [one.title for one in rules_to_take_up(keeper, NOON.date(), 10)] == [
        f"规则 {one.code}" for one in furnished
    ]
    assert rules_to_take_up(stranger, NOON.date(), 10) == []
    draft = RuleSet.objects.filter(path=new.path).order_by("pk")[0]
    draft.state, draft.since = "in_force", NOON.date()
    draft.save()
    assert rules_to_take_up(keeper, NOON.date(), 10) == []
