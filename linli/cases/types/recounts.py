"""What a file of figures comes to when it is counted again, whatever its format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

HASH = 64


@dataclass
class Recount:
    """What a file came to: how many cases (of a week: lines) it held, what was counted, and what does not agree.

    `events` are the hashes of its events by case and place in the chain. Of a published week there
    are `tokens` instead, which name no case, `week`, what was published, and its hash `digest`.
    """

    cases: int = 0
    published: int = 0
    counted: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    events: dict[tuple[str, int], str] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    week: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""


def take_hashes(row: Mapping[str, Any], known: dict[tuple[str, int], str]) -> Iterator[str]:
    """Yield what is wrong with a case's events as links of a chain; note their hashes."""
    last = 0
    for event in row["events"]:
        seq, made = event["seq"], event["hash"]
        if type(seq) is not int or seq <= last:
            yield f"{row['case']}: event {seq} stands in the wrong place"
        if len(made) != HASH or set(made) - set("0123456789abcdef"):
            yield f"{row['case']}: event {seq} has no hash"
        known[row["case"], seq] = made
        last = seq if type(seq) is int else last


def row_of_line(line: str | bytes) -> dict[str, Any] | None:
    """Return the object of a line, None for anything else."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None
