"""Jobs: queued in the transaction that causes them, run by the worker, safe to run twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from procrastinate.contrib.django import app

F = TypeVar("F", bound=Callable[..., Any])


def job(
    name: str,
    *,
    queue: str = "default",
    lock: str | None = None,
    queueing_lock: str | None = None,
    retry: int = 0,
    pass_context: bool = False,
) -> Callable[[F], Any]:
    """Declare a job. `.defer(**ids)` queues it; arguments are ids and plain values."""
    options: dict[str, Any] = {"pass_context": True} if pass_context else {}
    made: Callable[[F], Any] = app.task(
        name=name,
        queue=queue,
        lock=lock,
        queueing_lock=queueing_lock,
        retry=retry or False,
        **options,
    )
    return made


def in_utc(cron: str) -> str:
    """Return a daily hour of Shanghai (UTC+8, no summer time) as the queue counts it, in UTC."""
    minute, hour, *rest = cron.split()
    if hour.isdigit() and rest == ["*", "*", "*"]:
        hour = str((int(hour) - 8) % 24)
    return " ".join([minute, hour, *rest])


def periodic(cron: str) -> Callable[[Any], Any]:
    """Queue the job by a cron expression; five fields, or six with seconds first or last."""
    return app.periodic(cron=in_utc(cron))
