"""GR-04 counted again from its file, in plain steps and without a database.

It shares no line with the statement of `queries/figures.py`; docs/formats/rates.md says what a line
holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any

from linli.cases.types.recounts import Recount, row_of_line, take_hashes
from linli.kernel.moments import read_moment

FORMAT = "linli-grid-1"
HEADER = {"place", "since", "until"}
HOURS = "grid.hours"
SHARES = ("grid.on_time", "grid.closing", "grid.rework", "grid.closing_on_time")
MOVES = ("file", "dispose", "settle", "pass_check", "rework")


@dataclass
class _Counted:
    """Of a place: by figure how many count in it, out of how many; the time that events took."""

    good: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SHARES, 0))
    whole: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*SHARES, HOURS), 0))
    took: timedelta = timedelta()

    def figure(self, key: str) -> dict[str, int | None]:
        """Return a figure as it is published; what was out of none is unknown."""
        whole = self.whole[key]
        if key != HOURS:
            return {"good": self.good[key] if whole else None, "whole": whole}
        of_all = Fraction(self.took // timedelta(microseconds=1), 3_600_000_000)
        return {"good": round(of_all / whole) if whole else None, "whole": whole}


def recount_grid(lines: Iterable[str | bytes]) -> Recount:
    """Count a file of GR-04 again and compare it with what it says was published."""
    found, header = Recount(), {}  # type: Recount, dict[str, Any]
    said: dict[tuple[str, str], Mapping[str, Any]] = {}
    counted: dict[str, _Counted] = {}
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
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            found.problems.append(f"line {number}: cannot be read: {type(fault).__name__} {fault}")
    if not header:
        found.problems.append("the file is empty")
    found.problems += _compare(said, counted)
    return found


def _take(
    row: Mapping[str, Any],
    header: Mapping[str, Any],
    found: Recount,
    said: dict[tuple[str, str], Mapping[str, Any]],
    counted: dict[str, _Counted],
) -> bool:
    if "case" in row:
        found.cases += 1
        found.problems += take_hashes(row, found.events)
        for place in {header["place"], row["unit"]}:
            _count(row, header, counted.setdefault(place, _Counted()))
    elif "published" in row:
        found.published += 1
        told = row["published"]
        said[told["place"], told["figure"]] = {"good": told["good"], "whole": told["whole"]}
    else:
        return False
    return True


def _count(row: Mapping[str, Any], header: Mapping[str, Any], here: _Counted) -> None:
    """Count an event of the grid in the figures out of whose events it is."""
    since, until, clock = header["since"], header["until"], row["clock"]
    at = {move: [e["at"] for e in row["events"] if e["move"] == move and e["at"] < until]
          for move in MOVES}  # fmt: skip
    filed, closed = min(at["file"], default=""), max(at["pass_check"], default="")
    disposed = min([*at["dispose"], *at["settle"]], default="")
    ended = clock["ended"] if clock and clock["ended"] and clock["ended"] < until else ""
    on_time = bool(ended) and ended <= clock["due"]
    due = ended or (clock["due"] if clock and not clock["paused"] else "")
    for key, moment, good in (
        ("grid.on_time", due, on_time),
        ("grid.closing", filed, bool(closed)),
        ("grid.rework", disposed, bool(at["rework"])),
        ("grid.closing_on_time", closed if clock else "", on_time),
    ):
        if since <= moment < until:
            here.whole[key] += 1
            here.good[key] += good
    if filed and since <= disposed < until:
        here.whole[HOURS] += 1
        here.took += read_moment(disposed) - read_moment(filed)


def _compare(
    said: Mapping[tuple[str, str], Mapping[str, Any]], counted: Mapping[str, _Counted]
) -> Iterator[str]:
    for (place, figure), told in sorted(said.items()):
        again = counted.get(place, _Counted()).figure(figure)
        for name in ("good", "whole"):
            if told[name] != again[name]:
                column = f"{place} {figure}"
                yield f"{column}: {name} is {told[name]} as published, {again[name]} counted again"
    for place in sorted(counted.keys() - {place for place, _figure in said}):
        yield f"{place}: good is nothing as published, something counted again"
