"""A list of groups and buildings is checked against the register without a trace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from linli.kernel.tables import Line
from linli.places.models import Place
from linli.places.models.parts import known_of
from linli.places.rules.part_rows import NewPart, PartFault, columns_of, read_row, sort_out


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that can be taken, with their lines; what is wrong; the refused rows as they came."""

    rows: int
    right: list[tuple[int, NewPart]]
    faults: list[PartFault]
    refused: list[Line]


def check_parts(
    village: Place, lines: Sequence[Line], day_of: Callable[[str], date], *, today: date
) -> Checked:
    """Go through a list, its first line the headings; nothing is written."""
    (_number, headings), *body = lines
    columns = columns_of(headings)
    read: list[tuple[int, NewPart]] = []
    faults: list[PartFault] = []
    for line, cells in body:
        found = read_row(line, cells, columns, day_of)
        if isinstance(found, NewPart):
            read.append((line, found))
        else:
            faults += found
    _right, wrong = sort_out(read, known_of(village, today))
    faults = sorted([*faults, *wrong])
    bad = {fault.line for fault in faults}
    right = [(line, part) for line, part in read if line not in bad]
    return Checked(len(body), right, faults, [row for row in body if row[0] in bad])
