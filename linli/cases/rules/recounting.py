"""Published rates counted again from an exported file, in plain steps and without a database.

It shares no line with the statement of `queries/rates.py`: whoever doubts a rate reads this page or
writes another after `docs/formats/rates.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from linli.cases.types.recounts import Recount, row_of_line, take_hashes

FORMAT = "linli-rates-1"
NAMES = (
    "came", "reopened", "answered", "solved", "refused", "beyond", "referred", "withdrawn",
    "merged", "lapsed", "otherwise", "in_time", "late",
)  # fmt: skip
ENDS_WELL = ("solved", "refused")
OUTCOMES = NAMES[2:11]
GOOD = 3
HEADER = {"since", "until", "excludes"}


@dataclass
class _Reading:
    """A file while it is read."""

    found: Recount = field(default_factory=Recount)
    header: Mapping[str, Any] = field(default_factory=dict)
    said: dict[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)
    rates: Mapping[str, Any] = field(default_factory=dict)
    heard: dict[str, list[int]] = field(default_factory=lambda: {"rated": [0, 0], "called": [0, 0]})

    def take(self, row: Mapping[str, Any]) -> bool:
        """Take one line; say whether it is of a kind that is known."""
        if "case" in row:
            self.found.cases += 1
            self.found.problems += take_hashes(row, self.found.events)
            _count_case(row, self.header, self.found.counted)
        elif "rating" in row:
            _hear(self.heard["rated"], row["rating"], counts=_does_count(row["rating"]))
        elif "call" in row:
            _hear(self.heard["called"], row["call"], counts=True)
        elif "published" in row:
            self.found.published += 1
            told = row["published"]
            self.said[told["unit"], told["category"]] = told["counts"]
        elif "rates" in row:
            self.rates = row["rates"]
        else:
            return False
        return True


def recount(lines: Iterable[str | bytes]) -> Recount:
    """Count an exported file again and compare it with what it says was published."""
    reading = _Reading()
    problems = reading.found.problems
    for number, line in enumerate(lines, start=1):
        row = row_of_line(line)
        if number == 1:
            if row is None or row.get("format") != FORMAT or not row.keys() >= HEADER:
                problems.append(f"line 1: is no header of {FORMAT}")
                return reading.found
            reading.header = row
            continue
        try:
            if row is None or not reading.take(row):
                problems.append(f"line {number}: is of no kind that is known")
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as fault:
            problems.append(f"line {number}: cannot be read: {type(fault).__name__} {fault}")
    if not reading.header:
        problems.append("the file is empty")
        return reading.found
    problems += _compare(reading.said, reading.found.counted)
    problems += _compare_rates(reading.rates, reading.found, reading.header, reading.heard)
    return reading.found


def differing(found: Sequence[Recount]) -> Iterator[str]:
    """Yield what files contradict each other in: an event told otherwise, or counted in two weeks."""
    known: dict[tuple[str, int], str] = {}
    weeks: dict[str, str] = {}
    for one in found:
        week = f"{one.week.get('place')} {one.week.get('first')}"
        for token in one.tokens:
            if (before := weeks.setdefault(token, week)) != week:
                yield f"{week}: counts an event that was counted in {before}"
        for (number, seq), made in one.events.items():
            if known.setdefault((number, seq), made) != made:
                yield f"{number}: event {seq} is another than in an earlier file"


def _hear(pair: list[int], one: Mapping[str, Any], *, counts: bool) -> None:
    if counts:
        pair[1] += 1
        pair[0] += one["grade"] >= GOOD


def _does_count(rating: Mapping[str, Any]) -> bool:
    return bool(rating["counts"]) and not rating["excluded"]


def _count_case(
    row: Mapping[str, Any],
    header: Mapping[str, Any],
    counted: dict[tuple[str, str], dict[str, int]],
) -> None:
    events = sorted(row["events"], key=lambda event: event["seq"])
    events = [event for event in events if event["at"] < header["until"]]
    here = counted.setdefault((row["unit"], row["category"]), dict.fromkeys(NAMES, 0))
    for cycle in sorted({event["cycle"] for event in events}):
        for name in _of_cycle(cycle, events, header["since"]):
            here[name] += 1


def _of_cycle(cycle: int, events: list[Any], since: str) -> Iterator[str]:
    """Yield the columns in which a cycle is counted."""
    own = [event for event in events if event["cycle"] == cycle]
    if own[0]["at"] >= since:
        yield "came"
        if cycle > 1:
            yield "reopened"
    pile, came_at = _pile(own[-1]), own[-1]["at"]
    for event in reversed(own):
        if _pile(event) != pile:
            break
        came_at = event["at"]
    if pile == "open" or came_at < since:
        return
    stage = own[-1]["stage"]
    if stage in ("answered", *ENDS_WELL):
        yield stage
    else:
        yield own[-1]["state"] if own[-1]["state"] in OUTCOMES else "otherwise"
    if pile == "ended":
        clock = _last_clock(events, cycle)
        if clock in ("met", "late"):
            yield "in_time" if clock == "met" else "late"


def _pile(event: Mapping[str, Any]) -> str:
    return str(event["stage"]) if event["stage"] in ("open", "answered") else "ended"


def _last_clock(events: list[Any], cycle: int) -> str:
    states = [c["state"] for e in events for c in e.get("clocks", ()) if c["cycle"] == cycle]
    return str(states[-1]) if states else ""


def _compare(
    said: Mapping[tuple[str, str], Mapping[str, int]],
    counted: Mapping[tuple[str, str], Mapping[str, int]],
) -> Iterator[str]:
    nothing = dict.fromkeys(NAMES, 0)
    for key in sorted(said.keys() | counted.keys()):
        for name in NAMES:
            told, again = said.get(key, nothing).get(name, 0), counted.get(key, nothing)[name]
            if told != again:
                unit, category = key
                yield f"{unit} {category or '-'}: {name} is {told} as published, {again} counted again"


def _compare_rates(
    rates: Mapping[str, Any], found: Recount, header: Mapping[str, Any], heard: Mapping[str, Any]
) -> Iterator[str]:
    whole = {name: sum(c[name] for c in found.counted.values()) for name in NAMES}
    kept = [name for name in OUTCOMES if name not in header["excludes"]]
    again = {
        "solved": [
            sum(whole[name] for name in ENDS_WELL if name in kept),
            sum(whole[name] for name in kept),
        ],
        "in_time": [whole["in_time"], whole["in_time"] + whole["late"]],
        **heard,
    }
    for name, pair in again.items():
        if name not in rates:
            yield f"rate {name} is missing"
        elif list(rates[name]) != pair:
            told, made = "/".join(map(str, rates[name])), "/".join(map(str, pair))
            yield f"rate {name} is {told} as published, {made} counted again"
