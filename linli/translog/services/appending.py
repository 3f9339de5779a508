"""Entries: appended one behind the other under one lock, so call it last or from a job."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg import Cursor

from linli.kernel import locks, sql
from linli.kernel.canonical import canonical
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.sealing.commitments import NONCE
from linli.translog import rules, tree
from linli.translog.queries import nodes
from linli.translog.types import Entry

BY_OWNER = "the service that publishes the content asks for its own permit"
# what an entry is about: a public content, or the hash of one that is shown elsewhere
Content = Mapping[str, Any] | bytes


@open_to_all(BY_OWNER)
def append(
    kind: str, content: Content, *, actor: Actor, now: datetime, salt: bytes | None = None
) -> int:
    """Enter a content into the log; return the number of its entry, from 0.

    A mapping is public and shown with its proof. Of a content that is shown elsewhere, or to some
    only, give its 32-byte hash: then neither hash nor salt is public, and `queries.opening` gives
    them to whoever shows the content.
    """
    return append_many(kind, [content], actor=actor, now=now, salts=[salt])[0]


@open_to_all(BY_OWNER)
@transaction.atomic
def append_many(
    kind: str,
    contents: Sequence[Content],
    *,
    actor: Actor,
    now: datetime,
    salts: Sequence[bytes | None] = (),
) -> list[int]:
    """Enter many contents of one kind at once; commit at least every 5,000 of them."""
    locks.hold("translog.append")
    size = nodes.size()
    edge = tree.Frontier(size, nodes.peaks(size))
    given = [*salts, *[None] * (len(contents) - len(salts))]
    made = [
        _entry(size + n, kind, content, now, salt or os.urandom(NONCE))
        for n, (content, salt) in enumerate(zip(contents, given, strict=True))
    ]
    hashes = [tree.leaf_hash(entry.commitment) for entry in made]
    grown = [node for hash_ in hashes for node in edge.add(hash_)]
    _write(made, hashes, grown)
    return [entry.index for entry in made]


@open_to_all("part of the erasure by which the service that entered the content lets it go")
@transaction.atomic
def forget(index: int, *, reason: str, actor: Actor, now: datetime) -> int:
    """Destroy what opens an entry, and say so in the log; return the number of the new entry.

    Its commitment and every proof stay; nobody can tell any more what the entry was about. No page
    and no command does it (docs/adr/0023).
    """
    sql.execute("translog.role", "SET LOCAL ROLE linli_retention")
    sql.execute("translog.forget", "DELETE FROM translog_opening WHERE leaf_id = %s", [index])
    sql.execute("translog.role_back", "RESET ROLE")
    return append("erased", {"entry": index, "reason": reason}, actor=actor, now=now)


def _entry(index: int, kind: str, content: Content, now: datetime, salt: bytes) -> Entry:
    assert len(salt) == NONCE, "a salt has 32 bytes"
    is_public = not isinstance(content, bytes)
    hashed = rules.content_hash(content) if is_public else content
    assert isinstance(hashed, bytes)
    assert len(hashed) == 32, "a content is given whole or as its 32-byte hash"
    committed = rules.commit_to(kind, now, hashed, salt)
    shown = content if is_public else None
    return Entry(index, kind, now, committed, salt, hashed, shown, is_forgotten=False)


def _write(
    made: Iterable[Entry], hashes: Sequence[bytes], grown: Iterable[tuple[int, int, bytes]]
) -> None:
    whole = list(zip(made, hashes, strict=True))
    _copy(
        'COPY translog_leaf ("index", kind, at, commitment, hash) FROM STDIN',
        [(e.index, e.kind, e.at, e.commitment, hash_) for e, hash_ in whole],
    )
    _copy(
        "COPY translog_opening (leaf_id, salt, content_hash, content) FROM STDIN",
        [(e.index, e.salt, e.content_hash, _json(e.content)) for e, _ in whole],
    )
    _copy('COPY translog_node (level, "index", hash) FROM STDIN', grown)


def _json(content: Any) -> str | None:
    return None if content is None else canonical(content).decode()


def _copy(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    raw = connection.connection
    assert raw is not None
    with (
        connection.wrap_database_errors,
        Cursor(raw) as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)
