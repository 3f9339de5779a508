"""A spreadsheet that an office sends, read without running anything of it.

Refused are files that are no workbook, unpack to far more than they are, carry programs or belong to
other files. Values come from the stored results of formulas; the formulas themselves are kept apart.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat  # what a declaration of types could do is refused in _Parts

from python_calamine import CalamineError, CalamineWorkbook

from linli.kernel.errors import Invalid
from linli.kernel.tables import NotATable, cell_text, refuse_bomb
from linli.offerings.errors import sheet_words
from linli.offerings.rules.reporting_heads import LOOKED_AT, MOST_HEADING_ROWS, Block, Grid

MOST_BYTES, MOST_SHEETS, MOST_MEMBERS = 8 << 20, 100, 1000
PROGRAMS = ("vbaproject", "macrosheets/", "activex", "customui")
HARMLESS = ("printersettings", "thumbnail")
CELL = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
MOST_AT, MOST_ROW = 16384, 1_048_576
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
        parts = _parts_of(book.content, sheet)
        if parts.area > MOST_AREA:
            raise refused("too_wide")
        with CalamineWorkbook.from_filelike(BytesIO(book.content)) as opened:
            found = opened.get_sheet_by_name(sheet)
            rows = found.to_python(skip_empty_area=False)
            blocks = [Block(*first, *last) for first, last in found.merged_cell_ranges or ()]
    except (CalamineError, expat.ExpatError, zipfile.BadZipFile, OSError, ValueError, KeyError):
        raise refused("broken") from None
    cells = {
        (row, column): text
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if (text := cell_text(value).strip())
    }
    merged = tuple(block for block in blocks if block.top < LOOKED_AT + MOST_HEADING_ROWS)
    return Grid(sheet, cells, parts.formulas, merged, frozenset(parts.hidden))


class _Parts:
    """What the values do not tell: formulas and hidden columns, read as a stream of XML."""

    def __init__(self) -> None:
        self.formulas: dict[tuple[int, int], str] = {}
        self.hidden: set[int] = set()
        self._at: tuple[int, int] | None = None
        self._text: list[str] | None = None
        self._far = (0, 0)

    @property
    def area(self) -> int:
        """How many cells the smallest rectangle has that holds all values."""
        return self._far[0] * self._far[1]

    def read(self, stream: Any) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._words
        parser.StartDoctypeDeclHandler = self._refuse
        parser.ParseFile(stream)

    def _refuse(self, *_declared: object) -> None:
        raise ValueError("a sheet declares no types")

    def _start(self, name: str, given: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "col" and given.get("hidden") in ("1", "true"):
            first, last = int(given["min"]) - 1, min(int(given["max"]), MOST_AT)
            self.hidden.update(range(max(first, 0), last))
        elif tag == "c":
            self._at = place_of(given.get("r", ""))
        elif tag in ("v", "is", "f"):
            row, column = self._at or (0, 0)
            self._far = max(self._far[0], row + 1), max(self._far[1], column + 1)
            self._text = [] if tag == "f" else self._text

    def _words(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "f" and self._text is not None:
            if self._at is not None and (formula := "".join(self._text).strip()):
                self.formulas[self._at] = formula
            self._text = None


def place_of(reference: str) -> tuple[int, int] | None:
    """Return row and column of a reference such as C5, counted from 0."""
    match = CELL.match(reference)
    if match is None:
        return None
    column = 0
    for sign in match[1]:
        column = column * 26 + ord(sign) - 64
    return (int(match[2]) - 1, column - 1) if column <= MOST_AT and int(match[2]) <= MOST_ROW else None  # fmt: skip


def _parts_of(content: bytes, sheet: str) -> _Parts:
    parts = _Parts()
    with (
        zipfile.ZipFile(BytesIO(content)) as packed,
        packed.open(_member(packed, sheet)) as stream,
    ):
        parts.read(stream)
    return parts


def _member(packed: zipfile.ZipFile, sheet: str) -> str:
    """Return the part of a workbook that holds a sheet."""
    relation = next(
        given for given in _elements(packed, "xl/workbook.xml", "sheet") if given["name"] == sheet
    )
    key = next(value for name, value in relation.items() if name.rpartition(":")[2] == "id")
    for given in _elements(packed, "xl/_rels/workbook.xml.rels", "Relationship"):
        if given["Id"] == key:
            target = given["Target"]
            return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    raise KeyError(sheet)


def _elements(packed: zipfile.ZipFile, member: str, wanted: str) -> Iterator[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, given: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(given)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with packed.open(member) as stream:
        parser.ParseFile(stream)
    yield from found
