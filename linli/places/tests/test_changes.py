"""Merges, splits, renamings and moves of places."""

from datetime import date

import pytest

from linli.kernel.errors import NotAllowed, Stale
from linli.kernel.testing import make_actor
from linli.places import permits, queries, services
from linli.places.errors import CodeTaken, Ended, NotOneLevel, TooEarly, UnderItself, WrongLevel
from linli.places.models import Place, PlaceChange, PlaceVersion
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import NOON, make_town

pytestmark = pytest.mark.django_db
CITY_LEAD = make_actor("city lead", permits.CHANGE, at="441900/")
STRANGER = make_actor("another town", permits.CHANGE, at="441900/441900006/")
DECREE = Decree("示民发〔2026〕1号", date(2026, 11, 1))
NEW = NewPlace("441900005900", "新村村民委员会", "New Village", "新村")


def villages() -> list[Place]:
    return list(Place.objects.filter(level="village").order_by("code"))


def test_a_renamed_place_is_found_under_both_names_by_day() -> None:
    make_town()
    place = villages()[0]
    before = place.name

    services.rename_place(place, to=NEW, decree=DECREE, version=1, actor=CITY_LEAD, now=NOON)

    names = [
        next(p.name for p in queries.places_on("village", day) if p.id == place.pk)
        for day in (date(2026, 10, 31), date(2026, 11, 1))
    ]
    assert names == [before, "新村村民委员会"]


def test_a_second_person_who_renames_from_an_old_page_is_told() -> None:
    make_town()
    place = villages()[0]
    services.rename_place(place, to=NEW, decree=DECREE, version=1, actor=CITY_LEAD, now=NOON)

    with pytest.raises(Stale):
        services.rename_place(place, to=NEW, decree=DECREE, version=1, actor=CITY_LEAD, now=NOON)

    assert PlaceVersion.objects.count() == 1


def test_a_moved_village_takes_everything_below_along() -> None:
    old, new = make_town("441900005"), make_town("441900006")
    village = Place.objects.get(code="441900005001")
    group = Place.objects.create(
        code="441900005001g1", path=village.path + "441900005001g1/", parent=village, level="group",
        kind="group", name="g", name_en="g", short_name="g", city_id=old.city_id, town_id=old.pk,
        village_id=village.pk,
    )  # fmt: skip

    services.move_place(village, under=new, decree=DECREE, version=1, actor=CITY_LEAD, now=NOON)

    group.refresh_from_db()
    assert group.path == "441900/441900006/441900005001/441900005001g1/"
    assert group.town_id == new.pk
    assert queries.places_on("village", date(2026, 6, 1))[0].path.startswith("441900/441900005/")


@pytest.mark.parametrize(
    ("what", "under", "refusal"),
    [
        ("441900005", "441900005001", UnderItself),
        ("441900005", "441900005", UnderItself),
        ("441900005001", "441900", WrongLevel),
    ],
)
def test_a_place_cannot_hang_where_it_does_not_fit(what, under, refusal) -> None:
    make_town()
    paths = set(Place.objects.values_list("path", flat=True))

    with pytest.raises(refusal):
        services.move_place(
            Place.objects.get(code=what), under=Place.objects.get(code=under), decree=DECREE,
            version=1, actor=CITY_LEAD, now=NOON,
        )  # fmt: skip

    assert set(Place.objects.values_list("path", flat=True)) == paths
    assert not PlaceChange.objects.exists()


def test_merged_villages_end_and_their_figures_go_over() -> None:
    make_town()
    first, second = villages()

    new = services.merge_places([second, first], into=NEW, decree=DECREE, actor=CITY_LEAD, now=NOON)

    before, after = date(2026, 10, 1), date(2026, 11, 1)
    assert queries.restate({first.pk: 10, second.pk: 7}, measured_on=before, on=after) == {
        new.pk: 17
    }
    assert [p.id for p in queries.places_on("village", before)] == [first.pk, second.pk]
    assert [p.id for p in queries.places_on("village", after)] == [new.pk]


def test_a_split_shares_figures_by_weight_and_keeps_the_sum() -> None:
    make_town()
    old = villages()[0]
    parts = [
        NewPlace("441900005901", "东村", "East", "东村", weight=2),
        NewPlace("441900005902", "西村", "West", "西村", weight=1),
    ]

    east, west = services.split_place(old, parts=parts, decree=DECREE, actor=CITY_LEAD, now=NOON)

    restated = queries.restate({old.pk: 100}, measured_on=date(2026, 1, 1), on=date(2026, 11, 24))
    assert restated == {east.pk: 67, west.pk: 33}


@pytest.mark.parametrize(
    ("actor", "olds", "code", "refusal"),
    [
        (STRANGER, slice(0, 2), "441900005900", NotAllowed),
        (CITY_LEAD, slice(0, 1), "441900005900", NotOneLevel),
        (CITY_LEAD, slice(0, 2), "441900005001", CodeTaken),
    ],
)
def test_a_refused_merge_changes_nothing(actor, olds, code, refusal) -> None:
    make_town()
    into = NewPlace(code, "新村", "New", "新村")

    with pytest.raises(refusal):
        services.merge_places(villages()[olds], into=into, decree=DECREE, actor=actor, now=NOON)

    assert not Place.objects.filter(valid_to__isnull=False).exists()
    assert not PlaceChange.objects.exists()


def test_what_ended_cannot_change_again() -> None:
    make_town()
    first, second = villages()
    services.merge_places([first, second], into=NEW, decree=DECREE, actor=CITY_LEAD, now=NOON)

    with pytest.raises(Ended):
        services.rename_place(first, to=NEW, decree=DECREE, version=2, actor=CITY_LEAD, now=NOON)


def test_a_change_of_tomorrow_is_entered_tomorrow() -> None:
    make_town()
    tomorrow = Decree("示民发〔2026〕2号", date(2026, 11, 25))

    with pytest.raises(TooEarly):
        services.merge_places(villages(), into=NEW, decree=tomorrow, actor=CITY_LEAD, now=NOON)

    assert Place.objects.filter(valid_to__isnull=True).count() == 4
