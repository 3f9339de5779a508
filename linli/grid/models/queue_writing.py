"""How entries of queues are written: the entry and the counter of its queue in one message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from linli.grid.models.phones import PhoneQueue
from linli.kernel import sql

INSERT = """
WITH kept AS (
    INSERT INTO grid_queued (queue_id, seq, key, act, path, account_id, post_id, case_id, base_seq,
        phone_at, happened_at, received_at, is_clock_wrong, state, reason, why, edition)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', 1) RETURNING id
)
UPDATE grid_phonequeue SET next_seq = %s, waits = %s, used_on = %s WHERE id = %s
RETURNING (SELECT id FROM kept)
"""


RENEW = """
WITH kept AS (
    UPDATE grid_queued SET state = %s, reason = %s, case_id = coalesce(case_id, %s), said = NULL
     WHERE id = %s AND state = 'waiting' RETURNING id
)
UPDATE grid_phonequeue SET next_seq = %s, waits = %s, used_on = %s WHERE id = %s
RETURNING (SELECT id FROM kept)
"""


def renew_entry(values: Sequence[Any]) -> bool:
    """Give an entry that waited its turn; say whether it still waited."""
    return sql.tuples("grid.renewed", RENEW, values)[0][0] is not None


def insert_entry(values: Sequence[Any]) -> int:
    """Write an entry and its queue's counter in the order of INSERT; return the entry's id."""
    return int(sql.tuples("grid.queued", INSERT, values)[0][0])


def go_on(queue_id: int, next_seq: int) -> None:
    """Let a queue go on behind a place at which nothing is to be done."""
    PhoneQueue.objects.filter(pk=queue_id).update(next_seq=next_seq)
