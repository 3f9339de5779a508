"""Two people of one name, year of birth and address are told apart by the end of her number, never chosen silently."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from linli.cases import permits as cases
from linli.cases.testing import VILLAGE
from linli.cases.tests.offices import person
from linli.kernel.testing import OTHER_TOWN, client_of
from linli.offerings import permits
from linli.people import permits as people
from linli.people.queries.vault import whose_ends_with
from linli.people.testing import make_number, make_person

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
    assert ONE[-4:] not in shown and OTHER[-4:] not in shown


@pytest.mark.parametrize(("end", "which"), [(ONE[-4:].lower(), 0), (OTHER[-4:], 1), (ONE, 0)])
def test_the_end_chooses_her(alike: tuple[int, int], end: str, which: int) -> None:
    answer = found(end=end)

    assert answer.status_code == 303 and answer["Location"].endswith(f"person={alike[which]}")


@pytest.mark.parametrize("end", [ONE[-1:], "0000", "x", ONE[-3:]])
def test_an_end_that_tells_nothing_chooses_nobody(alike: tuple[int, int], end: str) -> None:
    answer = found(end=end)

    assert answer.status_code == 303 and "person=" not in answer["Location"]


def test_whoever_lives_elsewhere_is_a_link_as_before(alike: tuple[int, int]) -> None:
    third = make_person(address="西约三巷1号")

    shown = found().content.decode()

    assert f"person={third.pk}" in shown and 'name="end"' in shown


def test_of_those_whom_somebody_may_not_see_no_number_tells_anything(
    alike: tuple[int, int],
) -> None:
    stranger = person(OTHER_TOWN, people.VIEW)

    assert whose_ends_with(CLERK, alike, ONE[-4:]) == [alike[0]]
    assert whose_ends_with(stranger, alike, ONE[-4:]) == []
