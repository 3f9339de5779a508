"""Advisory locks for scarce things, held until the transaction ends."""

from __future__ import annotations

import hashlib

from django.db import connection

from linli.kernel import sql
from linli.kernel.errors import Busy


def key_of(name: str, *ids: object) -> int:
    """Return the signed 64-bit lock key of a named thing."""
    text = "\x1f".join([name, *map(str, ids)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)


def hold(name: str, *ids: object) -> None:
    """Wait for the lock and keep it until commit or rollback.

    Take locks once per transaction, before anything is decided, several of them in sorted order.
    """
    assert connection.in_atomic_block, "a lock without a transaction is gone at once"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key_of(name, *ids)])


def hold_ahead(name: str, *ids: object) -> None:
    """Ask for the lock and go on: what is asked next on the connection waits for it (docs/adr/0018).

    For a lock that stands right before the read it guards: both are answered in one message.
    """
    assert connection.in_atomic_block, "a lock without a transaction is gone at once"
    sql.later("locks.hold", "SELECT pg_advisory_xact_lock(%s::bigint)", [key_of(name, *ids)])


def try_hold(name: str, *ids: object) -> None:
    """Take the lock or refuse with Busy at once."""
    assert connection.in_atomic_block, "a lock without a transaction is gone at once"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key_of(name, *ids)])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise Busy()
