"""Merges, splits, renamings and moves of places."""

from datetime import date

import pytest

from linli.kernel.errors import NotAllowed, Stale
from linli.kernel.testing import make_actor
from linli.places import permits, queries, services
from linli.places.errors import (
    BeforeItBegan,
    CodeTaken,
    Ended,
    HangsThere,
    LeavesParts,
    MixesInvented,
    NoCode,
    NotOneLevel,
    OutOfOrder,
    TooEarly,
    UnderItself,
    WrongLevel,
)
from linli.places.models import Cell, Layer, Outline, Place, PlaceChange, PlaceVersion
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import NOON, make_group, make_town, seed

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
    make_town("441900005")
    new = make_town("441900006")
    village = Place.objects.get(code="441900005001")
    group = make_group(village)

    services.move_place(village, under=new, decree=DECREE, version=1, actor=CITY_LEAD, now=NOON)

    group.refresh_from_db()
    assert group.path == "441900/441900006/441900005001/441900005001g1/"
    assert group.town_id == new.pk
    for level in ("village", "group"):
        before, after = (
            queries.places_on(level, day)[0].path for day in (date(2026, 6, 1), date(2026, 11, 1))
        )
        assert before.startswith("441900/441900005/441900005001/")
        assert after.startswith("441900/441900006/441900005001/")


@pytest.mark.parametrize(
    ("what", "under", "refusal"),
    [
        ("441900005", "441900005001", UnderItself),
        ("441900005", "441900005", UnderItself),
        ("441900005001", "441900", WrongLevel),
        ("441900005001", "441900005", HangsThere),
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


def days(*, of: Place, kind: str, on: date) -> None:
    """Record a change of one kind from a day on."""
    decree = Decree("示民发〔2026〕3号", on)
    by = {"decree": decree, "actor": CITY_LEAD, "now": NOON}
    if kind == "rename":
        services.rename_place(of, to=NEW, version=of.version, **by)
    elif kind == "move":
        town = Place.objects.get(code="441900006")
        services.move_place(of, under=town, version=of.version, **by)
    elif kind == "merge":
        other = Place.objects.filter(parent=of.parent).exclude(pk=of.pk).first()
        services.merge_places([of, other], into=NEW, **by)
    else:
        parts = [NewPlace(f"44190000590{n}", "村", "V", "村") for n in (1, 2)]
        services.split_place(of, parts=parts, **by)


@pytest.mark.parametrize("kind", ["rename", "move", "merge", "split"])
@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2026, 8, 1)])
def test_a_place_does_not_change_before_or_on_its_first_day(kind: str, day: date) -> None:
    make_town("441900006")
    make_town()
    village = Place.objects.get(code="441900005001")
    Place.objects.filter(pk=village.pk).update(valid_from=date(2026, 9, 1))
    village.refresh_from_db()

    with pytest.raises(BeforeItBegan):
        days(of=village, kind=kind, on=day)

    assert not PlaceVersion.objects.exists()


@pytest.mark.parametrize("kind", ["rename", "move", "merge", "split"])
def test_changes_are_recorded_in_the_order_in_which_they_took_effect(kind: str) -> None:
    make_town("441900006")
    make_town()
    village = Place.objects.get(code="441900005001")
    days(of=village, kind="rename", on=date(2026, 10, 1))
    village.refresh_from_db()

    with pytest.raises(OutOfOrder):
        days(of=village, kind=kind, on=date(2026, 9, 30))

    days(of=village, kind=kind, on=date(2026, 10, 1))
    assert PlaceChange.objects.count() == 2


def test_a_move_is_not_dated_before_a_later_change_of_what_hangs_below() -> None:
    make_town("441900006")
    make_town()
    village = Place.objects.get(code="441900005001")
    days(of=make_group(village), kind="rename", on=date(2026, 10, 1))

    with pytest.raises(OutOfOrder):
        days(of=village, kind="move", on=date(2026, 9, 1))


def test_nothing_hangs_below_a_place_that_ended_or_was_not_there_yet() -> None:
    young, ended = make_town("441900006"), make_town("441900007")
    make_town()
    village = Place.objects.get(code="441900005001")
    Place.objects.filter(pk=young.pk).update(valid_from=date(2026, 11, 2))
    Place.objects.filter(pk=ended.pk).update(valid_to=date(2026, 1, 1))
    by = {"decree": DECREE, "version": 1, "actor": CITY_LEAD, "now": NOON}

    with pytest.raises(BeforeItBegan):
        services.move_place(village, under=young, **by)
    with pytest.raises(Ended):
        services.move_place(village, under=ended, **by)

    village.refresh_from_db()
    assert village.path == "441900/441900005/441900005001/"


@pytest.mark.parametrize(
    ("what", "under"), [("441900990201", "441900005"), ("441900005001", "441900990")]
)
def test_invented_and_real_places_stay_apart(what: str, under: str) -> None:
    seed(invented=True)

    with pytest.raises(MixesInvented):
        services.move_place(
            Place.objects.get(code=what), under=Place.objects.get(code=under), decree=DECREE,
            version=1, actor=CITY_LEAD, now=NOON,
        )  # fmt: skip


def test_the_invented_town_does_not_merge_with_a_real_one() -> None:
    seed(invented=True)
    olds = list(Place.objects.filter(code__in=["441900990", "441900005"]))
    into = NewPlace("441900800", "新镇", "New Town", "新镇")

    with pytest.raises(MixesInvented):
        services.merge_places(olds, into=into, decree=DECREE, actor=CITY_LEAD, now=NOON)


@pytest.mark.parametrize("code", ["", "4419/00", "村", "４４１９", "x" * 25])
def test_a_code_that_would_break_paths_is_refused(code: str) -> None:
    make_town()

    with pytest.raises(NoCode):
        services.merge_places(
            villages(), into=NewPlace(code, "村", "V", "村"), decree=DECREE, actor=CITY_LEAD,
            now=NOON,
        )  # fmt: skip


def test_groups_go_with_merged_villages_and_keep_their_earlier_paths() -> None:
    make_town()
    first, second = villages()
    groups = [make_group(first), make_group(second)]

    new = services.merge_places([first, second], into=NEW, decree=DECREE, actor=CITY_LEAD, now=NOON)

    for group, was in zip(groups, (first, second), strict=True):
        group.refresh_from_db()
        assert (group.path, group.village_id) == (f"{new.path}{group.code}/", new.pk)
        then = {p.id: p.path for p in queries.places_on("group", date(2026, 10, 31))}
        assert then[group.pk] == f"{was.path}{group.code}/"
    assert not Place.objects.filter(parent__in=[first, second]).exists()


def test_every_group_of_a_split_village_goes_to_one_part() -> None:
    make_town()
    village = villages()[0]
    one, two = make_group(village, "g1"), make_group(village, "g2")
    east = NewPlace("441900005901", "东村", "East", "东村", takes=(one.code,))
    west = NewPlace("441900005902", "西村", "West", "西村")
    by = {"decree": DECREE, "actor": CITY_LEAD, "now": NOON}

    for parts in ([east, west], [east, NewPlace("441900005902", "西", "W", "西", takes=("x",))]):
        with pytest.raises(LeavesParts):
            services.split_place(village, parts=parts, **by)
    assert not Place.objects.filter(valid_to__isnull=False).exists()

    west = NewPlace("441900005902", "西村", "West", "西村", takes=(two.code,))
    made = services.split_place(village, parts=[east, west], **by)

    for group, part in zip((one, two), made, strict=True):
        group.refresh_from_db()
        assert group.path == f"{part.path}{group.code}/"
        assert (group.parent_id, group.village_id) == (part.pk, part.pk)
    assert not Place.objects.filter(path__startswith=village.path).exclude(pk=village.pk).exists()


def square(west: float) -> dict[str, object]:
    """Return a tenth of a degree of ground."""
    east = west + 0.1
    ring = [[west, 22], [east, 22], [east, 22.1], [west, 22.1], [west, 22]]
    return {"type": "Polygon", "coordinates": [ring]}


def cover(place: Place, west: float) -> None:
    """Give a village an outline and one cell."""
    Outline.objects.create(place=place, geometry=square(west), source="test")
    layer, _made = Layer.objects.get_or_create(key="unit", name="单元网格", name_en="Unit cells")
    Cell.objects.create(
        layer=layer, place=place, code=place.code[-3:], name="c", geometry=square(west),
        valid_from=date(2026, 1, 1),
    )  # fmt: skip


def test_the_ground_of_merged_villages_goes_over_to_the_new_one() -> None:
    make_town()
    for number, place in enumerate(villages()):
        cover(place, 113 + number / 10)

    new = services.merge_places(villages(), into=NEW, decree=DECREE, actor=CITY_LEAD, now=NOON)

    outline = Outline.objects.get(valid_to__isnull=True)
    assert outline.place_id == new.pk
    assert outline.is_schematic
    assert {cell.place_id for cell in Cell.objects.filter(valid_to__isnull=True)} == {new.pk}
    assert Cell.objects.filter(valid_to=date(2026, 11, 1)).count() == 2


def test_outline_and_cells_end_with_a_village_that_splits() -> None:
    make_town()
    village = villages()[0]
    cover(village, 113)

    days(of=village, kind="split", on=date(2026, 11, 1))

    assert [o.valid_to for o in Outline.objects.all()] == [date(2026, 11, 1)]
    assert [c.valid_to for c in Cell.objects.all()] == [date(2026, 11, 1)]
