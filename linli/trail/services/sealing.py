"""The sealer: chains what no transaction can change any more, in the order of commits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg import Cursor

from linli.kernel import locks
from linli.kernel.errors import Busy
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.sealing.ring import ring
from linli.trail import rules
from linli.trail.queries import chain

BATCH = 5000
HASH_OF_SUITE = {"intl": "sha256", "sm": "sm3"}


@open_to_all("called by the worker every few seconds")
def seal_once(*, actor: Actor, now: datetime, most: int = 200_000) -> int:
    """Seal what is ready, batch by batch, and return how many rows; nothing if another one seals."""
    sealed = 0
    while sealed < most:
        try:
            with transaction.atomic():
                count = _seal_batch()
        except Busy:
            break
        sealed += count
        if count < BATCH:
            break
    return sealed


def _seal_batch() -> int:
    """Seal one batch; killed anywhere it leaves nothing half done and the next call goes on."""
    locks.try_hold("trail.seal")
    last, head = chain.last_link(), chain.head()
    rows = chain.ready_to_seal(last.position if last else (0, 0, 0), BATCH)
    if not rows:
        return 0
    algorithm = HASH_OF_SUITE[ring().suite.name]
    hashes = rules.chain(head.hash, rows, algorithm)
    with (
        connection.wrap_database_errors,
        Cursor(_raw()) as cursor,
        cursor.copy(
            "COPY trail_seal (seq, epoch, xid, entry_id, algorithm, hash) FROM STDIN"
        ) as copy,
    ):
        for seq, (row, hash_) in enumerate(zip(rows, hashes, strict=True), start=head.seq + 1):
            copy.write_row((seq, row.epoch, row.xid, row.line.id, algorithm, hash_))
    return len(rows)


def _raw() -> Any:
    assert connection.connection is not None
    return connection.connection
