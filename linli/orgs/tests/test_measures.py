"""What the plan, the search, the home of a place and a merge of places learn from orgs."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils.translation import override

from linli.kernel.permits import NOBODY
from linli.kernel.registries import DESK, HOME_SLOTS, INDICATORS, REFERENCES, SEARCH, Measured
from linli.kernel.testing import TOWN, VILLAGE, make_actor
from linli.orgs import desk, home, permits, search, services
from linli.orgs.models import Organisation, PostHolding, ServiceArea
from linli.orgs.services import CentreFacts, Holder, Leaving
from linli.orgs.services.moving import follow_places, rehouse
from linli.orgs.services.party import name_for_non_local, note_origin
from linli.orgs.testing import (
    NOON,
    SYSTEM,
    TODAY,
    make_holding,
    make_organisation,
    make_party,
    make_post,
    place_at,
)
from linli.orgs.types import CertificateKind, EndReason, Subject
from linli.places.services import merge_places
from linli.places.services.changes import NewPlace
from linli.places.services.writing import Decree
from linli.places.testing import make_village


def measure(key: str, path: str = TOWN, on: date = TODAY) -> Measured:
    indicator = INDICATORS.get(key)
    assert indicator is not None
    return indicator.measure(path, on)


def counted(key: str, path: str = TOWN) -> tuple[int | None, int | None]:
    found = measure(key, path)
    return found.numerator, found.denominator


@pytest.mark.django_db
def test_t12_1_is_unknown_while_no_centre_is_on_record() -> None:
    place_at()

    assert counted("T12-1") == (None, 1)


@pytest.mark.django_db
def test_t12_1_of_the_city_stays_unknown_if_only_an_invented_place_has_a_centre() -> None:
    place_at()
    centre = make_organisation("public_service_center", at=make_village("441900990201"))
    Organisation.objects.filter(pk=centre.pk).update(is_invented=True)
    services.describe_centre(
        centre, CentreFacts(date(2017, 1, 1), None), edition=0, actor=SYSTEM, now=NOON
    )

    assert measure("T12-1", "441900/").numerator is None
    assert measure("T12-1", "441900/441900990/").numerator == 0


@pytest.mark.django_db
def test_t12_1_counts_villages_served_by_an_open_public_centre() -> None:
    one, two, _three = place_at(), make_village("441900005002"), make_village("441900005003")
    organisation = make_organisation("public_service_center", at=one)
    centre = services.describe_centre(
        organisation,
        CentreFacts(date(2017, 1, 1), date(2026, 12, 1)),
        edition=0,
        actor=SYSTEM,
        now=NOON,
    )
    services.change_service_area(
        centre, [one, two], since=date(2017, 1, 1), edition=1, actor=SYSTEM, now=NOON
    )
    integrated = make_organisation("integrated_service_center", at=one)
    services.describe_centre(
        integrated, CentreFacts(date(2017, 1, 1)), edition=0, actor=SYSTEM, now=NOON
    )

    found = measure("T12-1")

    assert (found.numerator, found.denominator) == (2, 3)
    assert [e.path for e in found.missing] == ["441900/441900005/441900005003/"]
    assert measure("T12-1", on=date(2026, 12, 1)).numerator == 0
    assert measure("T12-1", on=date(2016, 12, 31)).numerator == 0


@pytest.mark.django_db
def test_t03_is_unknown_without_party_organisations_and_without_the_town_s_number() -> None:
    place_at()
    assert (counted("T03-1"), counted("T03-2"), counted("T03-3")) == ((None, None),) * 3

    make_party(formal=300)

    assert counted("T03-1") == (None, None)
    assert [e.path for e in measure("T03-1").missing] == [VILLAGE]
    assert measure("T03-1", on=date(2010, 1, 1)) == Measured(None, None, date(2010, 1, 1))


@pytest.mark.django_db
def test_t03_3_counts_named_villages_with_somebody_from_outside() -> None:
    place, other = place_at(), make_village("441900005002")
    for village in (place, other):
        name_for_non_local(village, since=date(2026, 1, 1), document="x", actor=SYSTEM, now=NOON)
    working = make_organisation("party_working_committee", at=place)
    holding = make_holding(make_post(working, kind="deputy_party_secretary"))
    note_origin(holding, is_non_dongguan=True, actor=SYSTEM, now=NOON)

    assert counted("T03-3") == (1, 2)


@pytest.mark.django_db
def test_r4_counts_social_workers_hours_and_pairings_and_knows_unknown_from_zero() -> None:
    place, other = place_at(), make_village("441900005002")
    committee = make_organisation(at=place)
    assert [counted(f"R4-{n}")[0] for n in (1, 2, 3)] == [None, None, None]

    for kind, number in ((CertificateKind.SOCIAL_WORKER, "A1"), (CertificateKind.ACCOUNTANT, "A2")):
        services.enter_certificate(
            committee, Holder("叶少芬"), kind=kind, number=number, valid=(date(2020, 1, 1), None),
            actor=SYSTEM, now=NOON,
        )  # fmt: skip
    for half_hours in (9, -2):
        services.enter_training(
            committee, Holder("叶少芬"), course=(Subject.EMERGENCY, 2026, ""), half_hours=half_hours,
            actor=SYSTEM, now=NOON,
        )  # fmt: skip
    services.pair((place, other), since=date(2026, 1, 1), content="x", actor=SYSTEM, now=NOON)

    assert [counted(f"R4-{n}")[0] for n in (1, 2, 3)] == [1, 3, 1]


@pytest.mark.django_db
def test_the_home_shows_public_posts_with_holder_duty_and_office_phone() -> None:
    committee = make_organisation(at=place_at(), name="示范一村村民委员会")
    committee.versions.update(short_name="示范一村委会", phone="0769-5550 0123", hours="周一至周五")
    make_holding(
        make_post(committee, title="主任", duties="全面工作", office_phone="0769-5550 0124")
    )
    make_holding(make_post(committee, title="文员", is_public=False), name="不公开")

    who = home.who(committee.place, NOBODY, TODAY, 5)
    office = home.office(committee.place, NOBODY, TODAY, 5)

    assert [(i.title, i.text) for i in who] == [
        ("何伟明", "示范一村委会主任 · 全面工作 · 0769-5550 0124")
    ]
    assert [(i.url, i.title, i.text) for i in office] == [
        ("tel:0769-5550 0123", "0769-5550 0123", "示范一村村民委员会"),
        ("", "时间", "周一至周五"),
    ]


@pytest.mark.django_db
def test_each_home_slot_costs_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    place = place_at()
    make_holding()

    with django_assert_num_queries(2):
        who = home.who(place, NOBODY, TODAY, 5)
        office = home.office(place, NOBODY, TODAY, 5)

    assert [item.title for item in who] == ["何伟明"]
    assert office == []


@pytest.mark.django_db
def test_the_search_finds_names_of_today_and_public_holders() -> None:
    holding = make_holding(make_post(make_organisation(name="示范一村村民委员会"), title="主任"))
    make_holding(make_post(is_public=False), name="何某某")

    bodies = search.find_organisations(NOBODY, "示范一村", 10)
    people = search.find_holders(NOBODY, "何", 10)

    assert [hit.title for hit in bodies] == ["示范一村村民委员会"]
    assert [(hit.title, hit.text) for hit in people] == [("何伟明", "主任")]
    assert people[0].url.endswith(f"/posts/{holding.post_id}/")


@pytest.mark.django_db
def test_the_desk_shows_sheets_that_wait_for_signatures() -> None:
    office = make_actor("office", permits.APPOINT, at=TOWN)
    services.end_holding(
        make_holding(), Leaving(EndReason.TERM_OVER, "叶少芬", "李某某"), actor=office, now=NOON
    )

    (item,) = desk.due(office, TODAY, 10)

    assert item.due_on == date(2026, 12, 4)
    assert desk.due(NOBODY, TODAY, 10) == []


@pytest.mark.django_db
def test_what_hangs_on_a_place_is_previewed_and_follows_a_merge() -> None:
    old, new = place_at(), make_village("441900006001")
    holding = make_holding(make_post(make_organisation(at=old)))
    centre = services.describe_centre(
        make_organisation("public_service_center", at=old), CentreFacts(date(2020, 1, 1)),
        edition=0, actor=SYSTEM, now=NOON,
    )  # fmt: skip
    services.change_service_area(
        centre, [old], since=date(2020, 1, 1), edition=1, actor=SYSTEM, now=NOON
    )
    entry = REFERENCES.get("orgs.organisations")
    assert entry is not None
    assert entry.count(old.pk) == 2

    rehouse(old.pk, new.pk, actor=SYSTEM, now=NOON)

    holding.refresh_from_db()
    assert (holding.path, holding.town_id, holding.village_id) == (new.path, new.town_id, new.pk)
    assert set(Organisation.objects.values_list("path", "village_id")) == {(new.path, new.pk)}
    assert ServiceArea.objects.get().path == new.path
    assert (entry.count(old.pk), entry.count(new.pk)) == (0, 2)


@pytest.mark.django_db
def test_heads_follow_a_place_that_moved_and_a_second_run_changes_nothing() -> None:
    holding = make_holding()
    place = holding.post.organisation.place
    other = make_village("441900006001")
    path = f"441900/441900006/{place.code}/"
    type(place).objects.filter(pk=place.pk).update(path=path, town_id=other.town_id)

    changed = follow_places(actor=SYSTEM, now=NOON)

    holding = PostHolding.objects.select_related("post").get(pk=holding.pk)
    assert changed == 3
    assert (holding.path, holding.post.path, holding.town_id) == (path, path, other.town_id)
    assert follow_places(actor=SYSTEM, now=NOON) == 0


def test_orgs_is_registered_where_others_look() -> None:
    assert DESK.get("orgs") is not None
    assert {"orgs.who", "orgs.office"} <= {slot.key for slot in HOME_SLOTS}
    assert {"orgs.organisations", "orgs.holders"} <= {source.key for source in SEARCH}
    keys = {"T03-1", "T03-2", "T03-3", "T12-1", "R4-1", "R4-2", "R4-3"}
    assert keys <= {indicator.key for indicator in INDICATORS}


@pytest.mark.django_db
def test_who_holds_two_posts_stands_once_on_the_home() -> None:
    place = place_at()
    type(place).objects.filter(pk=place.pk).update(short_name="示范一村")
    place.refresh_from_db()
    for kind, short, title in (
        ("party_working_committee", "示范一村党工委", "书记"),
        ("villagers_committee", "示范一村委会", "主任"),
    ):
        body = make_organisation(kind, at=place)
        body.versions.update(short_name=short)
        make_holding(make_post(body, title=title))

    (item,) = home.who(place, NOBODY, TODAY, 5)

    assert (item.title, item.text) == ("何伟明", "村党工委书记、村委会主任")


def test_how_an_indicator_counts_is_told_in_the_reader_s_language() -> None:
    with override("zh-hans"):
        told = {one.key: str(one.method) for one in INDICATORS if one.key[:2] in ("R4", "T0", "T1")}
    assert len(told) >= 7
    assert all(re.search(r"[\u4e00-\u9fff]", words) for words in told.values()), told


@pytest.mark.django_db
def test_t12_1_of_an_earlier_day_counts_the_villages_of_that_day() -> None:
    one, two, three = place_at(), make_village("441900005002"), make_village("441900005003")
    centre = services.describe_centre(
        make_organisation("public_service_center", at=three), CentreFacts(date(2020, 1, 1)),
        edition=0, actor=SYSTEM, now=NOON,
    )  # fmt: skip
    services.change_service_area(
        centre, [one, two], since=date(2020, 1, 1), edition=1, actor=SYSTEM, now=NOON
    )
    merge_places(
        [one, two], into=NewPlace("441900005901", "和合村村民委员会", "Hehe Village", "和合村"),
        decree=Decree("示府〔2026〕1号", date(2026, 11, 20)), actor=SYSTEM, now=NOON,
    )  # fmt: skip

    now, then = measure("T12-1"), measure("T12-1", on=date(2026, 11, 19))

    assert (now.numerator, now.denominator) == (1, 2)
    assert (then.numerator, then.denominator) == (2, 3)
    assert [e.path for e in then.missing] == [three.path]
