"""The log as a file that anybody checks without us (docs/formats/transparency-log.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from linli.kernel import sql
from linli.translog import rules
from linli.translog.queries import nodes
from linli.translog.queries.entries import entries
from linli.translog.queries.heads import earlier_names, origin, verifier_keys
from linli.translog.types import Entry

FORMAT = "linli-log-1"
AT_ONCE = 1000
# entries in one file of the public download
PART = 10_000
HEADS = "SELECT size, note FROM translog_treehead WHERE size > %s AND size <= %s ORDER BY size, id"


def lines(first: int = 0, most: int | None = None) -> Iterator[str]:
    """Yield the lines of an export: a head line, entries in order, signed heads where they fit."""
    size = nodes.size()
    end = size if most is None else min(size, first + most)
    yield _line(_head(first, end - first))
    while first < end:
        batch = entries(first, min(AT_ONCE, end - first))
        heads = sql.tuples("translog.export_heads", HEADS, [first, first + len(batch)])
        for entry in batch:
            yield _line(_said(entry))
            while heads and heads[0][0] == entry.index + 1:
                yield _line({"head": heads.pop(0)[1]})
        first += len(batch)


def _head(first: int, count: int) -> dict[str, Any]:
    head: dict[str, Any] = {
        "format": FORMAT,
        "origin": origin(),
        "keys": verifier_keys(),
        "first": first,
        "count": count,
    }
    if names := earlier_names():
        head["earlier"] = [{"origin": name, "until": kept} for name, kept in names]
    if first:
        head["before"] = [peak.hex() for peak in nodes.peaks(first)]
    return head


def _said(entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = {
        "entry": entry.index,
        "kind": entry.kind,
        "at": rules.moment(entry.at),
        "commitment": entry.commitment.hex(),
    }
    if entry.salt is not None:
        said |= {"salt": entry.salt.hex(), "content": entry.content}
    if entry.is_forgotten:
        said["forgotten"] = True
    return said


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
