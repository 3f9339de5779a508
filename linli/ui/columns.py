"""A column of a list, as ui/parts/tables.html draws its head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """`sort` is the key of a Keyset; its falling twin is called "-" + sort."""

    title: Any
    sort: str = ""
    end: bool = False
    hide: bool = False
    tick: bool = False


def col(title: Any, sort: str = "", *, end: bool = False, hide: bool = False) -> Column:
    """Return a column: right-aligned with `end`, its title only read aloud with `hide`."""
    return Column(title, sort, end, hide)


def tick_col() -> Column:
    """Return the column of boxes by which rows are ticked."""
    return Column("", tick=True)
