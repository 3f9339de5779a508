"""Signed heads and the proofs that tie entries and heads together."""

from __future__ import annotations

from typing import Any

from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.translog import rules, tree
from linli.translog.errors import HeadsReversed, NoSuchHead, NotSignedYet
from linli.translog.models import LogName, TreeHead
from linli.translog.queries import nodes
from linli.translog.types import Proof, SignedHead

NEWEST = Keyset("newest", ("-id",))
HEAD = "SELECT size, root, at, public_key, note FROM translog_treehead "
TRAIL_HEADS = """
SELECT (o.content->>'entries')::bigint, o.content->>'hash'
FROM translog_leaf l JOIN translog_opening o ON o.leaf_id = l."index"
WHERE l.kind = 'trail.head' AND o.content IS NOT NULL ORDER BY l."index"
"""
# an entry that says that the log goes on under a new name since a restore
ANEW = "log.anew"
BEGUN_ANEW = """
SELECT o.content->>'before', o.content->>'kept' FROM translog_leaf l
JOIN translog_opening o ON o.leaf_id = l."index" WHERE l.kind = 'log.anew' ORDER BY l."index"
"""
KEYS = """
SELECT split_part(note, E'\\n', 1), public_key FROM translog_treehead GROUP BY 1, 2 ORDER BY min(id)
"""
LAST_TRAIL_HEAD = TRAIL_HEADS + "DESC LIMIT 1"


def latest() -> SignedHead | None:
    """Return the last signed head, if there is one."""
    return _head(sql.tuples("translog.latest", HEAD + "ORDER BY id DESC LIMIT 1"))


def head_of_size(size: int) -> SignedHead:
    """Return the signed head of a size. Refuses with NoSuchHead."""
    found = _head(sql.tuples("translog.head", HEAD + "WHERE size = %s ORDER BY id LIMIT 1", [size]))
    if found is None:
        raise NoSuchHead(size=size)
    return found


def heads_page(*, cursor: str | None = None, limit: int = 50) -> Page[TreeHead]:
    """Return a page of heads, newest first."""
    return page_of(TreeHead.objects.all(), NEWEST, cursor=cursor, limit=limit)


def inclusion(index: int, size: int | None = None) -> Proof:
    """Return the proof of an entry under the head of a size, or the latest.

    Refuses with NotFound, NotSignedYet, NoSuchHead.
    """
    if not 0 <= index < nodes.size():
        raise NotFound()
    head = latest() if size is None else head_of_size(size)
    if head is None or head.size <= index:
        raise NotSignedYet(index=index)
    path = tree.inclusion_proof(index, head.size, nodes.read)
    return Proof(index, nodes.read([(0, index)])[0, index], tuple(path), head)


def consistency(old: int, new: int | None = None) -> tuple[SignedHead, SignedHead, list[bytes]]:
    """Return two heads and the proof that the newer tree begins with the older.

    Refuses with NoSuchHead, HeadsReversed.
    """
    newer = latest() if new is None else head_of_size(new)
    if newer is None:
        raise NoSuchHead(size=old)
    older = head_of_size(old)
    if older.size > newer.size:
        raise HeadsReversed(new=newer.size)
    return older, newer, tree.consistency_proof(older.size, newer.size, nodes.read)


def trail_heads() -> dict[int, bytes]:
    """Return every head of the trail that is in the log: number of sealed entries → hash."""
    return {seq: bytes.fromhex(hash_) for seq, hash_ in sql.tuples("translog.trail", TRAIL_HEADS)}


def last_trail_head() -> int:
    """Return how many entries the last trail head in the log covers."""
    found = sql.tuples("translog.last_trail", LAST_TRAIL_HEAD)
    return int(found[0][0]) if found else 0


def origin() -> str:
    """Return the name under which this log signs, or nothing before its first head."""
    before = [name for name, _kept in earlier_names()]
    known = LogName.objects.exclude(origin__in=before).order_by("made_at").last()
    return known.origin if known else ""


def earlier_names() -> list[tuple[str, int]]:
    """Return the names under which it signed before a restore, each with how many entries were kept of it."""
    return [(name, int(kept)) for name, kept in sql.tuples("translog.anew", BEGUN_ANEW)]


def verifier_keys() -> list[str]:
    """Return every key that signed a head, oldest first, each with the name under which it signed."""
    return [rules.verifier_key(name, bytes(key)) for name, key in sql.tuples("translog.keys", KEYS)]


def _head(rows: list[tuple[Any, ...]]) -> SignedHead | None:
    if not rows:
        return None
    size, root, at, public, note = rows[0]
    return SignedHead(size, bytes(root), at, bytes(public), note)
