"""A spreadsheet that an office sends, read without running anything of it.

Refused are files that are no workbook, unpack to far more than they are, carry programs or belong to
other files. Values come from the stored results of formulas; the formulas themselves are kept apart.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from linli.kernel.errors import Invalid
from linli.kernel.tables import NotATable, cell_text, refuse_bomb
from linli.offerings.clients.reporting_checks import block_of, choices_in, format_codes
from linli.offerings.clients.reporting_parts import SheetParts, parts_of, place_of
from linli.offerings.errors import sheet_words
from linli.offerings.rules.reporting_grids import LOOKED_AT, MOST_HEADING_ROWS, Block, Grid
from linli.offerings.types.reporting_cells import MOST_CHOICES, Check

MOST_BYTES, MOST_SHEETS, MOST_MEMBERS = 8 << 20, 100, 1000
PROGRAMS = ("vbaproject", "macrosheets/", "activex", "customui")
HARMLESS = ("printersettings", "thumbnail")
# what is read lies in memory as one rectangle: a single cell far away would make it huge
MOST_AREA = 2_000_000


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that may be read: the names of its sheets that can be seen, and of those that are hidden."""

    content: bytes
    sheets: tuple[str, ...]
    hidden_sheets: tuple[str, ...]


def open_book(content: bytes) -> Book:
    """Look into a workbook before anything of it is read. Refuses with Invalid."""
    if not content:
        raise refused("empty")
    if len(content) > MOST_BYTES:
        raise refused("too_big", MOST_BYTES >> 20)
    if not content.startswith(b"PK\x03\x04"):
        raise refused("not_xlsx")
    try:
        refuse_bomb(content)
        names = _names(content)
    except (NotATable, zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise refused("broken") from None
    if "xl/workbook.xml" not in names:
        raise refused("not_xlsx")
    if _has_programs(content, names):
        raise refused("macros")
    return _sheets(content)


def refused(reason: str, number: int = 0) -> Invalid:
    """Return the refusal of a file in words."""
    return Invalid({"file": [sheet_words(reason, number)]})


def _names(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        names = packed.namelist()
    if len(names) > MOST_MEMBERS:
        raise ValueError(len(names))
    return names


def _has_programs(content: bytes, names: list[str]) -> bool:
    lower = [name.lower() for name in names]
    for name in lower:
        if any(mark in name for mark in PROGRAMS) or name.endswith((".exe", ".js", ".vbs", ".dll")):
            return True
        if name.endswith(".bin") and not any(mark in name for mark in HARMLESS):
            return True
    with zipfile.ZipFile(BytesIO(content)) as packed:
        types = packed.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    return b"macroenabled" in types.lower()


def _sheets(content: bytes) -> Book:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            told = [
                (one.name, str(one.visible).endswith("Visible"))
                for one in book.sheets_metadata
                if str(one.typ).endswith("WorkSheet")
            ]
    except (CalamineError, OSError, ValueError):
        raise refused("broken") from None
    if len(told) > MOST_SHEETS:
        raise refused("many_sheets", MOST_SHEETS)
    if not told:
        raise refused("empty")
    seen = tuple(name for name, is_seen in told if is_seen)
    return Book(content, seen, tuple(name for name, is_seen in told if not is_seen))


def read_grid(book: Book, sheet: str) -> Grid:
    """Return a sheet as it was sent. Refuses with Invalid for one that cannot be read."""
    if sheet not in (*book.sheets, *book.hidden_sheets):
        raise Invalid({"sheet": [sheet_words("no_sheet")]})
    try:
        parts = parts_of(book.content, sheet)
        if parts.area > MOST_AREA:
            raise refused("too_wide")
        with CalamineWorkbook.from_filelike(BytesIO(book.content)) as opened:
            found = opened.get_sheet_by_name(sheet)
            rows = found.to_python(skip_empty_area=False)
            blocks = [Block(*first, *last) for first, last in found.merged_cell_ranges or ()]
            checks = _checks(parts, _reader(opened, book.content, sheet, rows))
        formats = _formats(book.content, parts)
    except (CalamineError, expat.ExpatError, zipfile.BadZipFile, OSError, ValueError, KeyError):
        raise refused("broken") from None
    cells = {
        (row, column): text
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if (text := cell_text(value).strip())
    }
    merged = tuple(block for block in blocks if block.top < LOOKED_AT + MOST_HEADING_ROWS)
    return Grid(sheet, cells, parts.formulas, merged, frozenset(parts.hidden), formats, checks)


def _formats(content: bytes, parts: SheetParts) -> dict[tuple[int, int], str]:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        codes = format_codes(packed)
    return {at: codes[style] for at, style in parts.checks.styles.items() if style < len(codes)}


def _checks(parts: SheetParts, read: Callable[[str, str], list[str]]) -> list[tuple[Block, Check]]:
    return [
        (block, replace(one, choices=choices_in(one.first, read)) if one.kind == "list" else one)
        for block, one in parts.checks.blocks()
    ]


def _reader(
    opened: CalamineWorkbook, content: bytes, here: str, rows: list[list[Any]]
) -> Callable[[str, str], list[str]]:
    """Return what reads a few cells of a sheet by its name, of this one without."""
    known = {"": rows, here: rows}

    def read(sheet: str, area: str) -> list[str]:
        block = block_of(area, place_of)
        if block is None or block.size > MOST_CHOICES:
            return []
        if sheet not in known:
            is_there = sheet in opened.sheet_names and parts_of(content, sheet).area <= MOST_AREA
            known[sheet] = opened.get_sheet_by_name(sheet).to_python(skip_empty_area=False) if is_there else []  # fmt: skip
        lines = known[sheet][block.top : block.bottom + 1]
        return [cell_text(value) for line in lines for value in line[block.left : block.right + 1]]

    return read
