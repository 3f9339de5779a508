"""Stored nodes of the tree: a handful by key for any root or proof, all in one read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from linli.kernel import sql
from linli.translog import tree

SIZE = 'SELECT "index" + 1 FROM translog_leaf ORDER BY "index" DESC LIMIT 1'
READ = """
SELECT 0 AS level, l."index", l.hash FROM translog_leaf l WHERE l."index" = ANY(%s::bigint[])
UNION ALL
SELECT n.level, n."index", n.hash
FROM unnest(%s::smallint[], %s::bigint[]) AS asked (level, "index")
JOIN translog_node n ON n.level = asked.level AND n."index" = asked."index"
"""


def size() -> int:
    """Return how many leaves there are."""
    found = sql.tuples("translog.size", SIZE)
    return int(found[0][0]) if found else 0


def read(wanted: Sequence[tree.Node]) -> Mapping[tree.Node, bytes]:
    """Return the hashes of nodes."""
    leaves = [index for level, index in wanted if level == 0]
    inner = [(level, index) for level, index in wanted if level > 0]
    rows = sql.tuples(
        "translog.nodes", READ, [leaves, [at for at, _ in inner], [index for _, index in inner]]
    )
    return {(level, index): bytes(hash_) for level, index, hash_ in rows}


def peaks(count: int) -> list[bytes]:
    """Return the roots of the full subtrees that make up the first `count` leaves."""
    wanted = tree.cover(0, count)
    found = read(wanted)
    return [found[node] for node in wanted]


def root(count: int) -> bytes:
    """Return the root over the first `count` leaves."""
    return tree.fold(peaks(count))
