"""One list for all kinds: who sees which cases, in which order, page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from linli.cases.models import Case, Category
from linli.cases.queries.branches import branches
from linli.cases.queries.listing import View, Wanted, list_cases
from linli.cases.queries.reading import visible_cases
from linli.cases.services import assigning
from linli.cases.services.exporting import order_export
from linli.cases.testing import NOON, VILLAGE, clerk_of, make_case, move
from linli.cases.types.moves import At, To
from linli.kernel.errors import Invalid
from linli.kernel.permits import NOBODY, Actor, Grant
from linli.runtime.models import LongJob

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
TOWN = clerk_of("441900/441900005/")
CITY = clerk_of("441900/")
TWICE = replace(CLERK, grants=(*CLERK.grants, *TOWN.grants))


def life() -> None:
    """Cases in two villages and another town, some done, one secret, due on different days."""
    for number in range(5):
        make_case(now=NOON + timedelta(days=number))
    make_case("441900005002")
    make_case("441900006001")
    done = make_case().held.id
    move(done, "accept", CLERK)
    move(done, "finish", CLERK, public={"text": "Mended."}, facts={"files": ["f"]})
    Case.objects.filter(pk=make_case().held.id).update(level=7)


def numbers(actor: Actor, wanted: Wanted = Wanted(), limit: int = 2) -> list[str]:
    found, cursor = [], None
    while True:
        page = list_cases(actor, wanted, cursor=cursor, limit=limit)
        found += [row.number for row in page.items]
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize("actor", [CLERK, TOWN, CITY, TWICE, NOBODY], ids=lambda a: a.label)
@pytest.mark.parametrize("limit", [1, 2, 50])
def test_the_list_shows_exactly_what_may_be_seen_in_order(actor: Actor, limit: int) -> None:
    life()

    seen = visible_cases(actor).filter(is_open=True).order_by("due_at", "pk")

    assert numbers(actor, limit=limit) == list(seen.values_list("number", flat=True))


def test_how_much_each_sees() -> None:
    life()

    assert [len(numbers(actor)) for actor in (CLERK, TOWN, CITY, NOBODY)] == [5, 6, 7, 0]


def test_a_secret_case_is_in_no_list_of_lower_ceiling() -> None:
    life()
    high = replace(CLERK, grants=(Grant("cases.see", VILLAGE, 7),))

    assert len(numbers(high)) == len(numbers(CLERK)) + 1


def test_whoever_may_see_less_than_staff_sees_no_case_anywhere() -> None:
    life()
    resident = replace(CLERK, grants=(Grant("cases.see", VILLAGE, 2),))

    assert numbers(resident) == list(visible_cases(resident)) == []


def test_mine_are_those_that_my_post_leads() -> None:
    life()
    mine = replace(CLERK, posts=frozenset({31}))
    case_id = Case.objects.filter(path=VILLAGE, is_open=True, level=1).order_by("pk")[2].pk
    with transaction.atomic():
        assigning.offer(At(case_id), To("lead", 9, 31), actor=CLERK, now=NOON)
        assigning.accept(At(case_id), 1, actor=mine, now=NOON)

    assert numbers(mine, Wanted(View.MINE)) == [Case.objects.get(pk=case_id).number]
    assert numbers(CLERK, Wanted(View.MINE)) == []


def test_of_two_posts_each_is_read_along_its_own_index_and_both_stand_in_one_order() -> None:
    life()
    both = replace(CLERK, posts=frozenset({31, 32}))
    led = Case.objects.filter(path=VILLAGE, is_open=True, level=1).order_by("pk")[1:4]
    for case, post in zip(led, (32, 31, 32), strict=True):
        with transaction.atomic():
            assigning.offer(At(case.pk), To("lead", 9, post), actor=CLERK, now=NOON)
            assigning.accept(At(case.pk), 1, actor=both, now=NOON)

    asked = [one for one in branches(both, Wanted(View.MINE)) if "lead_post_id" in one.condition]
    shown = numbers(both, Wanted(View.MINE))

    # several at once would make the server look for them along all that is due
    assert {"c.lead_post_id = %s" in one.condition for one in asked} == {True}
    of_both = visible_cases(both).filter(pk__in=[case.pk for case in led])
    assert shown == list(of_both.order_by("due_at", "pk").values_list("number", flat=True))


def test_overdue_are_those_behind_their_day() -> None:
    life()

    late = numbers(CLERK, Wanted(View.OVERDUE, now=NOON + timedelta(days=2)))

    assert late == list(
        visible_cases(CLERK)
        .filter(is_open=True, due_at__lte=NOON + timedelta(days=2))
        .order_by("due_at", "pk")
        .values_list("number", flat=True)
    )
    assert 0 < len(late) < 5


def test_a_category_and_a_place_narrow_the_list() -> None:
    life()
    lamps = Category.objects.create(code="lamps", title="路灯", title_en="Street lamps")
    lit = Case.objects.filter(path=VILLAGE, is_open=True, level=1).order_by("pk")[0]
    Case.objects.filter(pk=lit.pk).update(category=lamps)

    page = list_cases(CITY, Wanted(category_id=lamps.pk))

    assert [(row.number, row.category) for row in page.items] == [(lit.number, "路灯")]
    assert len(numbers(CITY, Wanted(path="441900/441900006/"))) == 1
    assert numbers(CLERK, Wanted(path="441900/441900006/")) == []


@pytest.mark.parametrize("cursor", ["x", "WyJmIiwiYSJd", "WyJmIiwiYSIsImIiXQ"])
def test_a_cursor_that_we_did_not_make_is_refused(cursor: str) -> None:
    make_case()

    with pytest.raises(Invalid):
        list_cases(CLERK, Wanted(), cursor=cursor)


def test_a_page_is_one_statement(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    life()

    with django_assert_num_queries(1):
        page = list_cases(TWICE, Wanted())

    assert len(page.items) == 6


def test_a_file_is_kept_of_all_that_an_address_asks_for_or_not_at_all() -> None:
    order_export(f"q={'x' * 1200}&kind=report", "csv", actor=CLERK, now=NOON)
    kept = LongJob.objects.get().params["query"]

    with pytest.raises(Invalid):
        order_export("q=" + "x" * 5000, "csv", actor=CLERK, now=NOON)

    assert kept.endswith("&kind=report") and LongJob.objects.count() == 1
