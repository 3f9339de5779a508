"""Number formats and data validations of an office's sheet, read as a stream of XML beside its values."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import Any
from xml.parsers import (
    expat,
)  # what a declaration of types could do is refused where sheets are read

from linli.kernel.wholes import whole_number
from linli.offerings.rules.reporting_asks import format_code
from linli.offerings.rules.reporting_grids import LOOKED_AT, MOST_HEADING_ROWS, Block
from linli.offerings.types.reporting_cells import MOST_CHOICES, MOST_WORDS, Check

MOST_CHECKS, MOST_AREAS, MOST_FORMULA, MOST_STYLES = 500, 50, 8000, 10**6
# the rows in which headings and the first row below them stand
ROWS = LOOKED_AT + MOST_HEADING_ROWS + 2
STYLES = "xl/styles.xml"
Place = Callable[[str], tuple[int, int] | None]


class SheetChecks:
    """Collects styles of the cells at the top of a sheet, and its data validations."""

    def __init__(self, place_of: Place) -> None:
        self.styles: dict[tuple[int, int], int] = {}
        self.found: list[tuple[str, Check]] = []
        self._place_of = place_of
        self._given: dict[str, str] | None = None
        self._parts: dict[str, list[str]] = {}
        self._within = ""

    @property
    def is_inside(self) -> bool:
        """Whether what is read now belongs to a data validation, so that its formulas are no cell's."""
        return self._given is not None

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take the beginning of an element, without its prefix."""
        if tag == "c" and "s" in given:
            at = self._place_of(given.get("r", ""))
            if at is not None and at[0] < ROWS:
                self.styles[at] = _whole(given["s"])
        elif tag == "col" and "style" in given:
            for column in range(max(_whole(given["min"]) - 1, 0), min(_whole(given["max"]), 100)):
                self.styles[-1, column] = _whole(given["style"])
        elif tag == "dataValidation":
            self._given, self._parts = given, {}
        elif self._given is not None and tag in ("formula1", "formula2", "sqref"):
            self._within = tag
            self._parts[tag] = []

    def words(self, text: str) -> None:
        """Take what stands between two elements."""
        if self._within:
            self._parts[self._within].append(text)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == self._within:
            self._within = ""
        elif tag == "dataValidation" and self._given is not None:
            self._keep(self._given)
            self._given = None

    def _keep(self, given: dict[str, str]) -> None:
        parts = {name: "".join(texts).strip() for name, texts in self._parts.items()}
        areas = given.get("sqref", "") or parts.get("sqref", "")
        if len(self.found) >= MOST_CHECKS or given.get("type", "none") == "none":
            return
        shows_error = given.get("showErrorMessage", "0") in ("1", "true")
        prompt = given.get("prompt", "") if given.get("showInputMessage", "0") in ("1", "true") else ""  # fmt: skip
        check = Check(
            given["type"], given.get("operator", "between"), parts.get("formula1", "")[:MOST_FORMULA],
            parts.get("formula2", "")[:MOST_FORMULA], (), prompt[:MOST_WORDS],
            given.get("error", "")[:MOST_WORDS] if shows_error else "",
        )  # fmt: skip
        self.found += [(area, check) for area in areas.split()[:MOST_AREAS]]

    def blocks(self) -> list[tuple[Block, Check]]:
        """Return the validations with the cells on which each lies; what names no cells is left out."""
        told = ((block_of(area, self._place_of), check) for area, check in self.found)
        return [(block, check) for block, check in told if block is not None]


def block_of(area: str, place_of: Place) -> Block | None:
    """Return the cells of a reference such as B3:B200, or None."""
    first, _colon, last = area.replace("$", "").upper().partition(":")
    begin, end = place_of(first), place_of(last or first)
    return Block(*begin, *end) if begin is not None and end is not None else None


def choices_in(formula: str, read: Callable[[str, str], list[str]]) -> tuple[str, ...]:
    """Return what a list offers: written out, or in cells that `read(sheet, area)` gives."""
    if formula.startswith('"') and formula.endswith('"') and len(formula) > 1:
        found = formula[1:-1].replace('""', '"').split(",")
    else:
        sheet, _mark, area = formula.removeprefix("=").rpartition("!")
        found = read(sheet.strip("'").replace("''", "'"), area)
    return tuple(dict.fromkeys(one.strip() for one in found if one.strip()))[: MOST_CHOICES + 1]


def format_codes(packed: zipfile.ZipFile) -> list[str]:
    """Return the number format of each style of a workbook, in its order."""
    if STYLES not in packed.namelist():
        return []
    own: dict[int, str] = {}
    kept: list[int] = []
    inside: list[str] = []

    def start(name: str, given: dict[str, Any]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "cellXfs":
            inside.append(tag)
        elif tag == "numFmt":
            own[_whole(given["numFmtId"])] = given.get("formatCode", "")[:MOST_WORDS]
        elif tag == "xf" and inside:
            kept.append(_whole(given.get("numFmtId", "0")))

    def end(name: str) -> None:
        if name.rpartition(":")[2] == "cellXfs":
            inside.clear()

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = _refuse
    with packed.open(STYLES) as stream:
        parser.ParseFile(stream)
    return [format_code(number, own) for number in kept]


def _refuse(*_declared: object) -> None:
    raise ValueError("styles declare no types")


def _whole(text: str) -> int:
    return whole_number(text, most=MOST_STYLES) or 0
