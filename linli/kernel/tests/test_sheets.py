"""Days in files of lists are days, so that an office program sorts and narrows by them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from linli.kernel.sheets import as_csv, as_xlsx, day_cell, moment_cell

NIGHT = datetime(2026, 8, 10, 17, 3, 59, tzinfo=UTC)
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"


def cells(row: list[object]) -> list[tuple[str, float]]:
    """Return the kind of each cell of a row below the heads, and its number."""
    with ZipFile(BytesIO(as_xlsx([["a"] * len(row), row]))) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    found = [one for one in sheet.iter(CELL) if one.attrib["r"].endswith("2")]
    return [(one.get("t", "n"), float("".join(one.itertext()) or -1)) for one in found]


def test_a_day_is_a_day_and_a_moment_is_in_the_time_of_the_city() -> None:
    row = [day_cell(date(2026, 8, 10)), moment_cell(NIGHT)]

    # days since 1899-12-30, as workbooks count them
    assert cells([*row, "2026-08-10", 5]) == [
        ("n", 46244), ("n", pytest.approx(46245 + (1 * 60 + 3) / 1440)), ("s", pytest.approx(1)), ("n", 5),
    ]  # fmt: skip
    assert as_csv([row]).decode("utf-8-sig").strip() == "2026-08-10,2026-08-11 01:03"


def test_a_moment_that_brings_its_zone_is_in_the_time_of_the_city_too() -> None:
    [(kind, number)] = cells([NIGHT])

    assert (kind, int(number)) == ("n", 46245)
    assert as_csv([[NIGHT]]).decode("utf-8-sig").strip() == "2026-08-11 01:03"


def test_no_day_is_an_empty_cell_and_one_before_workbooks_is_text() -> None:
    assert as_csv([[day_cell(None), moment_cell(None)]]).decode("utf-8-sig").strip() == ","
    assert [kind for kind, _ in cells([date(1899, 12, 31), None])] == ["s", "s"]
