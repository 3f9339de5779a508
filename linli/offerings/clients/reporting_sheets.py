"""The office's sheet written out again, filled: its headings, its counting formulas, values as plain values.

Nothing that somebody typed becomes a formula; only formulas of the office that do nothing but count do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from linli.kernel.reporting import ReportValue
from linli.offerings.rules.reporting_binding import Bound, Fills, moved
from linli.offerings.rules.reporting_heads import Layout

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
Values = Mapping[int, ReportValue]
NARROW, WIDE, TOTAL = 8, 40, "合计"


def filled_book(layout: Layout, columns: Sequence[Bound], rows: Sequence[Values], *, note: str = "") -> bytes:  # fmt: skip
    """Return the sheet with one row for each of `rows`, whose values stand by column number."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    sheet = book.add_worksheet()
    styles = {
        "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}),
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center"}),
        "cell": book.add_format({"border": 1}),
    }  # fmt: skip
    _write_head(sheet, layout, columns, styles)
    for at, values in enumerate(rows, layout.first):
        for bound in columns:
            _write(sheet, at, bound, values.get(bound.column, ""), layout.first, styles["cell"])
    end = layout.first + len(rows)
    if layout.has_total:
        _write_total(sheet, end, layout.first, columns, rows, styles["head"])
        end += 1
    for line, text in enumerate((*layout.below, *([note] if note else [])), end):
        sheet.write_string(line, 0, text)
    sheet.freeze_panes(layout.first, 0)
    for bound in columns:
        longest = max((len(str(row.get(bound.column, ""))) for row in rows), default=0)
        sheet.set_column(bound.column, bound.column, min(WIDE, max(NARROW, longest * 1.7, len(bound.title))))  # fmt: skip
    book.close()
    return out.getvalue()


def _write_head(sheet: Any, layout: Layout, columns: Sequence[Bound], styles: Mapping[str, Any]) -> None:  # fmt: skip
    top = _top_of_headings(layout)
    covered: set[tuple[int, int]] = set()
    for block in layout.merged:
        if block.top >= layout.first or any((block.top, c) in covered for c in range(block.left, block.right + 1)):  # fmt: skip
            continue
        right = min(block.right, max(len(layout.head[block.top]) - 1, block.left))
        if (block.top, block.left) == (block.bottom, right):
            continue
        style = styles["head"] if block.top >= top else styles["title"]
        sheet.merge_range(block.top, block.left, block.bottom, right, "", style)
        sheet.write_string(block.top, block.left, _text(layout, block.top, block.left), style)
        covered |= {
            (r, c) for r in range(block.top, block.bottom + 1) for c in range(block.left, right + 1)
        }
    for row, texts in enumerate(layout.head):
        for column, text in enumerate(texts):
            if (row, column) not in covered and (text or row >= top):
                sheet.write_string(row, column, text, styles["head"] if row >= top else None)


def _text(layout: Layout, row: int, column: int) -> str:
    texts = layout.head[row]
    return texts[column] if column < len(texts) else ""


def _top_of_headings(layout: Layout) -> int:
    """Return the first row of headings: the one in which the first heading's first word stands."""
    first = layout.headings[0]
    for row, texts in enumerate(layout.head):
        if first.column < len(texts) and texts[first.column].split() == [first.words[0]]:
            return row
    return max(layout.first - 1, 0)


def _write(sheet: Any, row: int, bound: Bound, value: ReportValue, first: int, style: Any) -> None:
    if bound.fills is Fills.FORMULA and bound.formula:
        _write_own(sheet, row, bound, first, style)
    elif isinstance(value, int):
        sheet.write_number(row, bound.column, value, style)
    else:
        sheet.write_string(row, bound.column, value, style)


def _write_own(sheet: Any, row: int, bound: Bound, first: int, style: Any) -> None:
    """Write the office's formula; until a program has worked it out the cell is empty, which is not 0."""
    formula = "=" + moved(bound.formula, first + 1, row + 1)
    sheet.write_formula(row, bound.column, formula, style, "")


def _write_total(
    sheet: Any, row: int, first: int, columns: Sequence[Bound], rows: Sequence[Values], style: Any
) -> None:
    """Write the row of totals: sums of what is a number in every row that says anything."""
    for number, bound in enumerate(columns):
        known = [said for values in rows if (said := values.get(bound.column, "")) != ""]
        if bound.fills is Fills.FORMULA:
            _write_own(sheet, row, bound, first, style)
        elif number and bound.fills is not Fills.NOBODY and known and all(isinstance(said, int) for said in known):  # fmt: skip
            total = sum(said for said in known if isinstance(said, int))
            letter = xlsxwriter.utility.xl_col_to_name(bound.column)
            formula = f"=SUM({letter}{first + 1}:{letter}{row})"
            sheet.write_formula(row, bound.column, formula, style, total)
        else:
            sheet.write_string(row, bound.column, "" if number else TOTAL, style)
