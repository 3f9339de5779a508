"""The life of a long job."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.states import Machine, Move


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


LONG_JOB = Machine(
    JobState.QUEUED,
    [
        Move("begin", (JobState.QUEUED,), JobState.RUNNING),
        # the worker died: the job waits for another one
        Move("requeue", (JobState.RUNNING,), JobState.QUEUED),
        Move("finish", (JobState.RUNNING,), JobState.DONE),
        Move("fail", (JobState.RUNNING,), JobState.FAILED),
        Move("cancel", (JobState.QUEUED, JobState.RUNNING), JobState.CANCELLED),
    ],
    ends={JobState.DONE, JobState.FAILED, JobState.CANCELLED},
)
