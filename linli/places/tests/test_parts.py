"""Groups and buildings of a village: entered, ended, moved, merged."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from linli.kernel.errors import Invalid, NotAllowed, Refusal, Stale
from linli.kernel.permits import PROTECTED, PUBLIC, Actor
from linli.kernel.registries import REFERENCES, Reference
from linli.kernel.testing import client_of, make_actor
from linli.places import permits, queries, services
from linli.places.errors import CodeTaken, Ended, HasParts, NameTaken, UnderItself, WrongLevel
from linli.places.models import Place, PlaceChange
from linli.places.queries.hanging import NOT_FOR_ALL
from linli.places.rules.part_rows import NewPart
from linli.places.services.changes import NewPlace
from linli.places.testing import NOON, make_town, make_village
from linli.places.tests.village_parts import (
    CLERK,
    DECREE,
    FORM,
    LEAD,
    LIST,
    NEIGHBOUR,
    SINCE,
    TOWN,
    VILLAGE,
    add,
    building,
    group,
    send,
)


@pytest.mark.django_db
def test_a_clerk_enters_a_group_and_a_building_in_it_with_day_and_basis() -> None:
    village = make_village(VILLAGE)

    first = add(village, group(3, "第三小组"))
    house = add(village, building(12, "12栋", of="3"))

    assert (first.code, first.name_en) == (f"{VILLAGE}g003", "Group 3")
    assert house.path == f"{village.path}{first.code}/{VILLAGE}b012/"
    assert (house.village_id, house.parent_id) == (village.pk, first.pk)
    change = PlaceChange.objects.filter(parts__new=house).get()
    assert (change.kind, change.effective_on, change.document) == ("add", SINCE, "登记")
    assert [p.code for p in queries.places_on("building", date(2026, 1, 1))] == [house.code]
    assert queries.places_on("building", date(2019, 1, 1)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "refusal", "name"),
    [
        (group(1, "别名"), CodeTaken, "number"),
        (group(2, "第一小组"), NameTaken, "name"),
        (group(3, "第三小组", group="第一小组"), Invalid, "group"),
        (building(of="第九小组"), Invalid, "group"),
        (building(since=date(2099, 1, 1)), Invalid, "since"),
        (building(of="第一小组", since=date(2019, 12, 31)), Invalid, "since"),
    ],
)
def test_what_does_not_fit_is_refused_on_its_field(part, refusal, name) -> None:
    village = make_village(VILLAGE)
    add(village, group())
    there = Place.objects.count()

    with pytest.raises(refusal) as told:
        add(village, part)

    assert name in told.value.fields
    assert Place.objects.count() == there


@pytest.mark.django_db
def test_a_name_may_stand_in_two_groups_and_an_ended_number_is_not_given_again() -> None:
    village = make_village(VILLAGE)
    add(village, group(1, "第一小组"))
    add(village, group(2, "第二小组"))
    one = add(village, building(1, "1栋", of="1"))
    add(village, building(2, "1栋", of="2"))
    services.end_part(one, decree=DECREE, version=1, actor=CLERK, now=NOON)

    with pytest.raises(CodeTaken):
        add(village, building(1, "新1栋", of="1"))


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [NEIGHBOUR, make_actor("nobody's", permits.DRAW, at="441900/")])
def test_others_neither_enter_nor_end_nor_rename(actor: Actor) -> None:
    make_town()
    village = Place.objects.get(code=VILLAGE)
    first = add(village, group())
    to = NewPlace("", "他组", "X", "他组")

    for act in (
        lambda: add(village, group(2, "二"), actor),
        lambda: services.end_part(first, decree=DECREE, version=1, actor=actor, now=NOON),
        lambda: services.rename_place(
            first, to=to, decree=DECREE, version=1, actor=actor, now=NOON
        ),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert Place.objects.filter(level="group", valid_to__isnull=True).get().name == "第一小组"


@pytest.mark.django_db
def test_the_keeper_of_groups_does_not_change_villages() -> None:
    village = make_village(VILLAGE)
    to = NewPlace("", "他村", "X", "他村")

    with pytest.raises(NotAllowed):
        services.rename_place(village, to=to, decree=DECREE, version=1, actor=CLERK, now=NOON)
    with pytest.raises(WrongLevel):
        services.end_part(village, decree=DECREE, version=1, actor=CLERK, now=NOON)
    with pytest.raises(WrongLevel):
        add(Place.objects.get(code="441900005"), group(), TOWN)


@pytest.mark.django_db
def test_a_group_ends_once_nothing_is_left_on_it() -> None:
    village = make_village(VILLAGE)
    first = add(village, group())
    house = add(village, building(of="1"))

    with pytest.raises(HasParts):
        services.end_part(first, decree=DECREE, version=1, actor=CLERK, now=NOON)
    services.end_part(house, decree=DECREE, version=1, actor=CLERK, now=NOON)
    services.end_part(first, decree=DECREE, version=1, actor=CLERK, now=NOON)

    assert not queries.parts_of(village).exists()
    assert len(queries.places_on("group", date(2026, 10, 31))) == 1
    with pytest.raises(Ended):
        services.end_part(first, decree=DECREE, version=2, actor=CLERK, now=NOON)


@pytest.mark.django_db
def test_what_is_not_for_everybody_keeps_a_group_too_and_is_not_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = add(make_village(VILLAGE), group())
    for key, level in (("places.secret", PROTECTED), ("places.open", PUBLIC)):
        entry = Reference(key, "place", key, lambda pk: int(pk == first.pk), None, level=level)
        monkeypatch.setitem(REFERENCES._items, key, entry)

    with pytest.raises(HasParts) as told:
        services.end_part(first, decree=DECREE, version=1, actor=CLERK, now=NOON)

    first.refresh_from_db()
    assert first.valid_to is None
    assert told.value.details["what"] == "places.open、" + str(NOT_FOR_ALL)


@pytest.mark.django_db
def test_who_comes_second_to_end_or_rename_is_told() -> None:
    first = add(make_village(VILLAGE), group())
    to = NewPlace("", "东组", "East", "东组")
    services.rename_place(first, to=to, decree=DECREE, version=1, actor=CLERK, now=NOON)

    with pytest.raises(Stale):
        services.end_part(first, decree=DECREE, version=1, actor=CLERK, now=NOON)


@pytest.mark.django_db
def test_an_ended_village_takes_no_new_group() -> None:
    make_town()
    olds = list(Place.objects.filter(level="village"))
    new = NewPlace("441900005900", "新村", "New", "新村")
    services.merge_places(olds, into=new, decree=DECREE, actor=LEAD, now=NOON)

    with pytest.raises(Ended):
        add(olds[0], group(), LEAD)
    assert client_of(LEAD).get(f"{LIST}new/").status_code == 200
    assert send(client_of(LEAD), f"{LIST}new/", **FORM).status_code == 409


@pytest.mark.django_db
def test_groups_move_with_their_buildings_and_never_under_themselves() -> None:
    make_town()
    village, other = Place.objects.filter(level="village").order_by("code")
    first = add(village, group(), TOWN)
    house = add(village, building(of="1"), TOWN)

    with pytest.raises((UnderItself, WrongLevel)):
        services.move_place(first, under=first, decree=DECREE, version=1, actor=TOWN, now=NOON)
    with pytest.raises((UnderItself, WrongLevel)):
        services.move_place(first, under=house, decree=DECREE, version=1, actor=TOWN, now=NOON)
    with pytest.raises(NotAllowed):
        services.move_place(first, under=other, decree=DECREE, version=1, actor=CLERK, now=NOON)
    services.move_place(first, under=other, decree=DECREE, version=1, actor=TOWN, now=NOON)

    house.refresh_from_db()
    assert house.path == f"{other.path}{first.code}/{house.code}/"
    assert house.village_id == other.pk
    # the number stays taken where its code was given out
    with pytest.raises(CodeTaken):
        add(village, group(1, "新组"), TOWN)


@pytest.mark.django_db
def test_the_page_of_a_building_does_not_load_the_whole_list_it_came_with() -> None:
    make_town()
    village, other = Place.objects.filter(level="village").order_by("code")
    parts = [(number, building(number, f"{number}栋")) for number in range(1, 4)]
    made, _faults = services.add_parts(village, parts, actor=CLERK, now=NOON)
    new = NewPlace("441900005900", "新村", "New", "新村")
    services.merge_places([village, other], into=new, decree=DECREE, actor=LEAD, now=NOON)

    added = queries.changes_of(made[0]).get(kind="add")
    merged = queries.changes_of(village).get(kind="merge")

    assert PlaceChange.objects.filter(pk=added.pk, parts__isnull=False).count() == 3
    assert list(added.parts.all()) == []
    assert {part.old_id for part in merged.parts.all()} == {village.pk, other.pk}


@pytest.mark.django_db
def test_merged_villages_keep_the_groups_of_both_and_new_ones_are_numbered_anew() -> None:
    make_town()
    for village in Place.objects.filter(level="village"):
        add(village, group(), TOWN)
    new = services.merge_places(
        list(Place.objects.filter(level="village")),
        into=NewPlace("441900005900", "新村", "New", "新村"), decree=DECREE, actor=LEAD, now=NOON,
    )  # fmt: skip

    added = add(new, NewPart("group", 1, "新组", date(2026, 11, 2), "登记"), LEAD)

    assert queries.count_parts(new) == {"group": 3, "building": 0}
    assert added.code == "441900005900g001"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_one_number_at_once_one_is_told() -> None:
    village = make_village(VILLAGE)
    barrier, outcomes = Barrier(2), []

    def enter(name: str) -> None:
        barrier.wait()
        try:
            add(village, group(7, name))
            outcomes.append("entered")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=enter, args=(name,)) for name in ("甲组", "乙组")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["code_taken", "entered"]
    assert Place.objects.filter(level="group").count() == 1
