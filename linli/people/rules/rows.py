"""One row of a list of people: what it says, or every reason why it cannot be taken.

The same rules judge a row of a file, a form, a row of the API and a synthetic person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from linli.people.rules.cells import CELLS, SHOWN, Cell
from linli.people.rules.words import NOTHING
from linli.people.types import Basis, DwellingKind, Fault, HouseholdKind, PersonRow, Standing

_BIRTH_FIELDS = {"document_number", "born_on"}
ALWAYS = ("name", "document_number")


@dataclass(frozen=True)
class Villages:
    """The villages that a list may name, by code and by name; a name that two bear is not one."""

    by_word: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()

    def find(self, word: str) -> tuple[str, str]:
        """Return (code, fault): place_missing, place_unknown, place_outside or place_ambiguous."""
        codes = self.by_word.get(word) or self.by_word.get(word.strip())
        if codes:
            return (codes[0], "") if len(codes) == 1 else ("", "place_ambiguous")
        if not word.strip():
            return "", "place_missing"
        return "", "place_outside" if word.strip() in self.outside else "place_unknown"


class RowReader:
    """Reads the rows of one list: which column is what, and what holds for all of them."""

    def __init__(
        self,
        mapping: Mapping[str, int],
        *,
        villages: Villages,
        today: date,
        defaults: Mapping[str, str] | None = None,
        width: int = 1 << 16,
    ) -> None:
        self.width = width
        given = dict(defaults or {})
        self.villages, self.today = villages, today
        self._place = (mapping.get("place", -1), given.get("place", ""))
        self._cells: list[tuple[Cell, int, str, bool]] = [
            (cell, mapping.get(name, -1), given.get(name, ""), name in ALWAYS)
            for name, cell in CELLS.items()
            if name in mapping or given.get(name) or name in ALWAYS
        ]

    def read(self, line: int, cells: Sequence[str]) -> tuple[PersonRow, list[Fault]]:
        """Return what the row says, and everything that is wrong with it."""
        row, faults, width = PersonRow(line), list[Fault](), len(cells)
        for read, column, default, always in self._cells:
            text = cells[column] if 0 <= column < width else ""
            if not text or text.strip().casefold() in NOTHING:
                text = default
            if text or always:
                read(self.today, row, text, faults)
        column, default = self._place
        word = (cells[column] if 0 <= column < width else "") or default
        row.village, fault = self.villages.find(word)
        if fault:
            faults.append(Fault("place", fault, word[:SHOWN]))
        if width > self.width and any(cells[self.width :]):
            # a separator inside a cell has moved everything after it
            faults.append(Fault("", "too_many_cells", str(width)))
        if row.born_on is None and not _BIRTH_FIELDS & {fault.field for fault in faults}:
            faults.append(Fault("born_on", "born_missing"))
        return row, faults + fit_together(row, self.today)


def fit_together(row: PersonRow, today: date) -> list[Fault]:
    """Fill in what follows from the rest, and return what contradicts itself."""
    faults = []
    if row.since and row.since > today:
        faults.append(Fault("since", "day_future", row.since.isoformat()))
    if row.since and row.born_on and row.since < row.born_on:
        faults.append(Fault("since", "before_birth", row.since.isoformat()))
    if row.until and row.since and row.until < row.since:
        faults.append(Fault("until", "ends_before_it_begins", row.until.isoformat()))
    if not row.basis:
        row.basis = _basis_of(row)
    if row.standing == Standing.REGISTERED and row.basis == Basis.RESIDENCE_PERMIT:
        faults.append(Fault("basis", "registered_with_permit", row.basis))
    if row.household_kind == HouseholdKind.COLLECTIVE and not row.dwelling_kind:
        row.dwelling_kind = DwellingKind.DORMITORY.value
    return faults


def _basis_of(row: PersonRow) -> str:
    if row.standing == Standing.REGISTERED:
        return Basis.HUKOU.value
    if row.permit_until:
        return Basis.RESIDENCE_PERMIT.value
    if row.household_kind == HouseholdKind.COLLECTIVE or row.employer and row.room:
        return Basis.EMPLOYER.value
    return Basis.DECLARED.value
