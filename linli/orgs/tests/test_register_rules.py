"""Names by date, who stands in for whom, circles, check digits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.orgs.rules.register import (
    Life,
    Link,
    Step,
    bearer_on,
    is_credit_code,
    makes_circle,
    may_end_without_sheet,
    stand_in,
    version_on,
)

PLAN, TODAY = date(2016, 12, 23), date(2026, 11, 24)
OLD, NEW, OTHER, LATEST = 1, 2, 3, 4
REFORM = date(2019, 1, 1)
LIVES = {
    OLD: Life(None, REFORM),
    OTHER: Life(None, REFORM),
    NEW: Life(REFORM, date(2024, 1, 1)),
    LATEST: Life(date(2024, 1, 1), None),
}
LINKS = [Link(OLD, NEW, 0), Link(OTHER, NEW, 0), Link(NEW, LATEST, 0)]


@pytest.mark.parametrize(
    ("asked", "on", "bearer"),
    [
        (OLD, PLAN, OLD),
        (OLD, date(2018, 12, 31), OLD),
        (OLD, REFORM, NEW),
        (OLD, TODAY, LATEST),
        (NEW, PLAN, OLD),
        (LATEST, PLAN, OLD),
        (LATEST, TODAY, LATEST),
        (OTHER, TODAY, LATEST),
    ],
)
def test_the_bearer_of_a_department_is_found_forwards_and_backwards(
    asked: int, on: date, bearer: int
) -> None:
    assert bearer_on(asked, LIVES, LINKS, on) == bearer


def test_an_office_that_took_in_another_was_itself_before() -> None:
    lives = {OLD: Life(None, REFORM), NEW: Life()}

    assert bearer_on(NEW, lives, [Link(OLD, NEW)], PLAN) == NEW


def test_the_main_line_goes_before_the_others() -> None:
    lives = {OLD: Life(None, REFORM)}

    assert bearer_on(OLD, lives, [Link(OLD, OTHER, 1), Link(OLD, NEW, 0)], TODAY) == NEW


@dataclass(frozen=True)
class Version:
    since: date | None
    until: date | None
    name: str


VERSIONS = [
    Version(None, date(2018, 1, 1), "first"),
    Version(date(2018, 1, 1), date(2020, 1, 1), "second"),
    Version(date(2021, 1, 1), None, "third"),
]


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2000, 1, 1), "first"),
        (date(2017, 12, 31), "first"),
        (date(2018, 1, 1), "second"),
        (date(2020, 6, 1), "second"),
        (date(2021, 1, 1), "third"),
    ],
)
def test_the_version_of_a_day(on: date, name: str) -> None:
    found = version_on(VERSIONS, on)

    assert found is not None
    assert found.name == name


def test_before_the_first_version_the_first_name_is_used() -> None:
    found = version_on(VERSIONS[1:], date(2000, 1, 1))

    assert found is not None
    assert found.name == "second"
    assert version_on([], TODAY) is None


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=6, unique=True), st.integers(-10, 4000))
def test_touching_versions_give_one_name_for_every_day(starts: list[int], day: int) -> None:
    days = [date(2015, 1, 1) + timedelta(days=n) for n in sorted(starts)]
    ends = [*days[1:], None]
    versions = [Version(a, b, str(a)) for a, b in zip(days, ends, strict=True)]
    on = date(2015, 1, 1) + timedelta(days=day)

    found = version_on(versions, on)

    assert found is not None
    assert found.name == str(max([d for d in days if d <= on], default=days[0]))


CHAIR, VICE, SECRETARY, DEPUTY, TOWN = 10, 11, 20, 21, 30
STEPS = {
    CHAIR: Step(CHAIR, VICE, SECRETARY),
    SECRETARY: Step(SECRETARY, DEPUTY, TOWN),
    TOWN: Step(TOWN, None, None),
}


@pytest.mark.parametrize(
    ("why", "held", "by"),
    [
        ("its own holder", {CHAIR, VICE}, CHAIR),
        ("the deputy", {VICE, SECRETARY}, VICE),
        ("the post above", {SECRETARY, TOWN}, SECRETARY),
        ("the deputy of the post above before what is higher", {DEPUTY, TOWN}, DEPUTY),
        ("what is higher still", {TOWN}, TOWN),
        ("nobody", set(), None),
    ],
)
def test_a_vacant_post_falls_to_its_deputy_or_the_post_above(
    why: str, held: set[int], by: int | None
) -> None:
    assert stand_in(CHAIR, STEPS, frozenset(held)) == by, why


def test_a_circle_of_posts_ends_the_search() -> None:
    steps = {1: Step(1, None, 2), 2: Step(2, None, 1)}

    assert stand_in(1, steps, frozenset()) is None


@pytest.mark.parametrize(
    ("child", "parent", "circle"), [(1, 2, False), (3, 1, True), (3, 3, True), (1, 3, False)]
)
def test_nothing_stands_under_itself(child: int, parent: int, circle: bool) -> None:
    assert makes_circle(child, parent, {1: [2], 2: [3]}) is circle


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),
        ("914403001922038216", True),
        ("11440100007482575H", True),
        ("54441900MF1234567R", True),
        ("12440000MB2D034569", False),
        ("91350100M000100Y44", False),
        ("9135", False),
    ],
)
def test_the_check_digit_of_a_credit_code(code: str, right: bool) -> None:
    assert is_credit_code(code) is right


@pytest.mark.parametrize(
    ("reason", "without"),
    [("died", True), ("disqualified", True), ("recalled", True), ("resigned", False)],
)
def test_who_can_sign_needs_a_sheet(reason: str, without: bool) -> None:
    assert may_end_without_sheet(reason) is without
