"""Reactions of runtime to its own events: a queued long job goes to the worker."""

from __future__ import annotations

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from linli.runtime import tasks
from linli.runtime.events import LongJobQueued


def on_long_job_queued(event: LongJobQueued) -> None:
    """Queue the run once; an entry that already waits is enough."""
    queued = tasks.run_long_job.configure(
        queueing_lock=f"runtime.long_job.{event.job_id}.{event.attempt}"
    )
    try:
        with transaction.atomic():
            queued.defer(job_id=event.job_id, attempt=event.attempt)
    except AlreadyEnqueued:
        return
