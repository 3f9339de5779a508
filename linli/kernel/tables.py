"""Lists that offices send: csv in their encodings, or the first sheet of a workbook. All text.

For lists that fit in memory; the register of people streams its own.
"""

from __future__ import annotations

import codecs
import csv
import zipfile
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS = ("utf-8", "gb18030")
SEPARATORS = ",\t;，"

# beyond this a number of a spreadsheet is not the one that was typed
EXACT = 10**15
# a list of twenty thousand rows stays far under this when it is unpacked
MOST_UNPACKED, MOST_RATIO, MIB = 256 << 20, 200, 1 << 20
WORKBOOK = b"PK\x03\x04"

Line = tuple[int, list[str]]


class NotATable(ValueError):
    """The content is no list; `reason` is empty, broken or not_text."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def read_table(content: bytes) -> list[Line]:
    """Return the rows that hold anything, with their line numbers. Raises NotATable."""
    lines = _workbook(content) if content.startswith(WORKBOOK) else _csv(content)
    found = [(n, cells) for n, cells in lines if any(cell.strip() for cell in cells)]
    if not found:
        raise NotATable("empty")
    return found


def _csv(content: bytes) -> list[Line]:
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        raise NotATable("broken") from None


def _decoded(content: bytes) -> str:
    marked = [name for mark, name in BOMS if content.startswith(mark)]
    for name in marked or ENCODINGS:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotATable("not_text")


def _workbook(content: bytes) -> list[Line]:
    refuse_bomb(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError):
        raise NotATable("broken") from None
    return [(n, [cell_text(cell) for cell in cells]) for n, cells in enumerate(rows, 1)]


def refuse_bomb(content: bytes) -> None:
    """Refuse what unpacks to far more than it is, before anything is unpacked. Raises NotATable."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError):
        raise NotATable("broken") from None
    whole = sum(part.file_size for part in parts)
    ratio = whole / max(1, sum(part.compress_size for part in parts))
    if whole > MOST_UNPACKED or (ratio > MOST_RATIO and whole > 8 * MIB):
        raise NotATable("broken")


def cell_text(value: Any) -> str:
    """Return a cell as people read it: 3.0 is 3, a date is its ISO form.

    A number too long for a spreadsheet has lost digits; it keeps its .0, which tells on it.
    """
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value)) if abs(value) < EXACT else f"{value:.1f}"
    return "" if value is None else str(value)
