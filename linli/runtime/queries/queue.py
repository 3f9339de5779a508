"""What waits in the queue of jobs, what was left in the middle and what failed: for doctor, metrics and operators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel import metrics, sql
from linli.ui.formats import listed

# jobs that could run now and that nobody has taken yet
WAITING = """
SELECT j.queue_name, count(*),
    extract(epoch FROM max(clock_timestamp() - coalesce(j.scheduled_at, e.at)))::float
FROM procrastinate_jobs j
LEFT JOIN LATERAL (
    SELECT max(at) AS at FROM procrastinate_events
    WHERE job_id = j.id AND type IN ('deferred', 'deferred_for_retry')) e ON true
WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= clock_timestamp())
GROUP BY j.queue_name
"""
# what a dead worker was doing is taken up within two minutes, wherever one lives
ABANDONED = """
SELECT count(*) FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
 WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < clock_timestamp() - interval '5 minutes')
"""
FAILED = """
SELECT j.id, j.task_name AS task, j.args, j.attempts, e.at
  FROM procrastinate_jobs j
  JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events WHERE job_id = j.id) e ON true
 WHERE j.status = 'failed' AND e.at > clock_timestamp() - %(span)s::interval
   AND (%(task)s = '' OR j.task_name = %(task)s) AND j.id > %(after)s
 ORDER BY j.id LIMIT %(most)s
"""
COUNTED = """
SELECT j.task_name, count(*) FROM procrastinate_jobs j
 WHERE j.status = 'failed' AND (
    SELECT max(at) FROM procrastinate_events WHERE job_id = j.id) > clock_timestamp() - %s::interval
 GROUP BY 1 ORDER BY 1
"""
WEEK = timedelta(days=7)
MOST, EVERY = 500, timedelta(days=90)


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that was tried as often as it may be, and did not go well; `args` are ids and plain values."""

    id: int
    task: str
    args: dict[str, Any]
    attempts: int
    at: datetime


def waiting_jobs() -> list[tuple[str, int, float]]:
    """Return for each queue how many jobs wait, and how many seconds the oldest has waited."""
    return [(q, n, max(0.0, age or 0.0)) for q, n, age in sql.tuples("runtime.waiting", WAITING)]


def failed_jobs(*, task: str = "", span: timedelta = EVERY) -> Iterator[FailedJob]:
    """Yield all jobs that failed for good within a span, by their ids, some hundred in memory at a time."""
    after = 0
    while True:
        given = {"span": span, "task": task, "after": after, "most": MOST}
        found = sql.rows("runtime.failed", FAILED, given, FailedJob)
        yield from found
        if len(found) < MOST:
            return
        after = found[-1].id


def failed_counts(span: timedelta = WEEK) -> dict[str, int]:
    """Return how many jobs of each name failed for good within a span."""
    return dict(sql.tuples("runtime.failed_counts", COUNTED, [span]))


def faults() -> list[tuple[str, str]]:
    """Tell what `linli doctor` says of the queue: jobs that nobody takes up, and those that failed this week."""
    found = []
    ((count,),) = sql.tuples("runtime.abandoned", ABANDONED)
    if count:
        what = _(
            "%(count)s jobs were left in the middle by a worker that died, and no worker takes them up"
        )
        found.append(
            (str(what % {"count": count}), str(_("start the workers: linli up, or linli worker")))
        )
    failed = failed_counts()
    if failed:
        names = listed(f"{task} ({n})" for task, n in failed.items())
        what = _("jobs failed in the last seven days: %(names)s")
        mend = _("the log of the worker says why; once it is mended: linli jobs again")
        found.append((str(what % {"names": names}), str(mend)))
    return found


def offer_metrics() -> None:
    """Add what waits and what failed to /metrics."""
    metrics.offer(
        metrics.Gauge(
            "linli_jobs_waiting",
            "Jobs that nobody has taken yet",
            lambda: [((queue,), count) for queue, count, _age in waiting_jobs()],
            ("queue",),
        )
    )
    metrics.offer(
        metrics.Gauge(
            "linli_jobs_oldest_waiting_seconds",
            "Age of the oldest job that nobody has taken yet",
            lambda: [((queue,), age) for queue, _count, age in waiting_jobs()],
            ("queue",),
        )
    )
    metrics.offer(
        metrics.Gauge(
            "linli_jobs_failed",
            "Jobs that failed for good in the last seven days",
            lambda: [((), sum(failed_counts().values()))],
        )
    )
