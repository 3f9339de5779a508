"""Rows of lists: read by their headings, judged by rules, every reason told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from linli.people.rules import columns, words
from linli.people.rules.rows import RowReader, Villages
from linli.people.types import Fault, titles
from linli.people.types.titles import FAULT, FIELD

TODAY = date(2026, 11, 24)
VILLAGES = Villages(
    {"示范一村": ("441900990201",), "上村": ("441900003001", "441900004001")}, frozenset({"石龙"})
)
FIELDS = ("name", "document_number", "place", "sex", "born_on", "phone", "since", "standing")
GOOD = {"name": "陈晓明", "document_number": "44190019900101001X", "place": "示范一村"}


def read(**cells: str) -> tuple[Any, list[Fault]]:
    given = {**GOOD, **cells}
    names = [*FIELDS, *(name for name in given if name not in FIELDS)]
    reader = RowReader({name: i for i, name in enumerate(names)}, villages=VILLAGES, today=TODAY)
    return reader.read(1, [given.get(name, "") for name in names])


def test_a_good_row_says_all_that_follows_from_it() -> None:
    row, faults = read(phone="138 1234 5678", since="2020年3月1日", standing="非户籍")

    assert faults == []
    assert (row.name, row.kind, row.village) == ("陈晓明", "resident_id", "441900990201")
    assert (row.sex, row.born_on) == ("male", date(1990, 1, 1))
    assert (row.phone, row.since) == ("13812345678", date(2020, 3, 1))
    assert (row.standing, row.basis) == ("non_local_resident", "declared")


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"name": ""}, "name", "name_missing"),
        ({"name": "陈<b>"}, "name", "name_signs"),
        ({"document_number": ""}, "document_number", "number_missing"),
        ({"document_number": "441900199001010011"}, "document_number", "id_check"),
        ({"document_number": "4.41900199001010E+17"}, "document_number", "excel_float"),
        ({"document_kind": "会员卡"}, "document_kind", "kind_unknown"),
        ({"place": ""}, "place", "place_missing"),
        ({"place": "无名村"}, "place", "place_unknown"),
        ({"place": "上村"}, "place", "place_ambiguous"),
        ({"place": "石龙"}, "place", "place_outside"),
        ({"sex": "女"}, "sex", "sex_conflict"),
        ({"sex": "男女"}, "sex", "sex_unknown"),
        ({"born_on": "1991-01-01"}, "born_on", "born_conflict"),
        ({"born_on": "1990-02-30"}, "born_on", "day_no_such_day"),
        ({"phone": "138"}, "phone", "phone_shape"),
        ({"since": "2027-01-01"}, "since", "day_future"),
        ({"since": "1980-01-01"}, "since", "before_birth"),
        ({"since": "2020-01-01", "until": "2019-01-01"}, "until", "ends_before_it_begins"),
        ({"standing": "也许"}, "standing", "word_unknown"),
        ({"standing": "户籍", "basis": "居住证"}, "basis", "registered_with_permit"),
        ({"document_number": "E12345678"}, "born_on", "born_missing"),
        ({"address": "x" * 201}, "address", "text_too_long"),
        ({"address": "江南\u0007路"}, "address", "text_signs"),
    ],
)
def test_each_fault_is_told_with_its_field(cells: dict[str, str], field: str, code: str) -> None:
    _row, faults = read(**cells)

    assert (field, code) in {(fault.field, fault.code) for fault in faults}


def test_all_faults_of_a_row_are_told_at_once() -> None:
    _row, faults = read(name="", document_number="1", phone="x", place="无名村")

    assert {fault.field for fault in faults} == {"name", "document_number", "phone", "place"}


@pytest.mark.parametrize("nothing", ["", "-", "无", "/", "N/A", " "])
def test_words_for_nothing_are_nothing(nothing: str) -> None:
    row, faults = read(phone=nothing, since=nothing)

    assert (row.phone, row.since, faults) == ("", None, [])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-03-01 00:00:00", date(2020, 3, 1)),
        ("43891", date(2020, 3, 1)),
        ("20200301", date(2020, 3, 1)),
        ("2020/3/1", date(2020, 3, 1)),
    ],
)
def test_days_as_spreadsheets_write_them(written: str, day: date) -> None:
    assert read(since=written)[0].since == day


def test_a_cell_too_many_is_told_since_everything_after_it_has_moved() -> None:
    reader = RowReader({"name": 0, "document_number": 1}, villages=VILLAGES, today=TODAY, width=2)

    _row, faults = reader.read(1, ["陈晓明", "44190019900101001X", "moved"])

    assert "too_many_cells" in {fault.code for fault in faults}


def test_what_holds_for_all_rows_fills_empty_cells() -> None:
    reader = RowReader(
        {"name": 0, "document_number": 1},
        villages=VILLAGES,
        today=TODAY,
        defaults={"place": "示范一村", "household_kind": "集体户", "employer": "宏达电子"},
    )

    row, faults = reader.read(1, ["陈晓明", "44190019900101001X"])

    assert faults == []
    assert (row.household_kind, row.dwelling_kind, row.basis) == (
        "collective",
        "dormitory",
        "employer",
    )


def test_headings_of_usual_lists_are_understood() -> None:
    found = columns.suggest(
        ["序号", "姓名*", "身份证号码（必填）", "联系电话", "村(社区)", "与户主关系"],
        [],
        today=TODAY,
    )

    assert found == {"name": 1, "document_number": 2, "phone": 3, "place": 4, "relation": 5}


def test_columns_without_headings_are_known_by_what_stands_in_them() -> None:
    sample = [["张三", "441900198506150021", "13812345678", "女"]] * 5

    found = columns.suggest(["a", "b", "c", "d"], sample, today=TODAY)

    assert found == {"document_number": 1, "phone": 2, "sex": 3}


def test_a_column_is_remembered_for_the_next_list() -> None:
    kept = columns.remembering(["工号", "员工", "证号"], {"name": 1, "document_number": 2})

    found = columns.suggest(["证号", "员工", "工号"], [], today=TODAY, remembered=kept)

    assert found == {"name": 1, "document_number": 0}


def test_every_field_and_every_fault_has_words() -> None:
    assert set(columns.FIELDS) <= set(FIELD)
    with override("en"):
        assert all(str(text).endswith((".", "?")) for text in FAULT.values())


def test_an_import_understands_the_headings_and_words_of_an_export() -> None:
    with override("zh-hans"):
        headings = [str(FIELD[name]) for name in columns.FIELDS]
        found = columns.suggest(headings, [], today=TODAY)
        standings, bases = map(str, titles.STANDING.values()), map(str, titles.BASIS.values())

        assert {columns.FIELDS[at]: field for field, at in found.items()} == {
            field: field for field in columns.FIELDS
        }
        assert all(word in words.STANDING for word in standings)
        assert all(word in words.BASIS for word in bases)
