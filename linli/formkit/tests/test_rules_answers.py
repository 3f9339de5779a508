"""What people type, paste and send by hand: read, or refused beside what was typed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.formkit.rules import pasting
from linli.formkit.rules.cells import tidy
from linli.formkit.rules.pasting import END as END_OF_CELL
from linli.formkit.rules.pasting import cells_of, paste
from linli.formkit.rules.reading import blank_rows, read
from linli.formkit.testing import field, make_spec, options
from linli.formkit.types import Reading

TODAY = date(2026, 11, 24)


def read_one(data: dict[str, Any], *typed: str) -> Reading:
    return read(make_spec({"a": data}), {"a": list(typed)}, {}, today=TODAY)


@pytest.mark.parametrize(
    ("data", "typed", "value"),
    [
        (field("text"), "  榕树巷12号 ", "榕树巷12号"),
        (field("text"), "<b>&</b> 🏮", "<b>&</b> 🏮"),
        (field("text"), "two\nlines", "two lines"),
        (field("long"), "two\r\nlines", "two\nlines"),
        (field("text"), "a\u202eb\u200b", "ab"),
        (field("text"), "a\u2028b", "a b"),
        (field("long"), "a\u2066b\ud800\x00\u2028c", "ab\nc"),
        (field("whole"), "１，２３４", 1234),
        (field("whole"), "-3.0", -3),
        (field("decimal", decimals=2), "12.5", 1250),
        (field("money"), "1.2万", 1_200_000),
        (field("date"), "11.24", "2026-11-24"),
        (field("date"), "二〇二六年十一月二十四日", "2026-11-24"),
        (field("time"), "8点05分", "08:05"),
        (field("time"), "1430", "14:30"),
        (field("yesno"), "是", True),
        (field("choice", options=options("own", "rent")), "rent", "rent"),
        (field("identity"), "11010519491231002x", "11010519491231002X"),
        (field("phone"), "138 0000 1234", "+8613800001234"),
        (field("place", root="441900/"), "441900990001", "441900990001"),
    ],
)
def test_answers_are_taken_as_people_write_them(data: Any, typed: str, value: Any) -> None:
    reading = read_one(data, typed)

    assert reading.faults == {}
    assert reading.values == {"a": value}


@pytest.mark.parametrize(
    ("data", "typed", "code"),
    [
        (field("text", required=True), " ", "required"),
        (field("text"), "长" * 5000, "too_long"),
        (field("long"), "长" * 5001, "too_long"),
        (field("whole"), "three", "not_whole"),
        (field("whole"), "1.5", "not_whole"),
        (field("whole"), "9" * 4000, "not_whole"),
        (field("whole", most=9), "10", "too_large"),
        (field("whole", least=1), "0", "too_small"),
        (field("decimal", decimals=1), "1.25", "too_fine"),
        (field("money"), "1.234", "money_smaller_than_fen"),
        (field("money"), "9" * 14, "too_large"),
        (field("date"), "soon", "date_unclear"),
        (field("date"), "2026-02-30", "date_no_such_day"),
        (field("date", most="today"), "2026-11-25", "late"),
        (field("time"), "25:00", "not_a_time"),
        (field("choice", options=options("own", "rent")), "castle", "not_given"),
        (field("several", options=options("own")), "castle", "not_given"),
        (field("identity"), "110105194912310021", "identity_check"),
        (field("phone"), "1380000123", "phone_length"),
        (field("place", root="441900/"), "../../etc", "not_a_place"),
        (field("point"), "200, 23", "not_a_point"),
        (field("whole"), "٣", "not_whole"),
        (field("decimal", decimals=1), "٣.٥", "not_decimal"),
        (field("time"), "٠٨:٠٥", "not_a_time"),
        (field("time"), "1٤30", "not_a_time"),
        (field("point"), "١١٣, 23", "not_a_point"),
    ],
)
def test_what_is_no_answer_is_told_beside_what_was_typed(data: Any, typed: str, code: str) -> None:
    reading = read_one(data, typed)

    assert [fault.code for fault in reading.faults["a"]] == [code]
    assert reading.answers is None
    assert reading.typed["a"] == [typed]


@given(st.text(), st.sampled_from(["text", "long", "whole", "decimal", "money", "date", "time",
                                   "yesno", "identity", "phone", "place", "point"]))  # fmt: skip
def test_no_text_makes_reading_fail(typed: str, kind: str) -> None:
    one = make_spec({"a": field(kind, root="441900/")}).fields["a"]
    reading = read_one(field(kind, root="441900/"), typed)

    assert reading.typed["a"] == [typed]
    is_blank = not (tidy(typed, one) if kind != "point" else re.sub("[,，]", "", typed)).strip()
    assert (reading.values.get("a") is None and not reading.faults) == is_blank


def test_a_point_is_two_texts_or_one() -> None:
    assert read_one(field("point"), "113.751", "23.04").values == {
        "a": {"lon": 113_751_000, "lat": 23_040_000}
    }
    assert read_one(field("point"), "113.751，23.04").values["a"]["lat"] == 23_040_000


TABLE = field(
    "table", max_rows=3, no_doubles=True,
    columns={"name": field("text", "姓名", required=True), "age": field("whole", "年龄", least=0)},
)  # fmt: skip


def rows(*given: tuple[str, str]) -> dict[str, list[str]]:
    typed = {}
    for number, (name, age) in enumerate(given):
        typed |= {f"t-{number}": ["1"], f"t-{number}-name": [name], f"t-{number}-age": [age]}
    return typed


def test_rows_are_read_blank_ones_left_out_and_numbered_anew() -> None:
    reading = read(
        make_spec({"t": TABLE}), rows(("麦", "40"), ("", ""), ("叶", "")), {}, today=TODAY
    )

    assert reading.answers is not None
    assert reading.answers.whole == {"t": [{"name": "麦", "age": 40}, {"name": "叶"}]}
    assert reading.typed["t-1-name"] == ["叶"]
    assert blank_rows(make_spec({"t": TABLE}), rows(("麦", "40"), ("", ""))) == {"t": 1}


def test_faults_in_rows_are_told_at_their_cell() -> None:
    reading = read(
        make_spec({"t": TABLE}),
        rows(("麦", "x"), ("", "3"), ("叶", "5"), ("叶", "5")),
        {},
        today=TODAY,
    )

    codes = {path: faults[0].code for path, faults in reading.faults.items()}
    assert codes == {
        "t.0.age": "not_whole", "t.1.name": "required", "t.3.name": "double_row",
        "t": "too_many_rows",
    }  # fmt: skip


def test_names_that_the_form_does_not_have_are_passed_over() -> None:
    strange = {
        "t-0-admin": ["1"],
        "x": ["1"],
        "t-x-name": ["1"],
        "__proto__": ["1"],
        "t-99999999-name": ["1"],
    }
    reading = read(make_spec({"t": TABLE}), {**rows(("麦", "")), **strange}, {}, today=TODAY)

    assert set(reading.typed) == {"t-0", "t-0-name", "t-0-age"}


def test_sealed_answers_are_kept_apart_also_inside_rows() -> None:
    spec = make_spec(
        {
            "who": field("identity", sealed=True),
            "t": field("table", columns={"n": field("text"), "tel": field("phone", sealed=True)}),
        }
    )
    typed = {
        "who": ["11010519491231002X"],
        "t-0": ["1"],
        "t-0-n": ["叶"],
        "t-0-tel": ["13800001234"],
    }
    answers = read(spec, typed, {}, today=TODAY).answers

    assert answers is not None
    assert answers.values == {"t": [{"n": "叶"}]}
    assert answers.sealed_values == {"who": "11010519491231002X", "t": [{"tel": "+8613800001234"}]}
    assert answers.whole["t"] == [{"n": "叶", "tel": "+8613800001234"}]


def test_files_are_those_that_were_taken_in_and_no_others() -> None:
    spec = make_spec({"p": field("photos", required=True, max_files=2), "s": field("signature")})

    by_hand = read(spec, {"p": ["SECRETCODE0001"], "s": ["SECRETCODE0001"]}, {}, today=TODAY)
    taken = read(
        spec, {"s-way": ["drawn"]}, {"p": ["AAAA2222BBBB33"], "s": ["CCCC2222DDDD33"]}, today=TODAY
    )

    assert by_hand.faults["p"][0].code == "required"
    assert taken.answers is not None
    assert taken.answers.file_codes == ("AAAA2222BBBB33", "CCCC2222DDDD33")
    assert taken.answers.values["s"] == {"way": "drawn", "file": "CCCC2222DDDD33"}


def test_copied_rows_bind_by_their_heads_in_any_order() -> None:
    table = make_spec({"t": TABLE}).fields["t"]

    pasted = paste(table, "年龄\t备注\t姓 名\n40\tx\t麦润根\n\t\t叶\n")

    assert pasted.rows == ({"age": "40", "name": "麦润根"}, {"name": "叶"})
    assert pasted.unbound == ("备注",)
    assert pasted.had_head


def test_copied_rows_without_heads_go_into_the_columns_from_where_one_stands() -> None:
    table = make_spec({"t": TABLE}).fields["t"]

    assert paste(table, "麦\t40\t!\n").rows == ({"name": "麦", "age": "40"},)
    assert paste(table, "麦\t40\t!\n").unbound == ("3",)
    assert paste(table, "40\n41", start="age").rows == ({"age": "40"}, {"age": "41"})


def test_ten_thousand_copied_rows_meet_a_clear_limit() -> None:
    table = make_spec({"t": TABLE}).fields["t"]

    pasted = paste(table, "\n".join(f"n{n}\t{n}" for n in range(10_000)), there=1)

    assert pasted.rows == ()
    assert pasted.too_many == 10_000 + 1 - 3


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('a\t"two\nlines"\tc', [["a", "two\nlines", "c"]]),
        ('"says ""hi"""\tb', [['says "hi"', "b"]]),
        ('5" pipe\t"\nnext\t2', [['5" pipe', '"'], ["next", "2"]]),
        ("\r\n\r\na\r\n", [["a"]]),
        ("", []),
    ],
)
def test_cells_are_parted_as_spreadsheets_copy_them(text: str, cells: list[list[str]]) -> None:
    assert cells_of(text) == cells


@given(
    st.lists(
        st.lists(st.text(alphabet='"\t\na', max_size=9), min_size=1, max_size=4).filter(
            lambda row: any(cell.strip() for cell in row)
        ),
        max_size=5,
    )
)
def test_cells_in_quotes_come_back_as_they_were_copied(rows: list[list[str]]) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    copied = "\n".join("\t".join(map(quoted, row)) for row in rows)

    assert cells_of(copied) == [[cell.strip() for cell in row] for row in rows]


@pytest.mark.parametrize("text", ["\t" * 1_000_000, "x\t" * 500_000, "a\n" * 500_000])
def test_a_million_signs_are_parted_without_looking_at_any_twice(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = 0

    class Counting:
        def search(self, signs: str, place: int) -> re.Match[str] | None:
            nonlocal looked
            found = END_OF_CELL.search(signs, place)
            looked += (found.end() if found else len(signs)) - place
            return found

    monkeypatch.setattr(pasting, "END", Counting())
    cells_of(text)

    assert 0 < looked <= len(text)


def test_a_name_of_a_column_counts_once_in_either_language() -> None:
    both = field("table", columns={"n": {**field("text"), "x-linli": {
        "kind": "text", "label": {"zh": "姓名", "en": "Name"}}}, "age": field("whole", "年龄")})  # fmt: skip
    table = make_spec({"t": both}).fields["t"]

    assert paste(table, "姓名\tName\t年龄\n甲\t乙\t3").rows == ({"n": "甲", "age": "3"},)
