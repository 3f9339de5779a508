"""T18-1 counted again from its file, in plain steps: what came in on cleanliness, what was solved, late.

It shares no line with the statement of `queries/sanitation.py`; docs/formats/rates.md says what a
line holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from linli.cases.types.recounts import Recount, row_of_line

FORMAT = "linli-sanitation-1"
NAMES = ("came", "solved", "open", "late")
HEADER = {"first", "last", "category"}
# what a company was told to clean counts though it stands in no category
COMPANY = ("property_complaint", "cleaning")


def recount_sanitation(lines: Iterable[str | bytes]) -> Recount:
    """Count a file of T18-1 again and compare it with what it says was told."""
    found, header = Recount(), {}  # type: Recount, dict[str, Any]
    said: dict[str, Mapping[str, int]] = {}
    counted: dict[str, dict[str, int]] = {}
    for number, line in enumerate(lines, start=1):
        row = row_of_line(line)
        if number == 1:
            if row is None or row.get("format") != FORMAT or not row.keys() >= HEADER:
                found.problems.append(f"line 1: is no header of {FORMAT}")
                return found
            header = row
            continue
        try:
            if row is None or not _take(row, header, found, said, counted):
                found.problems.append(f"line {number}: is of no kind that is known")
        except (KeyError, TypeError, AttributeError) as fault:
            found.problems.append(f"line {number}: cannot be read: {type(fault).__name__} {fault}")
    if not header:
        found.problems.append("the file is empty")
    found.problems += _compare(said, counted)
    return found


def _take(
    row: Mapping[str, Any],
    header: Mapping[str, Any],
    found: Recount,
    said: dict[str, Mapping[str, int]],
    counted: dict[str, dict[str, int]],
) -> bool:
    if "case" in row:
        found.cases += 1
        _add(counted, counts_of([row], header))
    elif "unseen" in row:
        _add(counted, {row["unseen"]["place"]: row["unseen"]["counts"]})
    elif "published" in row:
        found.published += 1
        said[row["published"]["place"]] = row["published"]["counts"]
    else:
        return False
    return True


def counts_of(
    rows: Iterable[Mapping[str, Any]], header: Mapping[str, Any]
) -> dict[str, dict[str, int]]:
    """Return by place what lines of cases come to, without those that are left out."""
    counted: dict[str, dict[str, int]] = {}
    for row in rows:
        if _counts(row, header):
            here = counted.setdefault(row["place"], dict.fromkeys(NAMES, 0))
            here["came"] += 1
            here["solved"] += row["stage"] == "solved"
            here["open"] += bool(row["is_open"])
            here["late"] += bool(row["late"])
    return counted


def _add(counted: dict[str, dict[str, int]], more: Mapping[str, Mapping[str, int]]) -> None:
    for place, numbers in more.items():
        here = counted.setdefault(place, dict.fromkeys(NAMES, 0))
        for name in NAMES:
            here[name] += numbers[name]


def _counts(row: Mapping[str, Any], header: Mapping[str, Any]) -> bool:
    """Withdrawn, referred or the same as another is left out; so is what came in on another day."""
    is_meant = header["category"] in row["categories"] or (row["kind"], row["matter"]) == COMPANY
    is_in_time = header["first"] <= row["on"] <= header["last"]
    return is_meant and is_in_time and row["stage"] != "ended" and not row["merged"]


def _compare(
    said: Mapping[str, Mapping[str, int]], counted: Mapping[str, Mapping[str, int]]
) -> Iterator[str]:
    nothing = dict.fromkeys(NAMES, 0)
    for place in sorted(said.keys() | counted.keys()):
        for name in NAMES:
            told, again = said.get(place, nothing).get(name, 0), counted.get(place, nothing)[name]
            if told != again:
                yield f"{place}: {name} is {told} as published, {again} counted again"
