"""Going through a list: every row judged alone, then against the rows before it.

Dry run and run use the same pass, so that what is promised is what happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from linli.people.clients.sheets import Sheet
from linli.people.queries.scopes import held, villages_below
from linli.people.rules.rows import RowReader, Villages
from linli.people.services.mass.arrivals import is_head
from linli.people.services.mass.homes import household_number
from linli.people.types import Fault, PersonRow

STEP = 5000


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of the file, what it says, and what is wrong with it."""

    cells: list[str]
    row: PersonRow
    faults: list[Fault]


@dataclass
class Seen:
    """What the rows before have used up: numbers, and heads of households."""

    numbers: dict[str, int] = field(default_factory=dict)
    heads: set[tuple[str, str]] = field(default_factory=set)

    def check(self, row: PersonRow, faults: list[Fault]) -> list[Fault]:
        """Return the faults that a row has beside those before it; only a good one counts as seen."""
        found = []
        if row.number and row.number in self.numbers:
            found.append(Fault("document_number", "number_twice", str(self.numbers[row.number])))
        head = (row.village, household_number(row)) if is_head(row) else ("", "")
        if head[1] and head in self.heads:
            found.append(Fault("relation", "head_twice"))
        if not found and not faults:
            self.numbers[row.number] = row.line
            if head[1]:
                self.heads.add(head)
        return found


def steps(
    sheet: Sheet,
    mapping: Mapping[str, int],
    defaults: Mapping[str, str],
    *,
    below: str,
    today: date,
) -> Iterator[list[Judged]]:
    """Return the rows of a list in steps, each row judged."""
    reader = RowReader(
        mapping,
        villages=known_villages(below),
        today=today,
        defaults=defaults,
        width=len(sheet.headings),
    )
    judged = _judged(sheet, reader, Seen())
    return iter(lambda: list(islice(judged, STEP)), [])


def _judged(sheet: Sheet, reader: RowReader, seen: Seen) -> Iterator[Judged]:
    for line, cells in sheet.rows:
        row, faults = reader.read(line, cells)
        yield Judged(cells, row, faults + seen.check(row, faults))


def known_villages(below: str) -> Villages:
    """Return by which words a list may name villages at or below a place.

    Code, full name, short name; a short name that two villages bear is not one of them.
    """
    words: dict[str, list[str]] = {}
    nodes = villages_below(below)
    for node in nodes:
        for word in {node.code, node.name, node.short_name, node.short_name + "村",
                     node.short_name + "社区"}:  # fmt: skip
            words.setdefault(word, []).append(node.code)
    inside = {node.code for node in nodes}
    everywhere = [node for node in held.now().values() if node.level == "village"]
    outside = {
        w for n in everywhere if n.code not in inside for w in (n.code, n.name, n.short_name)
    }
    return Villages({word: tuple(codes) for word, codes in words.items()}, frozenset(outside))
