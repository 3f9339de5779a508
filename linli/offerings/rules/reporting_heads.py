"""Where the headings of an office's sheet stand, what is to be filled below them, and what is the office's own.

Sheets of offices bear a title above, headings over several rows with merged cells, a row that numbers the
columns, a row of totals and remarks below. Rows and columns count from 0.
"""

from __future__ import annotations

import re

from linli.offerings.rules.reporting_asks import rule_of
from linli.offerings.rules.reporting_grids import (
    LOOKED_AT,
    MOST_COLUMNS,
    MOST_HEADING_ROWS,
    MOST_ROWS,
    Grid,
    Heading,
    Layout,
)


class NoHeadings(ValueError):
    """`reason` is no_headings, too_many_columns or too_many_rows; `number` is how many there are."""

    def __init__(self, reason: str, number: int = 0) -> None:
        self.reason, self.number = reason, number
        super().__init__(reason)


NOT_A_HEAD = re.compile(
    r"(填报单位|填表单位|单位名称|填报日期|填表日期|制表|日期|单位)\s*[:：]|年\s*月\s*日"
)
FOOT = re.compile(r"^\s*(注\s*\d*\s*[:：、]|备注\s*[:：]|说明\s*[:：]|填表说明|填表人|填报人|审核人|负责人\s*[:：]|联系人\s*[:：]|制表|单位负责人)")  # fmt: skip
TOTAL = re.compile(r"^\s*(全镇|全街道|全市|镇)?\s*(合\s*计|总\s*计|小\s*计)")
NUMBER = re.compile(r"^[0-9]+(\.[0-9]+)?$")
COUNTERS = re.compile(r"^[（(]?([0-9]{1,3}|[A-Z]{1,2}|[甲乙丙丁戊己庚辛])[)）]?$")


def layout_of(grid: Grid) -> Layout:
    """Return where headings and rows stand. Raises NoHeadings."""
    if grid.width > MOST_COLUMNS:
        raise NoHeadings("too_many_columns", grid.width)
    top = _first_heading_row(grid)
    bottom = _last_heading_row(grid, top)
    first = bottom + 1
    if _counts_columns(grid, first):
        first += 1
    end, has_total = _end_of_rows(grid, first)
    if end - first > MOST_ROWS:
        raise NoHeadings("too_many_rows", end - first)
    headings = tuple(
        heading for column in range(grid.width)
        if (heading := _heading(grid, column, (top, bottom), first)) is not None
    )  # fmt: skip
    if not headings:
        raise NoHeadings("no_headings")
    end_of_head = [block for block in grid.merged if block.bottom < first]
    return Layout(
        head=tuple(_whole_row(grid, row) for row in range(first)), merged=tuple(end_of_head),
        headings=headings, listed=tuple(_row_name(grid, row) for row in range(first, end)),
        has_total=has_total,
        below=tuple(" ".join(_texts(grid, row)) for row in range(end + has_total, grid.height) if _texts(grid, row)),
    )  # fmt: skip


def _whole_row(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(grid.cells.get((row, column), "") for column in range(grid.width))


def _texts(grid: Grid, row: int) -> tuple[str, ...]:
    """Return the texts of a row, each of a merged cell once."""
    found = [grid.cells.get((row, column), "").strip() for column in range(grid.width)]
    return tuple(text for text in found if text)


def _first_heading_row(grid: Grid) -> int:
    """Return the first row with several short texts that are no numbers and no line to be signed."""
    for row in range(min(grid.height, LOOKED_AT)):
        texts = _texts(grid, row)
        if len(texts) == 1 and grid.width == 1:
            return row
        if len(texts) < 2 or any(NOT_A_HEAD.search(text) for text in texts):
            continue
        if not all(NUMBER.match(text) for text in texts):
            return row
    raise NoHeadings("no_headings")


def _last_heading_row(grid: Grid, top: int) -> int:
    """Follow merged cells down; a heading over several columns has its own headings below it."""
    bottom, row = top, top
    while row <= bottom and row < top + MOST_HEADING_ROWS:
        for block in grid.merged:
            if block.top == row:
                wide = block.right > block.left
                bottom = max(bottom, block.bottom + (1 if wide else 0))
        row += 1
    return min(bottom, top + MOST_HEADING_ROWS - 1, max(top, grid.height - 1))


def _counts_columns(grid: Grid, row: int) -> bool:
    """Say whether a row only numbers the columns: 甲 乙 1 2 3."""
    texts = _texts(grid, row)
    if len(texts) < 2 or not all(COUNTERS.match(text) for text in texts):
        return False
    bare = [text.strip("()（）") for text in texts]
    numbers = [int(text) for text in bare if NUMBER.match(text)]
    return len(numbers) < 2 or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _end_of_rows(grid: Grid, first: int) -> tuple[int, bool]:
    """Return the row after the last one to be filled, and whether it is a row of totals."""
    for row in range(first, grid.height):
        texts = _texts(grid, row)
        if texts and TOTAL.match(texts[0]):
            return row, True
        if texts and FOOT.match(texts[0]):
            return row, False
    return max(grid.height, first), False


def _heading(grid: Grid, column: int, rows: tuple[int, int], first: int) -> Heading | None:
    words: list[str] = []
    for row in range(rows[0], rows[1] + 1):
        text = _tidy(grid.text(row, column))
        if text and text not in words[-1:]:
            words.append(text)
    if not words:
        return None
    formula = grid.formulas.get((first, column), "")
    rule = rule_of(words, grid.code(first, column), grid.check(first, column))
    return Heading(column, tuple(words), formula, column in grid.hidden, rule)


def _tidy(text: str) -> str:
    return re.sub(r"\s+", "", text) if any(ord(sign) > 0x2E80 for sign in text) else " ".join(text.split())  # fmt: skip


def _row_name(grid: Grid, row: int) -> str:
    """Return what names a row that the office listed: its first text that is no number."""
    for text in _texts(grid, row):
        if not NUMBER.match(text):
            return _tidy(text)
    return ""
