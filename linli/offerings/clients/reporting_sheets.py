"""The office's sheet written out again, filled: its headings, its counting formulas, values as plain values.

Nothing that somebody typed becomes a formula; only formulas of the office that do nothing but count do.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from linli.kernel.reporting import ReportValue
from linli.offerings.rules.reporting_binding import Bound, Fills, moved
from linli.offerings.rules.reporting_cells import number_of
from linli.offerings.rules.reporting_grids import Layout
from linli.offerings.types.reporting_cells import Kind

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
Values = Mapping[int, ReportValue]
NARROW, WIDE, TOTAL = 8, 40, "合计"


def filled_book(
    layout: Layout, columns: Sequence[Bound], rows: Sequence[Values], *, note: str = "",
    notes: Sequence[str] = (), marked: Container[tuple[int, int]] = (),
) -> bytes:  # fmt: skip
    """Return the sheet with one row for each of `rows`, whose values stand by column number.

    `marked` cells, by number of the row and of the column, stand out; `notes` below say why.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    sheet = book.add_worksheet()
    pen = _Pen(sheet, _styles(book), layout.first, {one.column: one.rule.kind for one in layout.headings})  # fmt: skip
    _write_head(sheet, layout, columns, pen.styles)
    for number, values in enumerate(rows):
        for bound in columns:
            value, is_marked = values.get(bound.column, ""), (number, bound.column) in marked
            _write(pen, layout.first + number, bound, value, is_marked=is_marked)
    end = layout.first + len(rows)
    if layout.has_total:
        _write_total(pen, end, columns, rows)
        end += 1
    for line, text in enumerate((*layout.below, *notes, *([note] if note else [])), end):
        sheet.write_string(line, 0, text)
    sheet.freeze_panes(layout.first, 0)
    for bound in columns:
        longest = max((len(str(row.get(bound.column, ""))) for row in rows), default=0)
        sheet.set_column(bound.column, bound.column, min(WIDE, max(NARROW, longest * 1.7, len(bound.title))))  # fmt: skip
    book.close()
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Pen:
    """What cells are written with: `first` is the first row to be filled, `kinds` what columns take."""

    sheet: Any
    styles: Mapping[str, Any]
    first: int
    kinds: Mapping[int, Kind]

    def counted(self, bound: Bound, value: ReportValue) -> int | float | None:
        """Return a value as a spreadsheet counts with it, or None for words."""
        if isinstance(value, int):
            return value
        return number_of(self.kinds.get(bound.column, Kind.ANY), value)


def _styles(book: Any) -> dict[str, Any]:
    head = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    return {
        "head": book.add_format(head),
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center"}),
        "cell": book.add_format({"border": 1}),
        "whole_percent": book.add_format({"border": 1, "num_format": "0%"}),
        "percent": book.add_format({"border": 1, "num_format": "0.0#######%"}),
        "marked": book.add_format({"border": 1, "italic": True, "bg_color": "#FFF2CC"}),
    }


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


def _write(pen: _Pen, row: int, bound: Bound, value: ReportValue, *, is_marked: bool) -> None:
    if bound.fills is Fills.FORMULA and bound.formula:
        _write_own(pen, row, bound, pen.styles["cell"])
    elif is_marked:
        pen.sheet.write_string(row, bound.column, str(value), pen.styles["marked"])
    elif (number := pen.counted(bound, value)) is not None:
        style = "cell"
        if pen.kinds.get(bound.column) is Kind.PERCENT and isinstance(number, float):
            style = "whole_percent" if "." not in str(value) else "percent"
        pen.sheet.write_number(row, bound.column, number, pen.styles[style])
    else:
        pen.sheet.write_string(row, bound.column, value, pen.styles["cell"])


def _write_own(pen: _Pen, row: int, bound: Bound, style: Any) -> None:
    """Write the office's formula; until a program has worked it out the cell is empty, which is not 0."""
    formula = "=" + moved(bound.formula, pen.first + 1, row + 1)
    pen.sheet.write_formula(row, bound.column, formula, style, "")


def _write_total(pen: _Pen, row: int, columns: Sequence[Bound], rows: Sequence[Values]) -> None:
    """Write the row of totals: sums of what is a number in every row that says anything; no sum of shares."""
    style = pen.styles["head"]
    for number, bound in enumerate(columns):
        said = [one for values in rows if (one := values.get(bound.column, "")) != ""]
        known = [counted for one in said if (counted := pen.counted(bound, one)) is not None]
        is_summed = known and len(known) == len(said) and pen.kinds.get(bound.column) is not Kind.PERCENT  # fmt: skip
        if bound.fills is Fills.FORMULA:
            _write_own(pen, row, bound, style)
        elif number and bound.fills is not Fills.NOBODY and is_summed:
            letter = xlsxwriter.utility.xl_col_to_name(bound.column)
            formula = f"=SUM({letter}{pen.first + 1}:{letter}{row})"
            pen.sheet.write_formula(row, bound.column, formula, style, sum(known))
        else:
            pen.sheet.write_string(row, bound.column, "" if number else TOTAL, style)
