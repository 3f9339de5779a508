"""A transaction that any refusal undoes as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from linli.kernel.sql.statements import own_connection


@contextmanager
def undone_whole() -> Iterator[None]:
    """Let the blocks right below the running one set no savepoint: an error in one of them undoes all of it.

    For a request that answers an error with nothing kept. Whoever catches one there and goes on asking the
    database is told so by Django (TransactionManagementError). The way back is a block of one's own with
    the `try` inside it: what stands in that block sets savepoints again.
    """
    db = own_connection()
    before, db.whole_at = db.whole_at, len(db.savepoint_ids)
    try:
        yield
    finally:
        db.whole_at = before
