"""Whom the city's demands and answers reach: the posts of the town that may file, nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from linli.access.queries.rights import posts_that_may
from linli.access.testing import TESTER, make_post, make_right
from linli.kernel.testing import CITY, OTHER_TOWN, TOWN, VILLAGE
from linli.notify.models import Message
from linli.places.models import Place
from linli.places.testing import make_town
from linli.plan import permits
from linli.plan.services import telling
from linli.plan.testing import call, make_filed_plan, make_plan
from linli.plan.types import CallKind

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def files_plans(kind: str = "official") -> int:
    post = make_post(kind, path=TOWN)
    make_right(permit=permits.FILE.name, path=TOWN, post_id=post.pk)
    return int(post.pk)


def told(template: str) -> list[int | None]:
    return list(Message.objects.filter(template=template).values_list("post_id", flat=True))


def test_the_posts_that_file_are_found_and_no_others() -> None:
    filing, other = files_plans(), make_post("head", path=TOWN).pk

    found = posts_that_may(permits.FILE, [TOWN], now=now())

    assert filing in found[TOWN]
    assert other not in found[TOWN]


def test_a_right_given_above_reaches_the_post_and_one_given_beside_or_below_does_not() -> None:
    above, beside, below = (make_post("official", path=TOWN).pk for _one in range(3))
    make_right(permit=permits.FILE.name, path="441900/", post_id=above)
    make_right(permit=permits.FILE.name, path=OTHER_TOWN, post_id=beside)
    make_right(permit=permits.FILE.name, path=VILLAGE, post_id=below)

    found = posts_that_may(permits.FILE, [TOWN], now=now())

    assert above in found[TOWN]
    assert not {beside, below} & set(found[TOWN])


def test_many_places_are_read_at_once(django_assert_max_num_queries: Any) -> None:
    here, there = files_plans(), make_post("official", path=OTHER_TOWN).pk
    make_right(permit=permits.FILE.name, path=OTHER_TOWN, post_id=there)

    with django_assert_max_num_queries(2):
        found = posts_that_may(permits.FILE, [TOWN, OTHER_TOWN, VILLAGE, TOWN], now=now())

    assert here in found[TOWN] and there in found[OTHER_TOWN]
    assert there not in found[TOWN] and here not in found[VILLAGE]


def test_a_demand_reaches_the_town_with_its_day_and_basis() -> None:
    post = files_plans()
    asked = call(make_plan(), CallKind.TOWN_PLAN)

    telling.tell_called(asked.pk, actor=TESTER, now=now())

    assert post in told("plan.called")
    assert asked.basis in Message.objects.filter(post_id=post, template="plan.called").get().body


def test_a_demand_on_the_whole_city_is_no_letter_to_an_invented_town() -> None:
    post = files_plans()
    document = make_plan()
    make_town()
    town = Place.objects.filter(path=TOWN)
    whole = call(document, CallKind.TOWN_PLAN, path=CITY)

    town.update(is_invented=True)
    telling.tell_called(whole.pk, actor=TESTER, now=now())
    assert told("plan.called") == []
    town.update(is_invented=False)
    telling.tell_called(whole.pk, actor=TESTER, now=now())
    assert told("plan.called") == [post]


@pytest.mark.parametrize(
    ("is_returned", "template"),
    [(True, "plan.town_plan_returned"), (False, "plan.town_plan_accepted")],
)
def test_what_became_of_a_plan_reaches_the_town(is_returned: bool, template: str) -> None:
    post = files_plans()
    document = make_plan()
    filed = make_filed_plan(document)

    telling.tell_town_plan(filed.pk, is_returned=is_returned, actor=TESTER, now=now())

    assert told(template) == [post]
    assert filed.title in Message.objects.get(template=template).body
