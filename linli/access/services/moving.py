"""Rows that carry a place's path follow when the place moves or merges."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from linli.kernel import locks
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record

# printed lists of rights stay as they were
TABLES = (
    "access_account",
    "access_givenright",
    "access_counterdevice",
    "access_resetrequest",
    "access_apitoken",
    "access_datarequest",
    "access_staffimport",
)
FOLLOW_ALONE = "UPDATE {table} SET path = %(new)s WHERE path = %(old)s"


@open_to_all("follows a change of places, whose own service asked for the permit")
@transaction.atomic
def rehouse(old: str, new: str, *, actor: Actor, now: datetime) -> int:
    """Let what hangs on a place hang on another; what hangs below goes with the place it hangs on.

    A move of the place itself rewrites these columns in its own transaction. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    locks.hold("access.moving")
    changed = 0
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(FOLLOW_ALONE.format(table=table), {"old": old, "new": new})
            changed += cursor.rowcount
    if changed:
        record(
            "access.followed_place", on=("access.paths", old), actor=actor, now=now, rows=changed
        )
    return changed
