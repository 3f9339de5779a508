"""Jobs of runtime."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job, periodic
from linli.kernel.lanes import LONG as LONG_LANE
from linli.runtime.services import long_jobs, running, stalled_jobs

LONG = "runtime.run_long_job"


@job(LONG, queue=LONG_LANE, retry=0)
def run_long_job(job_id: int, attempt: int) -> None:
    """Run one long job."""
    running.run_job(job_id, attempt, clock=timezone.now)


@periodic("* * * * *")
@job("runtime.requeue_stale", queueing_lock="runtime.requeue_stale")
def requeue_stale(timestamp: int) -> None:
    """Take up what workers that died were doing: jobs of the queue, and long jobs, which know how far they came."""
    stalled_jobs.take_up_stalled(left_alone=(LONG,))
    long_jobs.requeue_stale(now=timezone.now())
