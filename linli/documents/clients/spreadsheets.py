"""Writing an xlsx: rows come one by one, so that a large register needs little memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from linli.ui.demo import demo_note

Row = Sequence[Any]


def workbook(title: str, heads: Row, rows: Iterator[Row]) -> bytes:
    """Return an xlsx whose cells are all text or numbers; what begins with = is no formula."""
    out = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        first = 0
        if note := demo_note():
            sheet.write_string(0, 0, note, bold)
            first = 1
        for column, head in enumerate(heads):
            sheet.write_string(first, column, head, bold)
        sheet.freeze_panes(first + 1, 0)
        for number, row in enumerate(rows, start=first + 1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, column, value)
                else:
                    sheet.write_string(number, column, value)
    return out.getvalue()
