"""The list of rights as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from linli.access.queries.lists import ListRow
from linli.access.templates_of_rights import LEVEL_WORDS
from linli.ui.demo import demo_note

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (18, 28, 24, 18, 28, 22, 12, 22)


def rights_file(
    rows: Sequence[ListRow], forgotten: Sequence[str], names: dict[str, str], path: str
) -> HttpResponse:
    """Return the list of rights of a place as a download, with the accounts that have none."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("Rights"))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    line = _marked(sheet, bold)
    for column, (title, width) in enumerate(zip(_titles(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(line, column, title, bold)
    for number, row in enumerate(rows, line + 1):
        for column, text in enumerate(_cells(row, names)):
            sheet.write_string(number, column, text, wrap)
    sheet.freeze_panes(line + 1, 0)
    if forgotten:
        _add_forgotten(book, forgotten)
    book.close()
    response = HttpResponse(target.getvalue(), content_type=TYPE)
    code = path.rstrip("/").rsplit("/", 1)[-1]
    response["Content-Disposition"] = f'attachment; filename="rights-{code}.xlsx"'
    return response


def _add_forgotten(book: xlsxwriter.Workbook, names: Sequence[str]) -> None:
    """Add a sheet with the open accounts that hold no post and no right."""
    sheet = book.add_worksheet(_("Accounts without rights"))
    sheet.set_column(0, 0, WIDTHS[0])
    line = _marked(sheet, book.add_format({"bold": True}))
    for number, name in enumerate(names, line):
        sheet.write_string(number, 0, name)


def _marked(sheet: Worksheet, bold: Format) -> int:
    """Write the mark of demo data if this is a demo; return the line of the heads."""
    if not (note := demo_note()):
        return 0
    sheet.write_string(0, 0, note, bold)
    return 1


def _titles() -> list[str]:
    return [
        _("Place"),
        _("Unit"),
        _("Post"),
        _("In the post"),
        _("Rights"),
        _("Up to level"),
        _("Valid until"),
        _("Stand-in"),
    ]


def _cells(row: ListRow, names: dict[str, str]) -> list[str]:
    return [
        names.get(row.path, row.path),
        row.organisation,
        row.post,
        row.holders,
        row.right,
        str(LEVEL_WORDS[row.ceiling]),
        row.until,
        row.deputy,
    ]


def links_file(rows: Sequence[Sequence[str]]) -> bytes:
    """Return the workbook that hands out first links: one line, one person."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet(_("First links"))
    bold = book.add_format({"bold": True})
    heads = [
        _("Place"),
        _("Unit"),
        _("Name of the person"),
        _("Sign-in name"),
        _("Link, works once"),
    ]
    line = _marked(sheet, bold)
    for column, (title, width) in enumerate(zip(heads, (30, 28, 14, 18, 80), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(line, column, title, bold)
    for number, row in enumerate(rows, line + 1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    book.close()
    return target.getvalue()
