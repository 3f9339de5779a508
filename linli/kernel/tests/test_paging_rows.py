"""Paging a list that is in memory as a whole."""

from __future__ import annotations

import pytest

from linli.kernel.errors import Invalid
from linli.kernel.paging import encode_cursor, page_of_rows

ROWS = [f"row {n:02d}" for n in range(25)]


def walked(rows: list[str], limit: int) -> list[str]:
    found, cursor = [], None
    while True:
        page = page_of_rows(rows, str, cursor=cursor, limit=limit)
        found += page.items
        if page.next is None:
            return found
        cursor = page.next


@pytest.mark.parametrize("limit", [1, 5, 24, 25, 26])
def test_pages_together_are_the_list(limit: int) -> None:
    assert walked(ROWS, limit) == ROWS


def test_rows_of_the_same_key_are_each_given_once() -> None:
    rows = ["a", "b", "b", "b", "c"]

    assert walked(rows, 1) == rows


def test_the_next_page_begins_after_the_last_row_though_one_came_before_it() -> None:
    first = page_of_rows(ROWS, str, limit=10)

    after = page_of_rows(["new", *ROWS], str, cursor=first.next, limit=10)

    assert after.items[0] == "row 10"


def test_where_the_last_row_is_gone_its_place_counts() -> None:
    first = page_of_rows(ROWS, str, limit=10)

    after = page_of_rows([row for row in ROWS if row != "row 09"], str, cursor=first.next, limit=3)

    assert after.items == ["row 11", "row 12", "row 13"]


def test_a_place_behind_the_end_gives_an_empty_last_page() -> None:
    first = page_of_rows(ROWS, str, limit=10)

    after = page_of_rows(["other"], str, cursor=first.next, limit=10)

    assert (after.items, after.next, after.count) == ([], None, 1)


@pytest.mark.parametrize("cursor", [encode_cursor(["x", "y"]), encode_cursor([1]), "!", "9" * 700])
def test_a_damaged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        page_of_rows(ROWS, str, cursor=cursor)


def test_long_keys_in_chinese_make_a_cursor_that_is_taken_again() -> None:
    rows = [f"{n}{'村' * 500}" for n in range(3)]

    assert walked(rows, 1) == rows
