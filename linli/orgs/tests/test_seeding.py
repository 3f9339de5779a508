"""What a city begins with."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from linli.kernel.errors import NotAllowed
from linli.kernel.testing import make_actor
from linli.orgs import permits
from linli.orgs.models import Organisation, OrganisationVersion, OrgEdge, Post, PostHolding
from linli.orgs.queries import name_on, organisation_named
from linli.orgs.services.seeding import seed_invented, seed_official
from linli.orgs.testing import NOON, SYSTEM, TODAY
from linli.places.testing import seed as seed_places
from linli.trail.models import Entry
from tests.furnishing import made_once

PLAN = date(2016, 12, 23)
CITY = "441900/"


def make_city() -> None:
    seed_places(invented=True)
    seed_official(actor=SYSTEM, now=NOON)


city_once = made_once(make_city)


@pytest.fixture
def city(city_once: None, db: None) -> None:
    """A city with its bodies; what a test changes is undone."""


def test_the_595_units_with_a_committee_get_three_bodies_each(city: None) -> None:
    counts = Counter(Organisation.objects.values_list("kind_id", flat=True))

    assert counts["party_working_committee"] == 595
    assert counts["villagers_committee"] == 350
    assert counts["residents_committee"] == 245
    assert counts["affairs_supervision_committee"] == 595
    assert counts["collective_org"] == 0


def test_statistical_and_virtual_units_and_living_areas_get_none(city: None) -> None:
    kinds = ["living_area", "statistical_community", "virtual_community"]

    assert not Organisation.objects.filter(place__kind__in=kinds).exists()
    assert (
        Organisation.objects.filter(place__level="village").values("path").distinct().count() == 595
    )


def test_towns_subdistricts_and_parks_get_their_own_bodies(city: None) -> None:
    counts = Counter(
        Organisation.objects.filter(place__level="town").values_list("place__kind", "kind_id")
    )

    assert counts == {
        ("town", "town_party_committee"): 28,
        ("town", "discipline_commission"): 28,
        ("town", "township_government"): 28,
        ("subdistrict", "town_party_committee"): 4,
        ("subdistrict", "discipline_commission"): 4,
        ("subdistrict", "subdistrict_office"): 4,
        ("park", "park_administration"): 4,
    }


def test_every_post_is_vacant_and_no_name_is_made_up(city: None) -> None:
    assert Post.objects.count() > 595 * 8
    assert PostHolding.objects.count() == 0


def test_the_chair_of_a_village_stands_below_its_secretary_and_has_a_deputy(city: None) -> None:
    chair = Post.objects.get(
        organisation__code="441900101213-villagers-committee", kind_id="committee_chair"
    )

    assert chair.above is not None
    assert chair.above.organisation.code == "441900101213-party-working-committee"
    assert chair.above.kind_id == "party_secretary"
    assert chair.above.above is not None
    assert chair.above.above.organisation.code == "441900101-town-party-committee"
    assert chair.deputy is not None
    assert chair.deputy.kind_id == "committee_vice_chair"


def test_a_second_run_changes_nothing(city: None) -> None:
    before = (
        Organisation.objects.count(), Post.objects.count(), OrgEdge.objects.count(),
        OrganisationVersion.objects.count(), Entry.objects.count(),
    )  # fmt: skip

    assert seed_official(actor=SYSTEM, now=NOON) == 0

    assert before == (
        Organisation.objects.count(), Post.objects.count(), OrgEdge.objects.count(),
        OrganisationVersion.objects.count(), Entry.objects.count(),
    )  # fmt: skip


def test_the_invented_town_is_seeded_apart_from_the_official_places(city: None) -> None:
    assert not Organisation.objects.filter(is_invented=True).exists()

    # a town with three bodies, three villages with three bodies each
    assert seed_invented(actor=SYSTEM, now=NOON) == 12
    assert seed_invented(actor=SYSTEM, now=NOON) == 0
    assert Organisation.objects.filter(is_invented=True).count() == 12


def test_only_who_keeps_the_register_of_the_city_may_seed(db: None) -> None:
    seed_places()
    before = Organisation.objects.count()

    with pytest.raises(NotAllowed):
        seed_official(actor=make_actor("clerk", permits.EDIT), now=NOON)

    assert Organisation.objects.count() == before


NAMES_OF_TODAY = {
    "市委组织部": "中共东莞市委组织部",
    "市委政法委": "中共东莞市委政法委员会",
    "市文明办": "东莞市精神文明建设委员会办公室",
    "市民政局": "东莞市民政局",
    "市农业局": "东莞市农业农村局",
    "市监察局": "东莞市监察委员会",
    "市财政局": "东莞市财政局",
    "市公安局": "东莞市公安局",
    "市人力资源局": "东莞市人力资源和社会保障局",
    "市电子政务办": "东莞市政务服务和数据管理局",
    "市网建办": "东莞市政务服务和数据管理局",
    "市总工会": "东莞市总工会",
    "团市委": "共青团东莞市委员会",
    "市妇联": "东莞市妇女联合会",
    "市房产管理局": "东莞市住房和城乡建设局",
    "市司法局": "东莞市司法局",
    "市中级法院": "东莞市中级人民法院",
    "市住房和城乡建设局": "东莞市住房和城乡建设局",
    "市城市综合管理局": "东莞市城市管理和综合执法局",
    "市环保局": "东莞市生态环境局",
    "市文化广电新闻出版局": "东莞市文化广电旅游体育局",
    "市教育局": "东莞市教育局",
    "市体育局": "东莞市文化广电旅游体育局",
}


def test_every_department_of_the_plan_is_found_with_its_name_of_today(city: None) -> None:
    found = {name: organisation_named(name, path=CITY, on=PLAN) for name in NAMES_OF_TODAY}

    assert {k: name_on(v, TODAY) for k, v in found.items() if v} == NAMES_OF_TODAY


def test_a_successor_is_called_by_its_name_of_the_day(city: None) -> None:
    agriculture = organisation_named("市农业农村局", path=CITY, on=TODAY)
    data = organisation_named("市电子政务办", path=CITY, on=PLAN)

    assert agriculture is not None
    assert data is not None
    assert name_on(agriculture, PLAN) == "东莞市农业局"
    assert [name_on(data, day) for day in (PLAN, date(2022, 1, 1), TODAY)] == [
        "东莞市电子政务办公室",
        "东莞市政务服务数据管理局",
        "东莞市政务服务和数据管理局",
    ]
