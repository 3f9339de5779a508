"""An office's sheet as rules see it: its cells, and what was found of headings, rows and remarks.

Rows and columns count from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from linli.offerings.types.reporting_cells import CellRule, Check

MOST_COLUMNS, MOST_ROWS, MOST_HEADING_ROWS, LOOKED_AT = 100, 5000, 5, 30
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Merged cells: first row and column, last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many cells they are."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def holds(self, row: int, column: int) -> bool:
        """Say whether a cell is one of the merged ones."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as it was sent: texts, formulas and merged cells; what is hidden is told, not left out.

    `formats` are number formats of cells, of a whole column at row -1; `checks` are data validations
    with the cells on which they lie.
    """

    name: str
    cells: Mapping[Cell, str]
    formulas: Mapping[Cell, str] = field(default_factory=dict)
    merged: Sequence[Block] = ()
    hidden: frozenset[int] = frozenset()
    formats: Mapping[Cell, str] = field(default_factory=dict)
    checks: Sequence[tuple[Block, Check]] = ()

    @property
    def height(self) -> int:
        """How many rows hold anything."""
        return max((row for row, _column in (*self.cells, *self.formulas)), default=-1) + 1

    @property
    def width(self) -> int:
        """How many columns hold anything."""
        return max((column for _row, column in (*self.cells, *self.formulas)), default=-1) + 1

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell, also if it is merged with others."""
        if (row, column) in self.cells:
            return self.cells[row, column]
        return self.cells.get(self._origin(row, column), "")

    def _origin(self, row: int, column: int) -> Cell:
        """Return the first of the cells that are merged with one."""
        for block in self.merged:
            if block.holds(row, column):
                return block.top, block.left
        return row, column

    def code(self, row: int, column: int) -> str:
        """Return the number format of a cell, else that of its column."""
        at = self._origin(row, column)
        return self.formats.get(at, self.formats.get((-1, at[1]), ""))

    def check(self, row: int, column: int) -> Check | None:
        """Return the data validation of a cell to be filled, else the first on a cell below it."""
        row, column = self._origin(row, column)
        below = [
            (max(block.top, row), number)
            for number, (block, _check) in enumerate(self.checks)
            if block.left <= column <= block.right and block.bottom >= row
        ]
        return self.checks[min(below)[1]][1] if below else None


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: what stands over it from the top down, its formula, whether the office hid it, what it takes."""

    column: int
    words: tuple[str, ...]
    formula: str = ""
    is_hidden: bool = False
    rule: CellRule = CellRule()

    @property
    def title(self) -> str:
        """The whole heading, from the top down."""
        return " · ".join(self.words)


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found in a sheet.

    `head` is all above the rows to be filled, text by text, `merged` its merged cells; `listed` names the
    rows that the office listed, and `below` is what stands under them.
    """

    head: tuple[tuple[str, ...], ...]
    merged: tuple[Block, ...]
    headings: tuple[Heading, ...]
    listed: tuple[str, ...]
    has_total: bool
    below: tuple[str, ...]

    @property
    def first(self) -> int:
        """The first row to be filled."""
        return len(self.head)
