"""A published week counted again from its file, in plain steps and without a database.

docs/formats/rates.md says what a line holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from linli.cases.rules.published import (
    FORMAT,
    NO,
    OPEN,
    REST,
    SHARES,
    TABLES,
    YES,
    digest_of,
)
from linli.cases.rules.weekly import step_of
from linli.cases.types.recounts import HASH, Recount, row_of_line

HEADER = {"place", "first", "last", "least"}


@dataclass
class _Reading:
    """A file while it is read: by column, how many lines each cell or mark has."""

    found: Recount = field(default_factory=Recount)
    counted: dict[str, dict[str, int]] = field(
        default_factory=lambda: {name: {} for name in (*TABLES, *SHARES)}
    )
    read: Any = field(default_factory=hashlib.sha256)
    events: str = ""

    def take(self, row: Mapping[str, Any]) -> bool:
        """Take one line; say whether it is of a kind that is known."""
        if "week" in row:
            self.found.week, self.events = dict(row["week"]), self.read.hexdigest()
            self.found.digest, self.found.published = digest_of(row["week"]), 1
            return True
        name = next((name for name in self.counted if name in row), "")
        if name in TABLES and row.keys() == {name, "event"}:
            self.found.problems += self._token(row["event"])
        elif name not in SHARES or row.keys() != {name} or row[name] not in (YES, NO, OPEN):
            return False
        self.found.cases += 1
        cells = self.counted[name]
        cells[row[name]] = cells.get(row[name], 0) + 1
        return True

    def _token(self, token: str) -> Iterator[str]:
        if len(token) != HASH or set(token) - set("0123456789abcdef"):
            yield f"{token}: event 1 has no hash"
        if token in self.found.tokens:
            yield f"{token}: is counted twice"
        self.found.tokens.append(token)


def recount_week(lines: Iterable[str | bytes]) -> Recount:
    """Count the file of a week again and compare it with the report in its last line."""
    reading = _Reading()
    problems, header = reading.found.problems, {}  # type: list[str], dict[str, Any]
    for number, line in enumerate(lines, start=1):
        row = row_of_line(line)
        if number == 1:
            if row is None or row.get("format") != FORMAT or not row.keys() >= HEADER:
                problems.append(f"line 1: is no header of {FORMAT}")
                return reading.found
            header = row
        elif reading.found.week:
            problems.append(f"line {number}: stands after the report of the week")
        else:
            problems += _taken(reading, number, row)
        reading.read.update(line.encode() if isinstance(line, str) else line)
    if not header:
        problems.append("the file is empty")
    elif not reading.found.week:
        problems.append("the report of the week is missing")
    else:
        problems += _faults(header, reading)
    return reading.found


def _taken(reading: _Reading, number: int, row: Mapping[str, Any] | None) -> Iterator[str]:
    try:
        if row is None or not reading.take(row):
            yield f"line {number}: is of no kind that is known"
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        yield f"line {number}: cannot be read: {type(fault).__name__} {fault}"


def _faults(header: Mapping[str, Any], reading: _Reading) -> Iterator[str]:
    """Yield what the report says otherwise than the lines before it."""
    week = reading.found.week
    try:
        if week["events"] != reading.events or any(week[key] != header[key] for key in HEADER):
            yield "the week rests on other lines than those of this file"
        for name in TABLES:
            yield from _table(name, week, reading.counted[name])
        for name in SHARES:
            yield from _share(name, week, reading.counted[name])
    except (KeyError, TypeError, AttributeError) as fault:
        yield f"line 1: cannot be read: {type(fault).__name__} {fault}"


def _table(name: str, week: Mapping[str, Any], cells: Mapping[str, int]) -> Iterator[str]:
    told, least = week[name], week["least"]
    rows = {row["code"]: row["count"] for row in told["rows"]}
    shown = {**rows, **({REST: told["rest"]} if told["rest"] else {})}
    if shown != dict(cells) or (told["total"] or 0) != sum(cells.values()):
        yield f"week: the table {name} is not what its file comes to"
    if any(count < least for count in shown.values()):
        yield f"week: the table {name} tells a number that is too small"


def _share(name: str, week: Mapping[str, Any], marks: Mapping[str, int]) -> Iterator[str]:
    of, yes, no = sum(marks.values()), marks.get(YES, 0), marks.get(NO, 0)
    again: int | None = None
    if yes and not no:
        again = step_of(yes, of)
    elif no and not yes:
        again = 0 if no * 2 > of else None
    if week[name] != again:
        yield f"week: {name} is {week[name]} as published, {again} counted again"
