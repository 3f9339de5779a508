"""A list of orders as the hotline's office sends it: xlsx or csv of any habit, all cells as text."""

from __future__ import annotations

from dataclasses import dataclass

from linli.exchange.errors import NotAList
from linli.exchange.rules.orders import row_of_headings
from linli.kernel.tables import Line, NotATable, read_table

MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """A list: its headings, and the rows below them with their line numbers."""

    headings: list[str]
    rows: list[Line]


def read_orders(content: bytes) -> OrderSheet:
    """Return headings and rows; lists often bear a title above both. Refuses with NotAList."""
    try:
        lines = read_table(content)
    except NotATable as fault:
        raise NotAList(fault.reason) from fault
    at = row_of_headings(lines)
    rows = lines[at + 1 :]
    if not rows:
        raise NotAList("no_rows")
    if len(rows) > MOST_ROWS:
        raise NotAList("too_many", most=MOST_ROWS)
    return OrderSheet([cell.strip() for cell in lines[at][1]], rows)
