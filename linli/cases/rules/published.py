"""A weekly report held against the counts of its own file: its tables, its steps, what it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from linli.cases.rules.weekly import Grouped, grouped, step_of
from linli.kernel.canonical import canonical

# on no public list, so in no report; a report ends in no other way
NOT_TOLD = ("came", "reopened", "withdrawn", "otherwise", "in_time", "late")


def digest_of(week: Mapping[str, Any]) -> str:
    """Return the hash under which a report was published. Raises ValueError, TypeError for none."""
    return hashlib.sha256(canonical(dict(week))).hexdigest()


def faults_of_week(
    week: Mapping[str, Any],
    events: str,
    counted: Mapping[tuple[str, str], Mapping[str, int]],
    rated: Sequence[int],
) -> Iterator[str]:
    """Yield what a published week says otherwise than the lines before it, whose hash is `events`."""
    if week.get("events") != events:
        yield "the week rests on other lines than those of this file"
    came: dict[str, int] = {}
    whole: dict[str, int] = {}
    for (_unit, category), counts in counted.items():
        came[category] = came.get(category, 0) + counts["came"]
        for name, count in counts.items():
            whole[name] = whole.get(name, 0) + count
    outcomes = {name: count for name, count in whole.items() if name not in NOT_TOLD}
    yield from _table("came", week, came)
    yield from _table("outcomes", week, outcomes)
    ended = whole.get("in_time", 0) + whole.get("late", 0)
    least = week["least"]
    for name, again in (
        ("in_time", step_of(whole.get("in_time", 0), ended, least)),
        ("rated", step_of(rated[0], rated[1], least)),
    ):
        if week[name] != again:
            yield f"week: {name} is {week[name]} as published, {again} counted again"


def _table(name: str, week: Mapping[str, Any], cells: Mapping[str, int]) -> Iterator[str]:
    told = week[name]
    rows = {row["code"]: row["count"] for row in told["rows"]}
    again = grouped(cells, told["of"], week["least"])
    if Grouped(told["total"], rows, told["rest"]) != again:
        yield f"week: the table {name} is not what its file comes to"
