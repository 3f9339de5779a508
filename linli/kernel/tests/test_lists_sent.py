"""Lists travel as the driver writes them, those of texts alone in one go."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import sql
from linli.kernel.db.sending import TextsSender

SENT = "SELECT %s::text[]"
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))


def back(values: list[Any]) -> Any:
    return sql.tuples("test.list", SENT, [values])[0][0]


@pytest.mark.django_db
@given(TEXTS)
def test_texts_come_back_as_they_were_sent(values: list[str]) -> None:
    assert back(values) == values


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        [], [None], ["a", None], [None, "a"], [["a", "b"], ["c", "d"]], ["null", "NULL", ""],
        ['"', "\\", '\\"', '","', "{}", "a,b", " a "], ["村", "𠮷"],
    ],
)  # fmt: skip
def test_what_else_stands_in_a_list_comes_back_too(values: list[Any]) -> None:
    # each kind behind the other: whoever writes one is not taken for the next
    assert back(["a", "b"]) == ["a", "b"]
    assert back(values) == values
    assert back(["a", "b"]) == ["a", "b"]


@pytest.mark.django_db
def test_numbers_are_sent_by_the_driver() -> None:
    assert sql.tuples("test.numbers", "SELECT %s::bigint[]", [[1, 2**40, -3]]) == [
        ([1, 2**40, -3],)
    ]


@pytest.mark.django_db
def test_cursors_send_lists_in_the_same_way() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[] || %s::text[]", [['a"b', "c\\d"], [None]])
        assert cursor.fetchone() == (['a"b', "c\\d", None],)


@pytest.mark.parametrize("values", [["a\0b"], ["\0"]])
def test_a_zero_byte_is_refused(values: list[str]) -> None:
    with pytest.raises(psycopg.DataError):
        TextsSender(list, None).dump(values)
