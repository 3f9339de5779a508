"""The table of sub-classes (GR-01): read from its file, the lines of a day, codes as far as they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from linli.grid.types.subclasses import AREAS, SubClass, Table
from linli.kernel.clock import Unit

COUNTY, CLASS, SERIAL = 6, 4, 6


def read_table(raw: Mapping[str, Any]) -> Table:
    """Return the table of a file. Raises ValueError for what is no table: it comes with the program."""
    lines = tuple(_line(row) for row in raw["classes"])
    for at, one in enumerate(lines):
        if any(other.key == one.key and _overlap(other, one) for other in lines[:at]):
            raise ValueError(f"{one.key}: two lines on one day")
    areas = {key: (words["zh"], words["en"]) for key, words in raw["areas"].items()}
    if tuple(areas) != AREAS:
        raise ValueError("levels of areas")
    return Table(lines, areas, raw["source"], raw["certainty"] == "sure")


def _line(row: Mapping[str, Any]) -> SubClass:
    limits = {str(area): int(most) for area, most in row["limits"].items()}
    if tuple(limits) != AREAS or min(limits.values()) < 1 or row["kind"] not in ("part", "event"):
        raise ValueError(row["key"])
    code, until = row["class_code"], row.get("until")
    if until is not None and until <= row["since"] or code is not None and len(code) != CLASS:
        raise ValueError(row["key"])
    return SubClass(
        row["key"], row["matter"], row["kind"] == "part", code, row["since"], until, row["zh"],
        row["en"], row["files_zh"], row["files_en"], row["closes_zh"], row["closes_en"],
        Unit(row["unit"]), limits,
    )  # fmt: skip


def _overlap(one: SubClass, other: SubClass) -> bool:
    first, second = sorted((one, other), key=lambda line: line.since)
    return first.until is None or first.until > second.since


def of_day(lines: Iterable[SubClass], on: date, matter: str = "") -> list[SubClass]:
    """Return the lines that hold on a day, of one matter or of all."""
    return [
        one
        for one in lines
        if one.since <= on and (one.until is None or on < one.until) and matter in ("", one.matter)
    ]


def code_digits(line: SubClass) -> int:
    """Return how many digits its code has: ten for an event, sixteen for a part that is numbered."""
    return COUNTY + CLASS + (SERIAL if line.is_part else 0)


def full_code(line: SubClass, county: str, serial: int = 0) -> str | None:
    """Return the code in a county, or None while that of the class is not known.

    An event has the county's six digits and four of its class; a part has six more of its own.
    """
    if line.class_code is None:
        return None
    own = f"{serial:0{SERIAL}d}" if line.is_part else ""
    return f"{county[:COUNTY]}{line.class_code}{own}"
