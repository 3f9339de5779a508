"""Jobs of runtime."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job, periodic
from linli.runtime.services import long_jobs, running


@job("runtime.run_long_job", queue="long")
def run_long_job(job_id: int, attempt: int) -> None:
    """Run one long job."""
    running.run_job(job_id, attempt, clock=timezone.now)


@periodic("* * * * *")
@job("runtime.requeue_stale", queueing_lock="runtime.requeue_stale")
def requeue_stale(timestamp: int) -> None:
    """Take up long jobs whose worker died."""
    long_jobs.requeue_stale(now=timezone.now())
