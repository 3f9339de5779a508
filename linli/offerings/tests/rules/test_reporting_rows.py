"""Rows of a list with what a village said of them, beside the register."""

from __future__ import annotations

from linli.offerings.rules.reporting_rows import (
    changed_cells,
    counted,
    handed_in,
    rows_with_words,
    with_words_in,
)
from linli.offerings.types.reporting import RowWord

REGISTER = [
    {"row.ref": "7", "row.number": "1", "person.name": "陈一", "person.phone": "138****1234"},
    {"row.ref": "8", "row.number": "2", "person.name": "陈二", "person.phone": ""},
    {"row.ref": "9", "row.number": "3", "person.name": "陈三", "person.phone": ""},
]
CHANGED = RowWord("a", "7", "changed", {"person.phone": "139****9999"}, REGISTER[0], "换了号码")
STRUCK = RowWord("b", "8", "struck", {}, REGISTER[1], "已经搬走")
ADDED = RowWord("c", "", "added", {"person.name": "陈四"}, {}, "昨天搬来")


def test_one_is_corrected_one_struck_out_one_added_and_the_register_stays_beside() -> None:
    rows = rows_with_words(REGISTER, [CHANGED, STRUCK, ADDED])

    assert [(row.act, row.is_handed_in) for row in rows] == [
        ("changed", True), ("struck", False), ("", True), ("added", True),
    ]  # fmt: skip
    assert (rows[0].cells["person.phone"], rows[0].was["person.phone"]) == (
        "139****9999",
        "138****1234",
    )
    assert rows[0].differing == ("person.phone",)
    assert [(row["row.number"], row["person.name"]) for row in handed_in(rows)] == [
        ("1", "陈一"), ("2", "陈三"), ("3", "陈四"),
    ]  # fmt: skip
    assert counted(rows) == {"changed": 1, "added": 1, "struck": 1}


def test_a_register_that_was_corrected_meanwhile_needs_no_word_any_more() -> None:
    now = [{**REGISTER[0], "person.phone": "139****9999"}, REGISTER[2]]

    rows = rows_with_words(now, [CHANGED, STRUCK])

    assert [row.act for row in rows] == ["", ""]
    assert len(handed_in(rows)) == 2


def test_what_was_said_of_a_row_that_the_register_lost_is_shown_and_not_handed_in() -> None:
    rows = rows_with_words(REGISTER[1:], [CHANGED])

    assert [row.is_gone for row in rows] == [False, False, True]
    assert [row["person.name"] for row in handed_in(rows)] == ["陈二", "陈三"]
    assert counted(rows)["changed"] == 0


def test_rows_are_found_by_any_cell_and_only_what_differs_counts_as_said() -> None:
    rows = rows_with_words(REGISTER, [])

    assert [row.ref for row in with_words_in(rows, "1234")] == ["7"]
    assert changed_cells({"person.name": "陈一", "person.phone": ""}, REGISTER[0]) == {
        "person.phone": ""
    }
