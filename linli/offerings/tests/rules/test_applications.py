"""The list for one's case, asking once, the limit of the item, turns of departments, fees."""

from __future__ import annotations

from typing import Any

import pytest

from linli.offerings.kinds import application
from linli.offerings.rules import applications as rules
from linli.offerings.testing import PENSION, PERMIT
from linli.offerings.types.applications import FEE_OVER, UNDECIDED, ItemAsked, Term

ITEM = ItemAsked("residence-permit", 3, PERMIT)


def item(**more: Any) -> ItemAsked:
    return ItemAsked("it", 1, {**PERMIT, **more})


@pytest.mark.parametrize(
    ("answers", "hers", "looked_up"),
    [
        ({"whose": "own"}, ["id-card"], ["hukou"]),
        ({"whose": "rented"}, ["id-card", "lease"], ["hukou"]),
        ({}, ["id-card"], ["hukou"]),
    ],
)
def test_the_list_fits_the_answers_and_what_comes_by_sharing_is_not_hers_to_bring_ps_02(
    answers: dict[str, str], hers: list[str], looked_up: list[str]
) -> None:
    found = rules.materials_of(ITEM, answers)

    assert [one.key for one in found if one.is_hers] == hers
    assert [one.key for one in found if not one.is_hers] == looked_up


def test_only_answers_that_the_item_knows_are_kept_and_the_others_are_still_open() -> None:
    assert rules.known_answers(ITEM, {"whose": "rented", "hukou": "here"}) == {"whose": "rented"}
    assert rules.known_answers(ITEM, {"whose": "stolen"}) == {}
    assert rules.unanswered(ITEM, {}) == ["whose"]
    assert rules.unanswered(ITEM, {"whose": "own"}) == []


def test_what_is_missing_is_asked_once_and_completely() -> None:
    assert rules.may_still_ask(["lease"], None)
    assert rules.may_still_ask(["lease"], ["lease", "id-card"])
    assert not rules.may_still_ask(["photo"], ["lease"])


@pytest.mark.parametrize(
    ("promised", "statutory", "limit"),
    [
        ({"days": 10}, {"days": 15}, (10, 15)),
        ({"days": 20}, {"days": 15}, (15, 15)),
        (None, {"days": 15}, (15, 15)),
        ({"days": 3}, None, (3, 3)),
        ({"days": 3, "unit": "days"}, {"days": 15, "unit": "working"}, (15, 15)),
    ],
)
def test_the_promise_is_never_longer_than_the_law_allows(
    promised: dict[str, Any] | None, statutory: dict[str, Any] | None, limit: tuple[int, int]
) -> None:
    found = rules.limit_of(item(promised=promised, statutory=statutory))

    assert found is not None
    assert (found[0].days, found[1].days) == limit


def test_an_item_without_a_limit_takes_that_of_the_rulebook_and_says_whether_its_law_was_read() -> (
    None
):
    assert rules.limit_of(item(promised=None, statutory=None)) is None
    assert rules.term_of({"days": 5, "certainty": "check"}) == Term(5, "working_days", False)


def test_refused_items_are_applied_for_nowhere_and_others_online_only_where_they_say_so() -> None:
    assert rules.is_online(ITEM)
    assert not rules.is_online(item(channels=["counter"]))
    assert rules.is_at_window(item(channels=["counter"]))
    assert not rules.is_online(item(kind="refused"))
    assert not rules.is_at_window(item(kind="refused"))


@pytest.mark.parametrize(
    ("parts", "turn"),
    [
        ([], None),
        ([(1, False, False), (1, False, False), (2, False, False)], 1),
        ([(1, True, False), (1, True, True), (2, False, False)], None),
        ([(1, True, True), (1, True, True), (2, False, False)], 2),
        ([(1, True, True), (2, True, True)], None),
    ],
)
def test_parts_of_one_turn_run_side_by_side_and_the_next_begins_when_all_are_done(
    parts: list[tuple[int, bool, bool]], turn: int | None
) -> None:
    assert rules.next_turn(parts) == turn


@pytest.mark.parametrize(
    ("asked", "answers", "chosen", "is_other"),
    [
        (PERMIT, {"whose": "own"}, "", False),
        (PERMIT, {"whose": "own"}, "other", True),
        (PERMIT, {}, "own", False),
        (PENSION, {"whose": "other"}, "", True),
        # the papers were listed by the item's own question: its answer holds
        (PENSION, {"whose": "self"}, "other", False),
    ],
)
def test_for_whom_it_is_says_the_item_s_own_question_or_else_whoever_fills_it_in(
    asked: dict[str, Any], answers: dict[str, str], chosen: str, is_other: bool
) -> None:
    assert rules.is_for_other(ItemAsked("it", 1, asked), answers, chosen) is is_other


def test_undecided_is_from_where_she_may_withdraw_and_none_of_it_is_over() -> None:
    assert {str(one) for one in application.UNDECIDED} == UNDECIDED
    assert not UNDECIDED & FEE_OVER and set(application.Application) >= FEE_OVER
