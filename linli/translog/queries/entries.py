"""Entries as anybody may see them, one or many."""

from __future__ import annotations

import json
from typing import Any

from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.translog.types import Entry

ENTRY = """
SELECT l."index", l.kind, l.at, l.commitment,
    CASE WHEN o.content IS NOT NULL THEN o.salt END,
    CASE WHEN o.content IS NOT NULL THEN o.content_hash END,
    o.content::text, o.leaf_id IS NULL
FROM translog_leaf l LEFT JOIN translog_opening o ON o.leaf_id = l."index"
"""
ONE = ENTRY + 'WHERE l."index" = %s'
MANY = ENTRY + 'WHERE l."index" >= %s ORDER BY l."index" LIMIT %s'
NEWEST = (
    ENTRY + 'WHERE l."index" < %s AND (%s = \'\' OR l.kind = %s) ORDER BY l."index" DESC LIMIT %s'
)
KINDS = """
WITH RECURSIVE found (kind) AS (
    (SELECT min(kind) FROM translog_leaf)
    UNION ALL
    SELECT (SELECT min(l.kind) FROM translog_leaf l WHERE l.kind > found.kind)
    FROM found WHERE found.kind IS NOT NULL
)
SELECT kind FROM found WHERE kind IS NOT NULL
"""
OPENING = "SELECT salt, content_hash FROM translog_opening WHERE leaf_id = %s"


def get_entry(index: int) -> Entry:
    """Return one entry. Refuses with NotFound."""
    found = sql.tuples("translog.entry", ONE, [index])
    if not found:
        raise NotFound()
    return _entry(found[0])


def entries(first: int, most: int) -> list[Entry]:
    """Return entries from a number on, in order."""
    return [_entry(row) for row in sql.tuples("translog.entries", MANY, [first, most])]


def newest(before: int, most: int, kind: str = "") -> list[Entry]:
    """Return the last entries before a number, newest first."""
    found = sql.tuples("translog.newest", NEWEST, [before, kind, kind, most])
    return [_entry(row) for row in found]


def opening(index: int) -> tuple[bytes, bytes] | None:
    """Return (salt, content hash) of an entry, for those who show its content; None if forgotten."""
    found = sql.tuples("translog.opening", OPENING, [index])
    return (bytes(found[0][0]), bytes(found[0][1])) if found else None


def _entry(row: tuple[Any, ...]) -> Entry:
    index, kind, at, commitment, salt, hashed, content, is_forgotten = row
    return Entry(
        index,
        kind,
        at,
        bytes(commitment),
        None if salt is None else bytes(salt),
        None if hashed is None else bytes(hashed),
        None if content is None else json.loads(content),
        is_forgotten,
    )


def kinds() -> list[str]:
    """Return the kinds that occur in the log; one index step for each."""
    return [row[0] for row in sql.tuples("translog.kinds", KINDS)]
