"""Two people of one name, year of birth and address are told apart by the end of her number, never chosen silently."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from linli.cases import permits as cases
from linli.cases.testing import NOON, VILLAGE
from linli.cases.tests.offices import person
from linli.kernel import scope
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import system_actor
from linli.kernel.testing import OTHER_TOWN, client_of
from linli.offerings import permits
from linli.people import permits as people
from linli.people.models import PersonDocument
from linli.people.services.telling_apart import RATE, whose_ends_with
from linli.people.testing import make_number, make_person
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
WINDOW = "/zh-hans/window/"
CLERK = person(VILLAGE, permits.SEE, permits.RECEIVE, people.VIEW, cases.SEE, account_id=7)
ONE, OTHER = (make_number(serial=499 * 9000 + n) for n in (11, 222))


def found(**said: str) -> Any:
    return client_of(CLERK).post(WINDOW, {"q": "陈晓明", "key": str(uuid4()), **said})


@pytest.fixture
def alike() -> tuple[int, int]:
    more: dict[str, Any] = {"address": "东头坊二巷7号"}
    return make_person(number=ONE, **more).pk, make_person(number=OTHER, **more).pk


def test_those_who_are_alike_are_no_links_and_the_end_of_her_number_is_asked(
    alike: tuple[int, int],
) -> None:
    page = found()
    shown = page.content.decode()

    assert page.status_code == 200 and 'name="end"' in shown
    assert not any(f"person={one}" in shown for one in alike)
    # the key of a form has thirty-two digits of its own
    said = re.sub(r'value="[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"', "", shown)
    assert said != shown and ONE[-4:] not in said and OTHER[-4:] not in said


@pytest.mark.parametrize(("end", "which"), [(ONE[-4:].lower(), 0), (OTHER[-4:], 1), (ONE, 0)])
def test_the_end_chooses_her(alike: tuple[int, int], end: str, which: int) -> None:
    answer = found(end=end)

    assert answer.status_code == 303 and answer["Location"].endswith(f"person={alike[which]}")


@pytest.mark.parametrize("end", [ONE[-1:], "0000", "x", ONE[-3:]])
def test_an_end_that_tells_nothing_chooses_nobody(alike: tuple[int, int], end: str) -> None:
    answer = found(end=end)
    shown = answer.content.decode()

    # the same list again, with the fault at the field
    assert answer.status_code == 200 and "data-faults" in shown and 'aria-invalid="true"' in shown
    assert shown.count("东头坊二巷7号") == 2 and not any(f"person={one}" in shown for one in alike)


def test_whoever_lives_elsewhere_is_a_link_as_before(alike: tuple[int, int]) -> None:
    third = make_person(address="西约三巷1号")

    shown = found().content.decode()

    assert f"person={third.pk}" in shown and 'name="end"' in shown


def test_of_those_whom_somebody_may_not_see_no_number_tells_anything(
    alike: tuple[int, int],
) -> None:
    stranger = person(OTHER_TOWN, people.VIEW)
    where = dict.fromkeys(alike, VILLAGE)

    assert whose_ends_with(where, ONE[-4:], actor=CLERK, now=NOON) == [alike[0]]
    read = Entry.objects.count()
    with pytest.raises(NotAllowed):
        whose_ends_with(where, ONE[-4:], actor=stranger, now=NOON)
    elsewhere = dict.fromkeys(alike, OTHER_TOWN)
    assert whose_ends_with(elsewhere, ONE[-4:], actor=stranger, now=NOON) == []
    assert Entry.objects.exclude(path=OTHER_TOWN).count() == read


def test_each_try_is_traced_with_both_and_after_so_many_none_counts(alike: tuple[int, int]) -> None:
    """Reading what is sealed leaves a trace (PIPL art. 51), whatever came of it."""
    found(end="0000")

    traced = Entry.objects.filter(verb="read", details__fields=["number_end"])
    assert sorted(traced.values_list("person_id", flat=True)) == sorted(alike)
    for _n in range(RATE.count - 1):
        whose_ends_with({alike[0]: VILLAGE}, "0000", actor=CLERK, now=timezone.now())
    before = Entry.objects.count()

    refused = found(end=ONE[-4:])

    assert refused.status_code == 429 and Entry.objects.count() == before


def test_the_digit_that_is_shown_is_the_place_among_the_links(alike: tuple[int, int]) -> None:
    third = make_person(address="西约三巷1号").pk

    shown = found().content.decode()

    assert [int(one) for one in re.findall(r"<kbd>(\d)</kbd>", shown)] == [1]
    assert re.search(rf'person={third}"><kbd>1</kbd>', shown)
    assert "data-choices data-first" in shown


def test_where_nobody_is_a_link_the_cursor_stands_in_the_field(alike: tuple[int, int]) -> None:
    shown = found().content.decode()

    assert "data-choices data-first" not in shown and shown.count("data-first") == 1
    assert re.search(r"<form[^>]*data-first", shown)


def test_who_is_alike_beyond_the_ninth_row_counts_and_is_found_by_her_end() -> None:
    first = make_person(number=ONE, address="东头坊二巷7号").pk
    for n in range(9):
        make_person(address=f"西约三巷{n}号")
    last = make_person(number=OTHER, address="东头坊二巷7号").pk

    shown = found().content.decode()

    assert shown.count("<kbd>") - shown.count("<kbd>F") - shown.count("<kbd>Enter") == 8
    assert f"person={first}" not in shown and "还有" in shown and "先列 9 人" in shown
    assert found(end=OTHER[-4:])["Location"].endswith(f"person={last}")


def test_whoever_is_alike_and_has_no_number_is_a_link_that_says_so(alike: tuple[int, int]) -> None:
    child = make_person(address="东头坊二巷7号").pk
    with scope.acting(system_actor("tests.number")), transaction.atomic():
        PersonDocument.objects.filter(person=child).update(until=NOON.date())

    shown = found().content.decode()

    assert f"person={child}" in shown and "登记里没有证件号码" in shown
    assert not any(f"person={one}" in shown for one in alike)


def test_among_too_many_nobody_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.offerings.views.who_stands_here.COMPARED", 2)
    made = [make_person(address=f"西约三巷{n}号").pk for n in range(3)]

    shown = found().content.decode()

    assert not any(f"person={one}" in shown for one in made) and "找到的人太多" in shown


@pytest.mark.parametrize(("typed", "said", "unsaid"), [
    ("查无此人", "姓名", "请核对证件号码"), ("陈1234", "请核对证件号码", "姓名写法"),
])  # fmt: skip
@pytest.mark.usefixtures("alike")
def test_what_was_typed_stays_and_who_is_not_found_is_looked_for_by_what_was_typed(
    typed: str, said: str, unsaid: str
) -> None:
    shown = found(q=typed).content.decode()

    assert f'value="{typed}"' in shown and said in shown and unsaid not in shown
