"""How messages go."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from linli.kernel.permits import Actor, open_to_all

KEEP_MESSAGES = timedelta(days=365)
KEEP_DELIVERIES = timedelta(days=180)
KEEP_SIMULATED = timedelta(days=7)
BATCH = 2000
AGES = (
    ("notify_delivery", "created_at", KEEP_DELIVERIES),
    ("notify_message", "created_at", KEEP_MESSAGES),
    ("notify_simulatedsms", "at", KEEP_SIMULATED),
)


@open_to_all("the purge job is the system")
def forget_old(*, actor: Actor, now: datetime) -> int:
    """Delete deliveries after half a year and messages after a year, a batch at a time."""
    total = 0
    for table, column, keep in AGES:
        # the names are constants above
        sql = (
            f"DELETE FROM {table} WHERE id IN "  # noqa: S608
            f"(SELECT id FROM {table} WHERE {column} < %s ORDER BY id LIMIT %s)"
        )
        deleted = BATCH
        while deleted == BATCH:
            with connection.cursor() as cursor:
                if table == "notify_message":
                    _let_go_of_messages(now - keep)
                cursor.execute(sql, [now - keep, BATCH])
                deleted = int(cursor.rowcount)
            total += deleted
    return total


def _let_go_of_messages(before: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notify_delivery SET message_id = NULL WHERE message_id IN "
            "(SELECT id FROM notify_message WHERE created_at < %s ORDER BY id LIMIT %s)",
            [before, BATCH],
        )
