"""The list of parameters as a file that opens in Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from linli.rulebook.queries import Row
from linli.rulebook.views.wording import name, say
from linli.ui.demo import demo_note

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (26, 40, 40, 16, 60, 12, 14, 14, 14, 14)
BOM = "\ufeff"  # without it Excel reads Chinese as noise
# a cell that begins so is a formula to a spreadsheet
RISKY = ("=", "+", "-", "@", "\t", "\r")


def heads() -> list[str]:
    """Return the titles of the columns."""
    return [
        _("Key of the parameter"), _("Parameter"), _("Value"), _("Unit"), _("Source"), _("Certainty"),
        _("Set by"), _("In force since"), _("In force to"), _("Checked on"),
    ]  # fmt: skip


def cells(row: Row) -> list[str]:
    """Return one row in the order of the columns."""
    parameter, value = row.parameter, row.value
    unit = name("units", parameter.unit)
    if value is None:
        return [row.key, say(parameter.title), "", unit, "", "", "", "", "", ""]
    return [
        row.key, say(parameter.title), say(row.words), unit, say(value.source),
        certainty_word(value.certainty), name("levels", value.level),
        value.valid_from.isoformat(), value.valid_to.isoformat() if value.valid_to else "",
        value.checked_on.isoformat(),
    ]  # fmt: skip


def certainty_word(certainty: str) -> str:
    """Return the mark in words."""
    return _("confirmed") if certainty == "sure" else _("to be confirmed")


def as_csv(rows: Iterable[Row], on: date) -> HttpResponse:
    """Answer the rows as CSV in UTF-8."""
    text = io.StringIO()
    out = csv.writer(text)
    if note := demo_note():
        out.writerow([note])
    out.writerow(heads())
    out.writerows([_safe(cell) for cell in cells(row)] for row in rows)
    return _file(BOM.encode() + text.getvalue().encode(), "text/csv; charset=utf-8", on, "csv")


def as_xlsx(rows: Sequence[Row], on: date) -> HttpResponse:
    """Answer the rows as an Excel sheet; all cells are text."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Rulebook"))
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        line = 0
        if note := demo_note():
            sheet.write_string(0, 0, note, bold)
            line = 1
        for column, (title, width) in enumerate(zip(heads(), WIDTHS, strict=True)):
            sheet.set_column(column, column, width, wrap)
            sheet.write_string(line, column, title, bold)
        for number, row in enumerate(rows, line + 1):
            for column, cell in enumerate(cells(row)):
                sheet.write_string(number, column, cell)
        sheet.freeze_panes(line + 1, 2)
        sheet.autofilter(line, 0, line + len(rows), len(WIDTHS) - 1)
    return _file(memory.getvalue(), XLSX, on, "xlsx")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _file(content: bytes, kind: str, on: date, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="rulebook-{on.isoformat()}.{ending}"'
    return response
