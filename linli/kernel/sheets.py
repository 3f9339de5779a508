"""Lists as files that office programs open: CSV and xlsx, without formulas that nobody wrote."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse
from django.utils.timezone import localtime

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[Any]
# workbooks know no day before
FIRST_YEAR = 1900
DAYS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm"}


def plain(cell: Any) -> str:
    """Return a cell of a CSV file; what begins like a formula is kept from becoming one.

    A number is no formula, also below zero; days and moments are written as spreadsheets sort them.
    """
    if isinstance(cell, (int, float)):
        return str(cell)
    if isinstance(cell, datetime):
        return f"{_in_the_city(cell):%Y-%m-%d %H:%M}"
    text = "" if cell is None else str(cell)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def day_cell(day: date | None) -> date | None:
    """Return a day as lists hold it: a day in a workbook, 2026-11-29 in CSV."""
    return day


def moment_cell(at: datetime | None) -> datetime | None:
    """Return a moment as lists hold it: in the city's time, to the minute, without its zone."""
    return _in_the_city(at).replace(second=0, microsecond=0) if at else None


def _in_the_city(at: datetime) -> datetime:
    """Return a moment in the city's time without its zone, which workbooks do not know."""
    return localtime(at).replace(tzinfo=None) if at.tzinfo else at


def as_csv(rows: Iterable[Row]) -> bytes:
    """Return UTF-8 with the mark by which office programs recognise it."""
    text = StringIO()
    csv.writer(text).writerows([plain(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(rows: Iterable[Row], *, note: str = "") -> bytes:
    """Return a workbook of one sheet: heads frozen, numbers and days as such, everything else as text.

    `note` stands in a line of its own above the heads, such as the mark of demo data.
    """
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    styles = {kind: book.add_format({"num_format": form}) for kind, form in DAYS.items()}
    first = 0
    if note:
        sheet.write_string(0, 0, note)
        first = 1
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            style = bold if number == 0 else styles.get(type(cell))
            _write(sheet, (first + number, column), cell, style)
    sheet.freeze_panes(first + 1, 0)
    sheet.autofit()
    book.close()
    return out.getvalue()


def _write(sheet: Any, at: tuple[int, int], cell: Any, style: Any) -> None:
    """Write a cell by what it is; a day that workbooks do not know is text."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        sheet.write_number(*at, cell, style)
    elif isinstance(cell, date) and cell.year >= FIRST_YEAR:
        day = _in_the_city(cell) if isinstance(cell, datetime) else cell
        sheet.write_datetime(*at, day, style)
    else:
        sheet.write_string(*at, "" if cell is None else str(cell), style)


def download(rows: Iterable[Row], *, name: str, form: str, note: str = "") -> HttpResponse:
    """Answer with a list as a file; `form` is csv or xlsx, rows begin with the heads."""
    if form == "xlsx":
        response = HttpResponse(as_xlsx(rows, note=note), content_type=XLSX)
    else:
        whole = [[note], *rows] if note else rows
        response = HttpResponse(as_csv(whole), content_type="text/csv; charset=utf-8")
    file = quote(f"{name}.{form}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
    return response
