"""Jobs of the queue whose worker died in the middle: taken up again, else their lock would never be let go.

The queue runs no job while another one with its lock is being done. Of a worker that was killed the job stays
in that state, and everything with that lock would wait for it for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import structlog
from django.db import transaction

from linli.kernel import sql
from linli.kernel.permits import open_to_all

log = structlog.get_logger()

# a worker shows every ten seconds that it lives; one without a sign for so long is taken for dead
SILENT = timedelta(seconds=60)
# a job that ends its worker time and again is left as failed, to be looked at
MOST_TRIES = 5
STALLED = """
SELECT j.id, j.task_name, CASE
       WHEN j.task_name = ANY(%(left_alone)s) OR EXISTS (
            SELECT 1 FROM procrastinate_jobs other
             WHERE other.queueing_lock = j.queueing_lock AND other.status = 'todo') THEN 'aborted'
       WHEN j.attempts + 1 >= %(most_tries)s THEN 'failed'
       ELSE 'todo' END
  FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
 WHERE j.status = 'doing' AND coalesce(w.last_heartbeat, (
        SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id), '-infinity')
       < clock_timestamp() - %(silent)s
 ORDER BY j.id LIMIT 1 FOR UPDATE OF j SKIP LOCKED
"""
# one that waits already is enough
ONCE_MORE = """
SELECT procrastinate_retry_job_v2(j.id, clock_timestamp(), NULL, NULL, NULL) FROM procrastinate_jobs j
 WHERE j.id = %s AND j.status = 'failed' AND NOT EXISTS (
    SELECT 1 FROM procrastinate_jobs other WHERE other.queueing_lock = j.queueing_lock AND other.status = 'todo')
"""
AGAIN = "SELECT procrastinate_retry_job_v2(%s, clock_timestamp(), NULL, NULL, NULL)"
END = "SELECT procrastinate_finish_job_v1(%s, %s::procrastinate_job_status, false)"
WAITS = "todo"


@open_to_all("upkeep of the queue itself: every job asks its own permits when it runs")
def take_up_stalled(*, left_alone: tuple[str, ...] = ()) -> list[str]:
    """Queue again what a dead worker was doing; return what became of each job.

    It is "todo" again; "failed" after MOST_TRIES, to be looked at; or "aborted", which nobody need look at:
    one that does the same waits already, or its task is one of `left_alone`, taken up in another way.
    """
    told: list[str] = []
    while True:
        with transaction.atomic():
            given = {"most_tries": MOST_TRIES, "left_alone": list(left_alone), "silent": SILENT}
            found = sql.tuples("jobs.stalled", STALLED, given)
            if not found:
                return told
            ((job_id, task, state),) = found
            if state == WAITS:
                sql.tuples("jobs.again", AGAIN, [job_id])
            else:
                sql.tuples("jobs.end", END, [job_id, state])
        log.warning("job of a dead worker", task=task, job=job_id, becomes=state)
        told.append(state)


@open_to_all(
    "for whoever runs the system, by the command line; every job asks its own permits when it runs"
)
@transaction.atomic
def run_again(job_ids: Sequence[int]) -> int:
    """Queue failed jobs once more, whose cause was mended; return how many."""
    return sum(len(sql.tuples("jobs.once_more", ONCE_MORE, [job_id])) for job_id in job_ids)
