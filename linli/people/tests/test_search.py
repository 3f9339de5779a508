"""Finding people, each actor within her own places."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.errors import Invalid
from linli.kernel.paging import encode_cursor
from linli.kernel.testing import CITY, TOWN, make_actor
from linli.people import permits
from linli.people.queries.search import count_people, find_people
from linli.people.testing import (
    FAR,
    NEIGHBOUR,
    VILLAGE,
    make_clerk,
    make_number,
    make_person,
    make_villages,
)

CLERK = make_clerk()
TOWN_CLERK = make_actor("town", permits.VIEW, at=TOWN)
CITY_CLERK = make_actor("city", permits.VIEW, at=CITY)


@pytest.fixture(autouse=True)
def _people(db: None) -> None:
    make_villages()


@pytest.mark.parametrize(
    "typed", ["陈晓明", "晓明", "明", "cxm", "chenxiao", "CHAN", "Chan", "xiaoming"]
)
def test_a_person_is_found_by_any_part_of_the_name(typed: str) -> None:
    person = make_person("陈晓明")
    make_person("黄国华")

    found = find_people(CLERK, typed)

    assert [hit.person_id for hit in found.items] == [person.pk]


def test_an_other_name_finds_too() -> None:
    person = make_person("陈小明", other_name="CHAN SIU MING")

    assert [hit.person_id for hit in find_people(CLERK, "siu ming").items] == [person.pk]


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (CLERK, {VILLAGE}),
        (TOWN_CLERK, {VILLAGE, NEIGHBOUR}),
        (CITY_CLERK, {VILLAGE, NEIGHBOUR, FAR}),
    ],
)
def test_everybody_finds_within_her_own_places_only(actor: object, seen: set[str]) -> None:
    for village in (VILLAGE, NEIGHBOUR, FAR):
        make_person("陈晓明", village)

    found = find_people(actor, "陈晓明")

    assert {hit.path.split("/")[-2] for hit in found.items} == seen


def test_a_whole_number_finds_within_ones_own_places_only() -> None:
    number = make_number()
    person = make_person(number=number)
    elsewhere = make_number()
    make_person("黄国华", FAR, number=elsewhere)

    assert [hit.person_id for hit in find_people(CLERK, number.lower()).items] == [person.pk]
    assert find_people(CLERK, elsewhere).items == []
    assert find_people(CLERK, number[:17]).items == []


def test_a_telephone_finds_whose_it_is() -> None:
    person = make_person(phone="13812345678")

    assert [hit.person_id for hit in find_people(CLERK, "138 1234 5678").items] == [person.pk]


@pytest.mark.parametrize("typed", ["江南大道12号", "大道12号3", "江南大道 12 号"])
def test_an_address_finds_who_lives_there(typed: str) -> None:
    person = make_person(address="江南大道12号302")
    make_person("黄国华", address="江北大道2号")

    assert [hit.person_id for hit in find_people(CLERK, typed).items] == [person.pk]


@pytest.mark.parametrize("typed", ["康力机械厂", "康力", "机械厂宿舍"])
def test_a_part_of_an_address_or_employer_finds_whoever_lives_or_works_there(typed: str) -> None:
    living = make_person(address="康力机械厂宿舍2号")
    working = make_person("黄国华", address="江北大道2号", employer="东莞康力机械厂")
    make_person("何月", address="江北大道3号")

    found = find_people(CLERK, typed)
    first = find_people(CLERK, typed, limit=1)

    wanted = [living.pk] if typed == "机械厂宿舍" else [living.pk, working.pk]
    assert [hit.person_id for hit in found.items] == wanted
    assert [hit.person_id for hit in first.items] == wanted[:1]
    if first.next:
        ahead = find_people(CLERK, typed, limit=1, cursor=first.next)
        assert [hit.person_id for hit in ahead.items] == wanted[1:]


@pytest.mark.parametrize("typed", ["", "  ", "%", "<script>", "😀", "'; DROP TABLE", "*", "zzzz"])
def test_nonsense_finds_nobody(typed: str) -> None:
    make_person()

    assert find_people(CLERK, typed).items == []


def test_nobody_finds_nothing() -> None:
    make_person()

    assert find_people(make_actor("nobody"), "陈晓明").items == []


def test_pages_follow_each_other_without_gap_or_double() -> None:
    made = {
        make_person(f"陈{sign}").pk for sign in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰"
    }

    first = find_people(CLERK, "陈", limit=10)
    second = find_people(CLERK, "陈", limit=10, cursor=first.next)
    third = find_people(CLERK, "陈", limit=10, cursor=second.next)

    seen = [hit.person_id for page in (first, second, third) for hit in page.items]
    assert (len(first.items), len(second.items), len(third.items)) == (10, 10, 5)
    assert third.next is None
    assert sorted(seen) == sorted(made)


def test_whoever_left_is_found_and_marked_so() -> None:
    make_person("陈晓明", until=date(2026, 1, 1))

    assert [hit.until for hit in find_people(CLERK, "陈晓明").items] == [date(2026, 1, 1)]


def test_a_search_by_name_is_one_statement(django_assert_num_queries: object) -> None:
    person = make_person("陈晓明")
    find_people(CLERK, "陈")

    with django_assert_num_queries(1):
        found = find_people(CLERK, "晓明")

    assert [hit.person_id for hit in found.items] == [person.pk]


def test_who_lives_in_a_house_is_shown_page_by_page_and_counted_as_a_whole() -> None:
    for number in range(5):
        make_person(f"陈晓{number}", address="江南路1号")

    first = find_people(CLERK, "江南路1号", limit=2)
    second = find_people(CLERK, "江南路1号", limit=2, cursor=first.next)
    third = find_people(CLERK, "江南路1号", limit=2, cursor=second.next)

    seen = [hit.person_id for page in (first, second, third) for hit in page.items]
    assert len(set(seen)) == len(seen) == 5
    assert (third.next, count_people(CLERK, "江南路1号", second)) == (None, 5)
    assert count_people(CLERK, "陈", find_people(CLERK, "陈", limit=2)) == 5


@pytest.mark.parametrize("values", [["x", "", "1"], ["1", "陈"], ["0", "陈", "x"]])
def test_a_damaged_cursor_of_a_search_is_refused(values: list[str]) -> None:
    with pytest.raises(Invalid):
        find_people(CLERK, "陈", cursor=encode_cursor(values))
