"""Rows copied from a spreadsheet, bound to the columns of a table; nothing of them is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linli.formkit.types import Field, Kind

MOST_PASTED = 2_000_000
LONGEST_CELL = 10_000
END = re.compile("[\t\n]")


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows by column key; how columns were bound; what had no place; how many rows were too many."""

    rows: tuple[dict[str, str], ...]
    bound: tuple[tuple[str, str], ...]
    unbound: tuple[str, ...]
    too_many: int = 0
    had_head: bool = False


def cells_of(text: str) -> list[list[str]]:
    """Return rows and cells of copied text: tabs part cells, quotes keep line breaks inside one."""
    signs = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    place = 0
    while place <= len(signs):
        cell, place = _cell(signs, place)
        rows[-1].append(cell.strip())
        if signs[place : place + 1] == "\n":
            rows.append([])
        place += 1
    return [row for row in rows if any(row)]


def _cell(signs: str, place: int) -> tuple[str, int]:
    """Return the cell that begins here, and where its tab, line break or the end stands."""
    if signs[place : place + 1] == '"' and _closes(signs, place):
        end = place + 1
        while signs[end] != '"' or signs[end + 1 : end + 2] == '"':
            end += 2 if signs[end] == '"' else 1
        return signs[place + 1 : end].replace('""', '"'), end + 1
    found = END.search(signs, place)
    end = found.start() if found else len(signs)
    return signs[place:end], end


def _closes(signs: str, place: int) -> bool:
    """Say whether a quote at the beginning of a cell has its twin; a lone one is a sign like others."""
    last = place + LONGEST_CELL
    end = signs.find('"', place + 1, last)
    while end >= 0 and signs[end + 1 : end + 2] == '"':
        end = signs.find('"', end + 2, last)
    return end >= 0 and signs[end + 1 : end + 2] in ("", "\t", "\n")


def paste(table: Field, text: str, *, there: int = 0, start: str = "") -> Pasted:
    """Bind copied text to a table that has `there` rows already.

    A first row that names columns in either language binds by name, in any order; otherwise cells
    go into the columns one after another, from the column `start` on. More rows than the table
    takes are refused as a whole, so that nobody believes them to be in.
    """
    columns = [column for column in table.columns if column.kind is not Kind.COMPUTED]
    cells = cells_of(text)
    head = _head(columns, cells[0]) if cells else None
    if head is None:
        keys = [column.key for column in columns]
        first = keys.index(start) if start in keys else 0
        width = max((len(row) for row in cells), default=0)
        bound: list[str | None] = [*keys[first : first + width]]
        bound += [None] * (width - len(bound))
        names = [f"{number + 1}" for number in range(width)]
    else:
        bound, names, cells = head, cells[0], cells[1:]
    too_many = max(0, there + len(cells) - table.max_rows)
    return Pasted(
        () if too_many else tuple(_row(bound, row) for row in cells),
        tuple((name, key) for name, key in zip(names, bound, strict=False) if key),
        tuple(name for name, key in zip(names, bound, strict=False) if not key and name),
        too_many,
        head is not None,
    )


def _head(columns: list[Field], first: list[str]) -> list[str | None] | None:
    """Return which column each cell of the first row names, if at least two or all of them do."""
    named = {
        _plain(name): column.key
        for column in columns
        for name in (column.label.zh, column.label.en, column.key)
        if name
    }
    bound: list[str | None] = []
    taken: set[str] = set()
    for cell in first:
        key = named.get(_plain(cell), "")
        bound.append(key if key and key not in taken else None)
        taken.add(key)
    hits = sum(1 for key in bound if key)
    return bound if hits and (hits >= 2 or hits == len(first)) else None


def _plain(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _row(bound: list[str | None], cells: list[str]) -> dict[str, str]:
    return {key: cell for key, cell in zip(bound, cells, strict=False) if key and cell}
