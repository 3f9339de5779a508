"""What apps declare of what they ask and keep: demands on people, facts, how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linli.kernel.retention import Going


@dataclass(frozen=True)
class Retention:
    """How long rows of some tables are kept, by which basis, and how they go.

    `term` tells people how long. `basis` is the article, or `ours` with `check` where no source
    of law was read.
    """

    key: str
    title: Any
    tables: tuple[str, ...]
    term: Any
    basis: str
    going: Going


@dataclass(frozen=True)
class Kept:
    """Tables that are kept for good, and why. `key` is a name of a table, or a beginning with *."""

    key: str
    because: Any


@dataclass(frozen=True)
class StaffDemand:
    """Something a function asks of staff, with its basis (BU-12 to BU-15, BU-22).

    `asks` is one of: form, photo, location, check_in, count, repeated_cell, upload. `period` is
    how often it comes: occasion (when the matter itself happens), once, month, quarter, year.
    """

    key: str
    title: Any
    asks: str
    basis: str
    seconds: int
    scene: str = ""
    optional: bool = True
    period: str = "occasion"


@dataclass(frozen=True)
class ResidentDemand:
    """What a page asks of residents: which data, on which basis, how long they are kept."""

    key: str
    title: Any
    data: Any
    basis: Any
    kept: Any


@dataclass(frozen=True)
class HeldFact:
    """What a register holds already; a form of staff that has a field of these names explains itself.

    `names` are names of fields, with * for any ending or beginning.
    """

    key: str
    title: Any
    names: tuple[str, ...]
