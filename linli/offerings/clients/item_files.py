"""A list of items as an office hands it in: xlsx, csv, or the package's own YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.tables import NotATable, read_table
from linli.offerings.queries.item_files import items_in
from linli.offerings.rules.item_sheets import columns_of, missing_columns, row_data
from linli.ui.formats import listed

MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of a list and the line in which it stands."""

    line: int
    data: Mapping[str, Any]


def read_items(path: Path) -> list[ItemRow]:
    """Return the items of a file. Refuses with Invalid for what is no list of items."""
    if path.suffix.lower() in (".yaml", ".yml"):
        try:
            return [ItemRow(n, one) for n, one in enumerate(items_in(path), 1)]
        except ValueError as fault:
            raise Invalid({"file": [str(fault)]}) from None
    return read_sheet(path.read_bytes())


def read_sheet(content: bytes) -> list[ItemRow]:
    """Return the items of a spreadsheet. Refuses with Invalid for what is no list of items."""
    try:
        lines = read_table(content)
    except NotATable:
        raise Invalid({"file": [_("This file is no list: xlsx or csv is read.")]}) from None
    columns = columns_of(lines[0][1])
    if missing := missing_columns(columns):
        raise Invalid({"file": [_("These columns are missing: %(names)s.") % {"names": listed(missing)}]})  # fmt: skip
    if len(lines) - 1 > MOST_ROWS:
        raise Invalid({"file": [_("At most %(most)s rows.") % {"most": MOST_ROWS}]})
    return [ItemRow(line, row_data(cells, columns)) for line, cells in lines[1:]]
