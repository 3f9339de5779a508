"""What the window calls asked for most is what is asked for most at its own places, and lately."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.cases.models import Case
from linli.kernel.permits import VAULT
from linli.kernel.testing import client_of, make_actor
from linli.offerings import permits
from linli.offerings.models import Application
from linli.offerings.queries.window import choices_at_window, offered_at_window
from linli.offerings.testing import NOON, make_application, make_item
from linli.people import permits as people
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
HERE, THERE = "441900005001", "441900006001"
TODAY = NOON.date()


def applied(key: str, code: str = HERE, times: int = 1, days: int = 1) -> None:
    for _number in range(times):
        made = make_application(code, now=NOON - timedelta(days=days))
        Application.objects.filter(case_id=made.held.id).update(item_key=key)


@pytest.fixture(autouse=True)
def items() -> None:
    city = make_village(HERE).parent.parent  # type: ignore[union-attr]
    make_village(THERE)
    for key, name in (("a-item", "甲事"), ("b-item", "乙事"), ("c-item", "丙事")):
        make_item(city, key=key, name={"zh": name, "en": key})


def chosen(*places: str) -> tuple[list[str], list[str]]:
    found = choices_at_window("", TODAY, 9, places=places)
    return [one.key for one in found.asked], sorted(one.key for one in found.others)


def test_what_is_asked_for_elsewhere_or_long_ago_is_not_asked_for_most_here() -> None:
    applied("c-item", times=2)
    applied("b-item")
    applied("a-item", THERE, times=3)
    applied("a-item", days=120)
    here, there = "441900/441900005/441900005001/", "441900/441900006/441900006001/"

    assert chosen(here) == (["c-item", "b-item"], ["a-item"])
    assert chosen(there) == (["a-item"], ["b-item", "c-item"])
    assert chosen("441900/441900005/") == (["c-item", "b-item"], ["a-item"])
    assert chosen("441900/", here)[0] == ["a-item", "c-item", "b-item"]
    assert [one.key for one in offered_at_window("", TODAY, 2, places=[here])] == [
        "c-item",
        "b-item",
    ]


def test_where_nothing_was_asked_for_the_page_says_nothing_of_most() -> None:
    clerk = make_actor(
        "window", permits.RECEIVE, permits.SEE, people.VIEW, ceiling=VAULT, account_id=7,
        at="441900/441900005/441900005001/",
    )  # fmt: skip
    address = "/zh-hans/window/?person=0"

    bare = client_of(clerk).get(address).content.decode()
    applied("b-item")
    Case.objects.update(opened_at=timezone.now())
    known = client_of(clerk).get(address).content.decode()

    assert "最常办" not in bare and "甲事" in bare
    assert "这里最常办的事项" in known and "其他事项" in known
    assert known.index("乙事") < known.index("其他事项") < known.index("甲事")
    assert [f"<kbd>{number}</kbd>" in known for number in (1, 2, 3, 4)] == [True, True, True, False]
