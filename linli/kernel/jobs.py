"""Jobs: queued in the transaction that causes them, run by the worker, safe to run twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from psycopg.types.json import Jsonb

from linli.kernel import sql
from linli.kernel.lanes import DEFAULT, LANES

F = TypeVar("F", bound=Callable[..., Any])
# a database that restarts, or somebody who holds a row, needs some seconds
TRIES, GROWING = 3, 4
QUEUE = """
SELECT procrastinate_defer_jobs_v1(ARRAY[
    ROW(%s::text, %s::text, %s::int, %s::text, NULL, %s, NULL)::procrastinate_job_to_defer_v1])
"""


def job(
    name: str,
    *,
    queue: str = DEFAULT,
    lock: str | None = None,
    queueing_lock: str | None = None,
    retry: int | None = None,
    pass_context: bool = False,
) -> Callable[[F], Any]:
    """Declare a job. `.defer(**ids)` queues it; arguments are ids and plain values.

    What fails is tried `retry` times more, after 4, 16, 64 … seconds: three times unless it holds a lock,
    for which others would wait as long, or is queued once at a time, and so comes again by itself.
    What asks systems outside says so (`queue=OUTSIDE`), as what goes through whole tables (`queue=NIGHT`).
    """
    assert queue in LANES, f"{name}: no worker takes jobs of {queue}"
    if retry is None:
        retry = TRIES if lock is None and queueing_lock is None else 0
    options: dict[str, Any] = {"pass_context": True} if pass_context else {}
    made: Callable[[F], Any] = app.task(
        name=name,
        queue=queue,
        lock=lock,
        queueing_lock=queueing_lock,
        retry=RetryStrategy(max_attempts=retry, exponential_wait=GROWING) if retry else False,
        **options,
    )

    def declared(function: F) -> Any:
        task = made(function)
        # with a queueing lock a second job is refused in words of the queue, which it knows best
        if queueing_lock is None:
            task.defer = partial(_queue, queue, name, task.priority, lock)
        return task

    return declared


def _queue(queue: str, name: str, priority: int, lock: str | None, /, **given: Any) -> None:
    """Queue a job without waiting for it: listeners do it in the transaction of every move."""
    sql.later("jobs.queue", QUEUE, [queue, name, priority, lock, Jsonb(given)])


EIGHT, EVERY = 8, "*"


def in_utc(cron: str) -> str:
    """Return a line in Shanghai's time (UTC+8, no summer time) as the queue counts it, in UTC.

    Refuses with ValueError what would mean another day in UTC, so that it is seen at import.
    """
    fields = cron.split()
    if len(fields) == 6:
        # seconds first or last: hours are not to be told apart, so only seconds may be set
        if sum(field != EVERY for field in fields) > 1:
            raise ValueError(f"{cron}: with seconds everything else is *")
        return cron
    if len(fields) != 5:
        raise ValueError(f"{cron}: five fields, or six with seconds")
    minute, hour, *days = fields
    if days == [EVERY] * 3 and hour == EVERY:
        return cron
    hours = _hours(hour)
    if days != [EVERY] * 3 and min(hours) < EIGHT:
        raise ValueError(f"{cron}: on certain days jobs begin at eight or later, Shanghai's time")
    return " ".join(
        [minute, ",".join(str(h) for h in sorted((h - EIGHT) % 24 for h in hours)), *days]
    )


def _hours(field: str) -> list[int]:
    """Return the hours that a field names: single ones, lists, ranges and steps."""
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        begin, end = (0, 23) if span == EVERY else (int(first), int(last or first))
        if step and not last and span != EVERY:
            end = 23
        found.update(range(begin, end + 1, int(step or 1)))
    if not found or max(found) > 23:
        raise ValueError(f"{field}: no hours of a day")
    return sorted(found)


def periodic(cron: str) -> Callable[[Any], Any]:
    """Queue the job by a cron line in Shanghai's time; five fields, or six with seconds."""
    return app.periodic(cron=in_utc(cron))
