"""Residencies, households, dwellings and rolls, each by its own acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from linli.kernel.errors import Invalid, NotAllowed, Stale, WrongState
from linli.kernel.events import subscribe
from linli.kernel.testing import make_actor
from linli.people import permits
from linli.people.errors import (
    AddressTaken,
    HeadTaken,
    HouseholdNumberTaken,
    InHouseholdAlready,
    LivesThereAlready,
    OnRollAlready,
    RollClosed,
)
from linli.people.events import PersonDied
from linli.people.models import DwellingParty, Household, HouseholdMember, Residency, RollEntry
from linli.people.queries import turning
from linli.people.queries.lists import Filters, list_residents, place_to_list
from linli.people.queries.search import find_people
from linli.people.queries.turning import month_of
from linli.people.services import dwellings, households, living, moving, rolls
from linli.people.services.register import record_death
from linli.people.testing import (
    FAR,
    NEIGHBOUR,
    NOON,
    SYSTEM,
    TODAY,
    VILLAGE,
    make_clerk,
    make_person,
    make_villages,
)
from linli.people.types import HouseholdKind, PartyRole, Relation, RollKind

YESTERDAY = TODAY - timedelta(days=1)
CLERK = make_clerk(permits.VIEW_ROLLS, permits.EDIT_ROLLS)
STRANGER = make_actor("stranger", permits.VIEW, permits.EDIT, at="441900/441900006/441900006001/")
STAY = living.Stay("non_local_resident", "declared")


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


def test_moving_out_ends_residency_and_memberships_and_can_be_taken_back() -> None:
    make_person(household="H1", relation="head")
    row = Residency.objects.get()

    row = living.move_out(row, TODAY, "to Foshan", actor=CLERK, now=NOON)
    assert HouseholdMember.objects.get().until == TODAY
    row = living.move_back(row, actor=CLERK, now=NOON)

    assert row.until is None
    with pytest.raises(LivesThereAlready):
        living.move_back(row, actor=CLERK, now=NOON)


def test_moving_out_is_entered_once() -> None:
    make_person()
    row = Residency.objects.get()
    living.move_out(row, YESTERDAY, "to Foshan", actor=CLERK, now=NOON)

    with pytest.raises(WrongState):
        living.move_out(row, TODAY, "to Huizhou", actor=CLERK, now=NOON)

    row.refresh_from_db()
    assert (row.until, row.ended_because) == (YESTERDAY, "to Foshan")


def test_who_joined_a_household_today_may_have_left_or_died_before() -> None:
    left, dead = make_person("陈晓明"), make_person("黄国华", since=TODAY)
    home = open_home()
    for person in (left, dead):
        households.join_household(home, person, Relation.OTHER, bed="", actor=CLERK, now=NOON)
    heard: list[PersonDied] = []
    subscribe(PersonDied, heard.append)

    living.move_out(Residency.objects.get(person=left), YESTERDAY, "", actor=CLERK, now=NOON)
    for _twice in range(2):
        record_death(dead, YESTERDAY, actor=CLERK, now=NOON)

    ends = dict(Residency.objects.values_list("person__name", "until"))
    assert ends == {"陈晓明": YESTERDAY, "黄国华": TODAY}
    assert set(HouseholdMember.objects.values_list("until", flat=True)) == {TODAY}
    dead.refresh_from_db()
    assert dead.died_on == YESTERDAY
    assert [event.on for event in heard] == [YESTERDAY]


def test_a_membership_that_ended_changes_no_more() -> None:
    head, other = make_person("陈晓明"), make_person("李丽", sex="female")
    home = open_home()
    households.join_household(home, head, Relation.HEAD, bed="", actor=CLERK, now=NOON)
    gone = households.join_household(home, other, Relation.OTHER, bed="", actor=CLERK, now=NOON)
    households.leave_household(gone, TODAY, actor=CLERK, now=NOON)

    with pytest.raises(WrongState):
        households.change_relation(gone, Relation.HEAD, actor=CLERK, now=NOON)
    with pytest.raises(WrongState):
        households.leave_household(gone, TODAY, actor=CLERK, now=NOON)

    assert dict(HouseholdMember.objects.values_list("person__name", "relation")) == {
        "陈晓明": "head",
        "李丽": "other",
    }
    households.close_household(home, TODAY, actor=CLERK, now=NOON)
    with pytest.raises(WrongState):
        households.close_household(home, TODAY + timedelta(days=1), actor=CLERK, now=NOON)
    home.refresh_from_db()
    assert home.until == TODAY


def test_moving_in_gives_a_second_residency_that_is_found_there() -> None:
    person = make_person("陈晓明", FAR)

    living.move_in(person, VILLAGE, STAY, actor=CLERK, now=NOON)

    assert [hit.person_id for hit in find_people(CLERK, "陈晓明").items] == [person.pk]
    with pytest.raises(LivesThereAlready):
        living.move_in(person, VILLAGE, STAY, actor=CLERK, now=NOON)


@pytest.mark.parametrize(
    "stay",
    [
        replace(STAY, since=date(2027, 1, 1)),
        replace(STAY, since=date(1980, 1, 1)),
        living.Stay("registered_resident", "residence_permit"),
    ],
)
def test_an_impossible_stay_is_refused(stay: living.Stay) -> None:
    person = make_person(village=FAR)

    with pytest.raises(Invalid):
        living.move_in(person, VILLAGE, stay, actor=CLERK, now=NOON)

    assert Residency.objects.count() == 1


def test_two_editors_of_one_stay() -> None:
    make_person()
    row = Residency.objects.get()
    living.change_stay(row, replace(STAY, group="三组"), version=1, actor=CLERK, now=NOON)

    with pytest.raises(Stale):
        living.change_stay(row, STAY, version=1, actor=CLERK, now=NOON)

    assert Residency.objects.get().group == "三组"


def test_nobody_elsewhere_moves_people() -> None:
    make_person()

    with pytest.raises(NotAllowed):
        living.move_out(Residency.objects.get(), TODAY, "", actor=STRANGER, now=NOON)

    assert Residency.objects.get().until is None


def open_home() -> Household:
    return households.open_household(
        VILLAGE, HouseholdKind.FAMILY, "H1", name="", dwelling=None, actor=CLERK, now=NOON
    )


def test_a_household_has_one_head_and_nobody_twice() -> None:
    one, other = make_person("陈晓明"), make_person("李丽", sex="female")
    home = open_home()
    households.join_household(home, one, Relation.HEAD, bed="", actor=CLERK, now=NOON)

    with pytest.raises(InHouseholdAlready):
        households.join_household(home, one, Relation.OTHER, bed="", actor=CLERK, now=NOON)
    with pytest.raises(HeadTaken):
        households.join_household(home, other, Relation.HEAD, bed="", actor=CLERK, now=NOON)
    with pytest.raises(HouseholdNumberTaken):
        open_home()

    member = households.join_household(home, other, Relation.SPOUSE, bed="", actor=CLERK, now=NOON)
    households.change_relation(member, Relation.HEAD, actor=CLERK, now=NOON)
    assert dict(HouseholdMember.objects.values_list("person__name", "relation")) == {
        "陈晓明": "other",
        "李丽": "head",
    }
    households.leave_household(member, TODAY, actor=CLERK, now=NOON)
    households.close_household(home, TODAY, actor=CLERK, now=NOON)
    assert not HouseholdMember.objects.filter(until__isnull=True).exists()


def test_a_dwelling_stands_once_under_an_address() -> None:
    home = dwellings.Home("江南大道12号 302", "let", 4)
    made = dwellings.enter_dwelling(VILLAGE, home, actor=CLERK, now=NOON)

    with pytest.raises(AddressTaken):
        dwellings.enter_dwelling(
            VILLAGE, dwellings.Home("江南大道12号302", "own"), actor=CLERK, now=NOON
        )
    with pytest.raises(Stale):
        dwellings.change_dwelling(made, home, version=7, actor=CLERK, now=NOON)
    changed = dwellings.change_dwelling(
        made, dwellings.Home("江南大道12号302", "empty"), version=1, actor=CLERK, now=NOON
    )
    assert (changed.kind, changed.version) == ("empty", 2)


@pytest.mark.parametrize(
    "home",
    [dwellings.Home("", "let"), dwellings.Home("x", "castle"), dwellings.Home("x", "let", 0)],
)
def test_a_wrong_dwelling_is_refused(home: dwellings.Home) -> None:
    with pytest.raises(Invalid):
        dwellings.enter_dwelling(VILLAGE, home, actor=CLERK, now=NOON)


def test_who_answers_for_a_dwelling_changes_by_day() -> None:
    home = dwellings.enter_dwelling(
        VILLAGE, dwellings.Home("江南路1号", "let"), actor=CLERK, now=NOON
    )
    landlord = make_person("莫锡坤")

    dwellings.name_party(home, PartyRole.LANDLORD, person=landlord, name="", actor=CLERK, now=NOON)
    dwellings.name_party(
        home, PartyRole.MANAGER, person=None, name="安居公寓", actor=CLERK, now=NOON
    )
    dwellings.name_party(
        home, PartyRole.MANAGER, person=None, name="乐居公寓", actor=CLERK, now=NOON
    )

    live = DwellingParty.objects.filter(until__isnull=True)
    assert set(live.values_list("role", "name")) == {("landlord", ""), ("manager", "乐居公寓")}
    home = dwellings.note_declaration(
        home, date(2026, 1, 1), date(2026, 12, 31), "DG-1", actor=CLERK, now=NOON
    )
    assert home.declared_until == date(2026, 12, 31)
    with pytest.raises(Invalid):
        dwellings.note_declaration(
            home, date(2026, 1, 1), date(2025, 12, 31), "", actor=CLERK, now=NOON
        )


def test_rolls_are_kept_apart_and_by_evidence() -> None:
    person = make_person(standing="registered_resident", basis="hukou")
    voters = rolls.open_roll(
        VILLAGE, RollKind.VOTER, "2026年选民", "换届选举", on=TODAY, actor=CLERK, now=NOON
    )
    shares = rolls.open_roll(
        VILLAGE, RollKind.SHAREHOLDER, "股东", "章程", on=TODAY, actor=CLERK, now=NOON
    )

    entry = rolls.enter_on_roll(
        voters, person, rolls.Entered(TODAY, "户口簿"), actor=CLERK, now=NOON
    )

    assert RollEntry.objects.count() == 1
    with pytest.raises(OnRollAlready):
        rolls.enter_on_roll(voters, person, rolls.Entered(TODAY, "户口簿"), actor=CLERK, now=NOON)
    with pytest.raises(Invalid):
        rolls.enter_on_roll(shares, person, rolls.Entered(TODAY, ""), actor=CLERK, now=NOON)
    rolls.enter_on_roll(
        shares,
        person,
        rolls.Entered(TODAY, "股权证", quantity=Decimal("1.5")),
        actor=CLERK,
        now=NOON,
    )
    with pytest.raises(Invalid):
        rolls.end_entry(entry, TODAY, " ", actor=CLERK, now=NOON)
    rolls.end_entry(entry, TODAY, "迁出", actor=CLERK, now=NOON)
    with pytest.raises(WrongState):
        rolls.end_entry(entry, date(2026, 12, 31), "搬走", actor=CLERK, now=NOON)
    entry.refresh_from_db()
    assert (entry.until, entry.ended_because) == (TODAY, "迁出")
    later = rolls.enter_on_roll(
        voters, person, rolls.Entered(TODAY, "户口簿"), actor=CLERK, now=NOON
    )
    rolls.close_roll(voters, TODAY, actor=CLERK, now=NOON)
    with pytest.raises(RollClosed):
        rolls.enter_on_roll(voters, person, rolls.Entered(TODAY, "x"), actor=CLERK, now=NOON)
    with pytest.raises(RollClosed):
        rolls.end_entry(later, TODAY, "迁出", actor=CLERK, now=NOON)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), ["陈晓明", "黄国华", "李丽"]),
        (Filters(sort="-born"), ["李丽", "陈晓明", "黄国华"]),
        (Filters(sex="female"), ["李丽"]),
        (Filters(youngest=60), ["黄国华"]),
        (Filters(oldest=17), ["李丽"]),
        (Filters(standing="registered_resident"), ["黄国华"]),
        (Filters(gone=True), ["王五"]),
    ],
)
def test_lists_are_narrowed_and_ordered(filters: Filters, names: list[str]) -> None:
    make_person("陈晓明")
    make_person("李丽", sex="female", born_on=date(2015, 5, 1))
    make_person("黄国华", born_on=date(1950, 1, 1), standing="registered_resident", basis="hukou")
    make_person("王五", until=date(2026, 1, 1))
    make_person("赵六", FAR)

    page = list_residents(place_to_list(CLERK), filters, on=TODAY, cursor=None, limit=50)

    assert [row.person.name for row in page.items] == names


def test_the_month_tells_birthdays_permits_and_declarations() -> None:
    make_person("陈晓明", born_on=date(2008, 11, 30))
    make_person(
        "黄国华",
        born_on=date(1966, 11, 1),
        permit_until=date(2026, 11, 15),
        basis="residence_permit",
    )
    make_person("李丽", sex="female", born_on=date(1966, 12, 1))
    home = dwellings.enter_dwelling(
        VILLAGE, dwellings.Home("江南路1号", "let"), actor=CLERK, now=NOON
    )
    dwellings.note_declaration(home, None, date(2026, 11, 30), "", actor=CLERK, now=NOON)

    month = month_of(place_to_list(CLERK), 2026, 11)

    ages = {
        age: [(one.row.person.name, one.on) for one in rows] for age, rows in month.turning if rows
    }
    assert ages == {18: [("陈晓明", date(2026, 11, 30))], 60: [("黄国华", date(2026, 11, 1))]}
    assert [row.person.name for row in month.permits] == ["黄国华"]
    assert [row.address for row in month.declarations] == ["江南路1号"]


def test_residents_follow_a_village_that_goes_into_another() -> None:
    one = make_person("陈晓明", VILLAGE, household="H1", address="江南路1号")
    make_person("黄国华", NEIGHBOUR, household="H1", address="江南路1号")
    living.move_in(one, NEIGHBOUR, STAY, actor=SYSTEM, now=NOON)
    from linli.people.queries.scopes import node_of_code

    old, new = node_of_code(VILLAGE), node_of_code(NEIGHBOUR)
    assert old is not None and new is not None

    moving.merge_village(old.id, new.id, actor=SYSTEM)

    town = make_actor("town", permits.VIEW, at=new.path)
    assert {hit.name for hit in find_people(town, "江南路1号").items} == {"陈晓明", "黄国华"}
    page = list_residents(place_to_list(town), Filters(), on=TODAY, cursor=None, limit=50)
    assert [row.person.name for row in page.items] == ["陈晓明", "黄国华"]


def test_a_month_that_is_too_long_for_a_page_says_so_and_is_whole_over_the_api_and_in_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    born = [make_person(f"林小云{n}", born_on=date(2008, 11, n)).pk for n in (3, 1, 2)]
    home = dwellings.enter_dwelling(
        VILLAGE, dwellings.Home("江南路1号", "let"), actor=CLERK, now=NOON
    )
    dwellings.note_declaration(home, None, date(2026, 11, 30), "", actor=CLERK, now=NOON)
    monkeypatch.setattr(turning, "MOST", 1)
    place = place_to_list(CLERK)

    shown = month_of(place, 2026, 11)
    lines, cursor = turning.month_page(place, 2026, 11, cursor=None, limit=2)
    more, end = turning.month_page(place, 2026, 11, cursor=cursor, limit=2)

    assert shown.is_cut
    assert [len(rows) for age, rows in shown.turning if age == 18] == [1]
    assert [row.person_id for _part, row in lines] == [born[1], born[2]]
    assert [(part.what, row.pk) for part, row in more[1:]] == [("declarations", home.pk)]
    assert more[0][1].person_id == born[0]
    assert end is None
