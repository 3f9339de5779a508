"""Rate limits: one stored time per subject, one statement per try, no counting of rows."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Any

from django.conf import settings

from linli.kernel import sql
from linli.kernel.errors import TooMany
from linli.kernel.permits import open_to_all
from linli.runtime.rules import whole_seconds
from linli.runtime.types import Rate

# The arithmetic of rules.gcra. A refused try writes nothing, so that a flood leaves no dead rows.
TAKE = """
WITH taken AS (
    INSERT INTO runtime_ratelimit AS r (bucket, subject, arrival)
    VALUES (%(bucket)s, %(subject)s, %(now)s + %(interval)s)
    ON CONFLICT (bucket, subject) DO UPDATE
    SET arrival = %(interval)s + CASE
        WHEN r.arrival > %(now)s + %(tolerance)s + %(interval)s THEN %(now)s
        ELSE greatest(r.arrival, %(now)s) END
    WHERE r.arrival <= %(now)s + %(tolerance)s
       OR r.arrival > %(now)s + %(tolerance)s + %(interval)s
    RETURNING arrival
)
SELECT (SELECT arrival FROM taken),
       (SELECT arrival FROM runtime_ratelimit WHERE bucket = %(bucket)s AND subject = %(subject)s)
"""


GIVE_BACK = """
UPDATE runtime_ratelimit SET arrival = arrival - %(interval)s
 WHERE bucket = %(bucket)s AND subject = %(subject)s
"""
BEFORE_RIGHTS = "a limit is asked before it is known who may do what"


@open_to_all(BEFORE_RIGHTS)
def take(bucket: str, subject: str, *, rate: Rate, now: datetime) -> None:
    """Count one try of a subject, or refuse.

    Call it before the transaction of the act: inside it, the count would be undone with a refused
    act, and the row of a busy bucket would stay locked until its end.
    Refuses with TooMany, which tells the seconds to wait.
    """
    given: dict[str, Any] = {
        "bucket": bucket,
        "subject": subject_digest(bucket, subject),
        "now": now,
        "interval": rate.interval,
        "tolerance": rate.tolerance,
    }
    ((taken, before),) = sql.tuples("limits.take", TAKE, given)
    if taken is None:
        wait = before - now - rate.tolerance if before else rate.interval
        raise TooMany(retry_after=whole_seconds(wait), bucket=bucket)


@open_to_all(BEFORE_RIGHTS)
def give_back(bucket: str, subject: str, *, rate: Rate) -> None:
    """Undo one `take`: what was tried came to nothing, and the limit is for what was taken alone."""
    given = {
        "bucket": bucket, "subject": subject_digest(bucket, subject), "interval": rate.interval,
    }  # fmt: skip
    sql.execute("limits.give_back", GIVE_BACK, given)


def subject_digest(bucket: str, subject: str) -> bytes:
    """Return what stands for a subject in the table: unreadable without the server's secret."""
    text = f"limit\x1f{bucket}\x1f{subject}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), text, hashlib.sha256)[:16]
