"""Epochs: one life of the database. Transaction numbers start low again after a restore elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.kernel import locks, sql
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services.recording import record

CLUSTER = "SELECT system_identifier FROM pg_control_system()"
LAST = "SELECT number, cluster FROM trail_epoch ORDER BY number DESC LIMIT 1"


@open_to_all("called by restore, before anything else runs")
@transaction.atomic
def begin_epoch(*, actor: Actor, now: datetime) -> int:
    """Begin a new epoch after a restore, and record it as its first entry.

    Nothing else may write meanwhile: a row of the old epoch that comes later looks inserted.
    """
    locks.hold("trail.seal")
    last = sql.tuples("trail.last_epoch", LAST)
    number = last[0][0] + 1 if last else 1
    sql.execute(
        "trail.begin_epoch",
        "INSERT INTO trail_epoch (number, cluster, began_at) "
        "SELECT %s, system_identifier, %s FROM pg_control_system()",
        [number, now],
    )
    record("trail.epoch", on=("trail.epoch", number), actor=actor, now=now, number=number)
    return number


@open_to_all("called at every start")
def ensure_epoch(*, actor: Actor, now: datetime) -> int:
    """Begin a new epoch if the database has moved to another cluster since the last one."""
    last = sql.tuples("trail.last_epoch", LAST)
    if last and last[0][1] == sql.tuples("trail.cluster", CLUSTER)[0][0]:
        number: int = last[0][0]
        return number
    return begin_epoch(actor=actor, now=now)
