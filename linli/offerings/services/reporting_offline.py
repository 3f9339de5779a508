"""A sheet filled at once for the villages of a place, without asking anybody: for the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from linli.kernel.permits import Actor, require
from linli.offerings import permits
from linli.offerings.clients.reporting_files import open_book, read_grid, refused
from linli.offerings.clients.reporting_sheets import filled_book
from linli.offerings.queries import reporting_values as values
from linli.offerings.queries.reporting_merging import filled_at_once
from linli.offerings.rules.reporting_binding import Fills, first_binding
from linli.offerings.rules.reporting_heads import NoHeadings, layout_of


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A filled sheet: how many cells there are, how many stay empty, and the headings nobody knows."""

    content: bytes
    rows: int
    cells: int
    empty: int
    unknown: tuple[str, ...]
    hidden: tuple[str, ...]


def fill_at_once(
    content: bytes, path: str, *, sheet: str = "", note: str = "", actor: Actor, now: datetime
) -> FilledSheet:
    """Fill a sheet with one row for each village at a place. Refuses with NotAllowed, Invalid."""
    require(actor, permits.ASK_REPORTS, at=path)
    book = open_book(content)
    try:
        layout = layout_of(read_grid(book, sheet or (book.sheets or book.hidden_sheets)[0]))
    except NoHeadings as fault:
        raise refused(fault.reason, fault.number) from None
    columns = first_binding(layout.headings, values.index())
    keys = [one.key for one in columns if one.fills is Fills.REGISTER]
    filled = values.measure(keys, path, localdate(now))
    rows, cells, empty = filled_at_once(layout, columns, path, filled)
    return FilledSheet(
        filled_book(layout, columns, rows, note=note), len(rows), cells, empty,
        tuple(one.title for one in columns if one.fills is Fills.VILLAGE),
        tuple(one.title for one in columns if one.is_hidden),
    )  # fmt: skip
