"""Makers of long jobs, and other connections at the same moment, for everybody's tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.db import connection

from linli.kernel.errors import Refusal
from linli.kernel.permits import Actor
from linli.kernel.testing import VILLAGE, make_actor
from linli.runtime.models import LongJob
from linli.runtime.services import long_jobs
from linli.runtime.types import JOB_KINDS, JobKind, JobLink, JobRun

T = TypeVar("T")
CLERK = make_actor("clerk")


def count_to(run: JobRun) -> JobLink | None:
    """Count from the checkpoint to `upto`, telling each step; the work of a job in tests."""
    upto = int(run.params["upto"])
    for n in range(int(run.checkpoint.get("n", 0)) + 1, upto + 1):
        run.progress(n, upto, f"{n}", checkpoint={"n": n})
    return JobLink("runtime:job_list", (), "Jobs")


COUNTING = JobKind("runtime.counting", "Counting", count_to)


def make_long_job(
    *, now: datetime, actor: Actor = CLERK, params: Mapping[str, Any] | None = None
) -> LongJob:
    """Start a job that counts."""
    JOB_KINDS.add(COUNTING)
    return long_jobs.start_job(
        COUNTING.key, params=params or {"upto": 3}, place=VILLAGE, actor=actor, now=now
    )


class Elsewhere:
    """Runs a function in a thread with a connection of its own; `result()` waits for it."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._outcome: Any = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._outcome = self._function()
        except BaseException as error:
            self._error = error
        finally:
            connection.close()

    def is_waiting(self, seconds: float = 0.3) -> bool:
        """Say whether the function is still held up after a while."""
        self._thread.join(seconds)
        return self._thread.is_alive()

    def result(self, seconds: float = 20) -> Any:
        """Return what the function returned, or raise what it raised."""
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "still waiting"
        if self._error is not None:
            raise self._error
        return self._outcome


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do things at the same moment, each on a connection of its own; say what came of each.

    It is "" for what was done, else the code of the refusal.
    """
    barrier = threading.Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        barrier.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        return ""

    return [thread.result() for thread in [Elsewhere(partial(one, act)) for act in acts]]
