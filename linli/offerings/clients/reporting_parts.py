"""What the values of a sheet do not tell: formulas, hidden columns, formats, checks; read as a stream of XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat  # what a declaration of types could do is refused in SheetParts

from linli.offerings.clients.reporting_checks import SheetChecks

CELL = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
MOST_AT, MOST_ROW = 16384, 1_048_576


class SheetParts:
    """What the values do not tell: formulas, hidden columns, formats and checks, read as a stream of XML."""

    def __init__(self) -> None:
        self.checks = SheetChecks(place_of)
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
        """Read the XML of a sheet."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._words
        parser.StartDoctypeDeclHandler = self._refuse
        parser.ParseFile(stream)

    def _refuse(self, *_declared: object) -> None:
        raise ValueError("a sheet declares no types")

    def _start(self, name: str, given: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        self.checks.start(tag, given)
        if self.checks.is_inside:
            return
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
        self.checks.words(text)
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        self.checks.end(tag)
        if tag == "f" and self._text is not None:
            if self._at is not None and (formula := "".join(self._text).strip()):
                self.formulas[self._at] = formula
            self._text = None
        elif tag == "c":
            # what is coloured by rule has formulas of its own, which are no cell's
            self._at = None


def place_of(reference: str) -> tuple[int, int] | None:
    """Return row and column of a reference such as C5, counted from 0."""
    match = CELL.match(reference)
    if match is None:
        return None
    column = 0
    for sign in match[1]:
        column = column * 26 + ord(sign) - 64
    return (int(match[2]) - 1, column - 1) if column <= MOST_AT and int(match[2]) <= MOST_ROW else None  # fmt: skip


def parts_of(content: bytes, sheet: str) -> SheetParts:
    """Return what the values of a sheet do not tell."""
    parts = SheetParts()
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
