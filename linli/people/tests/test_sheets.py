"""Files as offices send them: any encoding, any separator, spreadsheets, parquet; damage is told."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from linli.people.clients.sheets import cell_text, closed_quotes, open_sheet
from linli.people.errors import FileUnreadable

TEXT = "示范村居民名单,,\n姓名,身份证号,电话\n陈晓明,44190019900101001X,13812345678\n\n李四,441900198506150021,\n"
ROWS = [["陈晓明", "44190019900101001X", "13812345678"], ["李四", "441900198506150021", ""]]


def cells_of(path: Path) -> list[list[str]]:
    with open_sheet(path) as sheet:
        assert sheet.headings == ["姓名", "身份证号", "电话"]
        return [cells for _line, cells in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_text_of_any_habit(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(TEXT.replace(",", separator), encoding=encoding)

    assert cells_of(path) == ROWS


NOTES = ("演示数据，与真实单位无关", '"Demo data, about no real body or person"')


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("lines", [1, 30])
def test_a_note_above_the_headings_does_not_decide_the_separator(
    tmp_path: Path, note: str, lines: int
) -> None:
    path = tmp_path / "list.csv"
    rows = ["陈晓明,44190019900101001X,13812345678"] * lines
    path.write_text("\n".join([note, "姓名,身份证号,电话", *rows]), encoding="utf-8-sig")

    assert cells_of(path) == [ROWS[0]] * lines


def test_rare_signs_survive_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,电话\n𠮷田㛃,1\n", encoding="gb18030")

    with open_sheet(path) as sheet:
        assert [cells for _line, cells in sheet.rows] == [["𠮷田㛃", "1"]]


def test_a_spreadsheet_gives_text_and_keeps_the_mark_of_lost_digits(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "身份证号", "电话"])
        sheet.write_row(1, 0, ["陈晓明", 441900199001010010, 13812345678])

    assert cells_of(path) == [["陈晓明", "441900199001009984.0", "13812345678"]]


def test_parquet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.parquet"
    duckdb.sql(
        f"COPY (SELECT '陈晓明' AS 姓名, '44190019900101001X' AS 身份证号, 13812345678 AS 电话) TO '{path}'"
    )

    assert cells_of(path) == [["陈晓明", "44190019900101001X", "13812345678"]]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text"),
        (b"PK\x03\x04 not a zip", "broken"),
        ("姓名\n陈晓明\n".encode(), "one_column"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(FileUnreadable) as told, open_sheet(path):
        pass

    assert told.value.fault == fault
    assert "%" not in str(told.value)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (100 << 20))

    with pytest.raises(FileUnreadable) as told, open_sheet(path):
        pass

    assert told.value.fault == "too_large"


def test_a_quote_that_nobody_closes_swallows_no_rows() -> None:
    lines = ['a,"b\n', "c,d\n", "e,f\n", "g,h\n", "i,j\n", "k,l\n", "m,n\n"]

    assert list(closed_quotes(lines)) == ["a,b\n", *lines[1:]]


def test_a_cell_of_two_lines_stays_one() -> None:
    lines = ['a,"b\n', 'c",d\n', "e,f\n"]

    assert list(closed_quotes(lines)) == lines


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.0, "1"),
        (1.5, "1.5"),
        (None, ""),
        (True, "是"),
        (date(2020, 3, 1), "2020-03-01"),
        (7, "7"),
    ],
)
def test_cells_as_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    "text", ["姓名,身份证号,电话\n", "示范村居民名单,,\n姓名,身份证号,电话\n\n,,\n"]
)
def test_a_list_of_headings_alone_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "headonly.csv"
    path.write_text(text)

    with pytest.raises(FileUnreadable) as refused, open_sheet(path):
        pass

    assert refused.value.fault == "no_rows"


def test_a_spreadsheet_of_headings_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "headonly.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_row(0, 0, ["姓名", "身份证号", "电话"])

    with pytest.raises(FileUnreadable) as refused, open_sheet(path):
        pass

    assert refused.value.fault == "no_rows"


def test_the_tenth_line_may_hold_the_headings_of_a_list(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("说明,,\n" * 9 + "姓名,身份证号,电话\n" + ",".join(ROWS[0]) + "\n")

    assert cells_of(path) == [ROWS[0]]
