"""Which occasion fits, and what it opens, without a database."""

from __future__ import annotations

from datetime import date

import pytest

from linli.offerings.queries.item_files import shipped_items
from linli.offerings.queries.reminders import occasions
from linli.offerings.rules.reminders import (
    in_order,
    items_of,
    occasion_for,
    read_occasion,
    words_of_due,
)
from linli.offerings.types.reminders import Due, Occasion
from linli.rulebook.queries import get_parameter

CARD = Occasion(
    "card-ends", "document", "resident_id", "身份证到期", "Card ends", ("id-card-renewal",)
)
OTHER = Occasion("crossing-ends", "document", "", "证件到期", "A document ends", ())
AGE = Occasion("very-old", "age", "a", "满{age}周岁", "Turns {age}", ("b", "a", "b"))


def due(occasion: Occasion, **more: object) -> Due:
    return Due(date(2026, 11, 5), 1, "陈大文", 1, occasion, **more)  # type: ignore[arg-type]


def test_the_occasion_named_for_a_kind_comes_before_the_one_for_all() -> None:
    assert occasion_for([OTHER, CARD], "document", "resident_id") is CARD
    assert occasion_for([OTHER, CARD], "document", "passport") is OTHER
    assert occasion_for([CARD], "document", "passport") is None
    assert occasion_for([CARD], "age", "resident_id") is None


def test_her_own_item_comes_first_and_each_once() -> None:
    assert items_of(due(AGE, item="a")) == ("a", "b")
    assert items_of(due(AGE)) == ("b", "a")


def test_words_name_the_age_and_what_ends() -> None:
    assert words_of_due(due(AGE, age=80), is_chinese=True) == "满80周岁"
    assert words_of_due(due(AGE, age=80), is_chinese=False) == "Turns 80"


def test_lines_stand_in_the_order_of_days() -> None:
    late = Due(date(2026, 11, 30), 2, "阿", 1, AGE)

    assert [one.on.day for one in in_order([late, due(AGE)])] == [5, 30]


@pytest.mark.parametrize("row", [{"cause": "age"}, {"key": "x", "cause": "moon", "items": []}])
def test_what_is_no_occasion_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no occasion"):
        read_occasion(row)


def test_shipped_occasions_name_ages_of_the_rulebook_and_items_that_are_offered() -> None:
    keys = {str(one["key"]) for one in shipped_items()}

    for one in occasions():
        assert set(one.items) <= keys, one.key
        if one.cause == "age":
            assert get_parameter(one.on).unit == "years_of_age"
