"""What happened to long jobs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LongJobQueued:
    """A job waits for the worker. `attempt` tells the tries of one job apart."""

    job_id: int
    attempt: int


@dataclass(frozen=True, slots=True)
class LongJobEnded:
    """A job ended as done, failed or cancelled; whoever started it wants to know."""

    job_id: int
    code: str
    kind: str
    state: str
    account_id: int | None
    place: str
