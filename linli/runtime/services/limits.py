"""Rate limits: one stored time per subject, one statement per try, no counting of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings

from linli.kernel import sql
from linli.kernel.errors import TooMany
from linli.kernel.permits import open_to_all
from linli.kernel.sealing.suites import keyed
from linli.runtime.rules import whole_seconds
from linli.runtime.types import Rate

# The arithmetic of rules.gcra. A refused try writes nothing, nor does any after it, so that a flood
# leaves no dead rows.
TAKE = """
taken{n} AS (
    INSERT INTO runtime_ratelimit AS r (bucket, subject, arrival)
    SELECT %(bucket{n})s::text, %(subject{n})s::bytea, %(now)s + %(interval{n})s{quickly} WHERE {all_before}
    ON CONFLICT (bucket, subject) DO UPDATE
    SET arrival = %(interval{n})s + CASE
        WHEN r.arrival > %(now)s + %(tolerance{n})s + %(interval{n})s THEN %(now)s
        ELSE greatest(r.arrival, %(now)s) END
    WHERE r.arrival <= %(now)s + %(tolerance{n})s
       OR r.arrival > %(now)s + %(tolerance{n})s + %(interval{n})s
    RETURNING arrival
)"""
# Nobody waits until the disk has a count that stands alone: what a power cut takes is half a second of
# tries. It holds for this statement's own transaction only.
QUICKLY = "quickly AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS said), "
# what the claim of a request's key goes by, which is sent before anybody here knows (services/idempotency.py)
TAKEN = "linli.taken"
# what was there before is looked for only where nothing was taken
TOLD = """(SELECT arrival FROM taken{n}), CASE WHEN NOT EXISTS (SELECT FROM taken{n}) THEN
    (SELECT arrival FROM runtime_ratelimit WHERE bucket = %(bucket{n})s AND subject = %(subject{n})s) END"""


GIVE_BACK = """
UPDATE runtime_ratelimit SET arrival = arrival - %(interval)s
 WHERE bucket = %(bucket)s AND subject = %(subject)s
"""


@dataclass(frozen=True, slots=True)
class Try:
    """One try of a subject against the limit of a bucket."""

    bucket: str
    subject: str
    rate: Rate


BEFORE_RIGHTS = "a limit is asked before it is known who may do what"


@open_to_all(BEFORE_RIGHTS)
def take(bucket: str, subject: str, *, rate: Rate, now: datetime) -> None:
    """Count one try of a subject, or refuse.

    Call it before the transaction of the act: inside it, the count would be undone with a refused
    act, and the row of a busy bucket would stay locked until its end.
    Refuses with TooMany, which tells the seconds to wait.
    """
    take_all([Try(bucket, subject, rate)], now=now)


@open_to_all(BEFORE_RIGHTS)
def take_all(tries: Sequence[Try], *, now: datetime) -> None:
    """Count a try against several limits, each in a bucket of its own; none after one that refuses.

    One statement. Refuses with TooMany for the first that is used up, which tells its bucket.
    """
    begin_all(tries, now=now)()


@open_to_all(BEFORE_RIGHTS)
def begin_all(tries: Sequence[Try], *, now: datetime) -> Callable[[], None]:
    """Begin what `take_all` does, and go on; what is returned waits for it and refuses with TooMany."""
    given: dict[str, Any] = {"now": now}
    for n, one in enumerate(tries):
        given[f"bucket{n}"], given[f"interval{n}"] = one.bucket, one.rate.interval
        given[f"subject{n}"] = subject_digest(one.bucket, one.subject)
        given[f"tolerance{n}"] = one.rate.tolerance
    statement = _taking(len(tries), is_alone=not sql.in_transaction())
    asked = sql.ask("limits.take", statement, given, tuple, is_apart=True)

    def taken() -> None:
        ((*told, _said),) = asked.result().rows
        for one, arrival, before in zip(tries, told[::2], told[1::2], strict=True):
            if arrival is None:
                wait = before - now - one.rate.tolerance if before else one.rate.interval
                raise TooMany(retry_after=whole_seconds(wait), bucket=one.bucket)

    return taken


@cache
def _taking(count: int, *, is_alone: bool) -> str:
    """Return the statement for so many tries; what is alone is a transaction of its own."""
    steps = [
        TAKE.format(
            n=n,
            all_before=f"EXISTS (SELECT FROM taken{n - 1})" if n else "true",
            quickly=" FROM quickly" if is_alone and not n else "",
        )
        for n in range(count)
    ]
    told = ", ".join(TOLD.format(n=n) for n in range(count))
    said = f"set_config('{TAKEN}', (EXISTS (SELECT FROM taken{count - 1}))::text, false)"
    return f"WITH {QUICKLY if is_alone else ''}{', '.join(steps)} SELECT {told}, {said}"


@open_to_all(BEFORE_RIGHTS)
def give_back(bucket: str, subject: str, *, rate: Rate) -> None:
    """Undo one `take`: what was tried came to nothing, and the limit is for what was taken alone."""
    given = {
        "bucket": bucket, "subject": subject_digest(bucket, subject), "interval": rate.interval,
    }  # fmt: skip
    sql.execute("limits.give_back", GIVE_BACK, given)


def subject_digest(bucket: str, subject: str) -> bytes:
    """Return what stands for a subject in the table: unreadable without the server's secret."""
    code = keyed(settings.SECRET_KEY.encode(), b"limit\x1f")
    return code(f"{bucket}\x1f{subject}".encode())[:16]
