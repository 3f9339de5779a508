"""Jobs of runtime."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job, periodic
from linli.runtime.services import idempotency, limits, long_jobs, running


@job("runtime.run_long_job", queue="long")
def run_long_job(job_id: int, attempt: int) -> None:
    """Run one long job."""
    running.run_job(job_id, attempt, clock=timezone.now)


@periodic("* * * * *")
@job("runtime.requeue_stale", queueing_lock="runtime.requeue_stale")
def requeue_stale(timestamp: int) -> None:
    """Take up long jobs whose worker died."""
    long_jobs.requeue_stale(now=timezone.now())


@periodic("17 3 * * *")
@job("runtime.forget_old", queueing_lock="runtime.forget_old")
def forget_old(timestamp: int) -> None:
    """Forget keys, limits and ended jobs that nobody needs any more."""
    now = timezone.now()
    idempotency.forget_old(now=now)
    limits.forget_old(now=now)
    long_jobs.forget_ended(now=now)
