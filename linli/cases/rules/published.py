"""The public file of a week: what is told of it, each thing in a line of its own, tied to no other.

A line names the column and the cell in which something counts, and the event by a token. No case,
no day and no second column stands beside it, so whoever adds lines up finds the cells of the page
and nothing smaller. docs/adr/0020 says why.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from linli.cases.rules.weekly import Share
from linli.kernel.canonical import canonical

FORMAT = "linli-week-lines-1"
# the columns whose events are told, and those whose lines stand without any
TABLES, SHARES = ("came", "outcomes"), ("in_time", "rated")
# a cell that is too small for a name of its own
REST = "*"
# on no public list, so in no report; reports end in no other way
UNTOLD = ("", "withdrawn", "otherwise")
YES, NO, OPEN = "yes", "no", ""


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a public report that counts in a week.

    `came` is the hash of its first event if that was in the week, `ended` of the one by which it
    came to its outcome there.
    """

    category: str
    outcome: str = ""
    came: bytes = b""
    ended: bytes = b""


def digest_of(week: Mapping[str, Any]) -> str:
    """Return the hash under which a report was published. Raises ValueError, TypeError for none."""
    return hashlib.sha256(canonical(dict(week))).hexdigest()


def token_of(column: str, event: bytes) -> str:
    """Return what stands for an event in a column: another in each, so that no two are tied."""
    return hashlib.sha256(f"linli week {column}\n".encode() + event).hexdigest()


def cells_of(rounds: Iterable[Round]) -> dict[str, list[tuple[str, bytes]]]:
    """Return by table the (cell, event) that count in it."""
    known = list(rounds)
    return {
        "came": [(one.category, one.came) for one in known if one.came],
        "outcomes": [(one.outcome, one.ended) for one in known if one.outcome not in UNTOLD],
    }


def counts_of(cells: Iterable[tuple[str, bytes]]) -> dict[str, int]:
    """Return how many events each cell holds."""
    return dict(Counter(cell for cell, _event in cells))


def lines_of_week(
    week: Mapping[str, Any],
    cells: Mapping[str, Iterable[tuple[str, bytes]]],
    shares: Mapping[str, Share],
) -> Iterator[dict[str, Any]]:
    """Yield the lines of a week before its report; in each cell in the order of their tokens."""
    yield {"format": FORMAT, **{key: week[key] for key in ("place", "first", "last", "least")}}
    for name in TABLES:
        if week[name]["total"] is not None:
            named = {row["code"] for row in week[name]["rows"]}
            told = [(c if c in named else REST, token_of(name, e)) for c, e in cells[name]]
            yield from ({name: cell, "event": token} for cell, token in sorted(told))
    for name in SHARES:
        share = shares[name]
        mark = YES if share.step else NO
        marks = [mark] * share.marked + [OPEN] * (share.of - share.marked)
        yield from ({name: one} for one in marks)
