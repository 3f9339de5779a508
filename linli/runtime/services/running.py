"""The worker's side of long jobs: run one, tell how far it is, stay alive, end it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from types import TracebackType
from typing import Any

import structlog
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel import scope
from linli.kernel.each import is_away
from linli.kernel.errors import Full, Refusal, busy_in, is_full
from linli.kernel.permits import Actor, open_to_all, system_actor
from linli.kernel.registries import RIGHTS_NOW
from linli.runtime import rules
from linli.runtime.errors import RightEnded
from linli.runtime.models import LongJob
from linli.runtime.services.long_jobs import actor_from_plain, end_job
from linli.runtime.states import LONG_JOB, JobState
from linli.runtime.types import JOB_KINDS, JobKind, JobLink

Clock = Callable[[], datetime]
WRITE_EVERY = 0.5
BROKEN = gettext_lazy("An error of the program stopped it. It was reported; nothing is half done.")
log = structlog.get_logger("linli.jobs")


class JobStopped(Exception):
    """The job was cancelled, or another worker has taken it over. Work lets this through."""


class Run:
    """One try of a long job, handed to the work. See types.JobRun."""

    def __init__(self, job: LongJob, kind: JobKind, clock: Clock) -> None:
        self.job_id, self.code, self.attempt = job.pk, job.code, job.attempt
        self.params: Mapping[str, Any] = dict(job.params)
        self.place = job.place
        self.checkpoint: Mapping[str, Any] = dict(job.checkpoint)
        system = kind.as_system or not job.actor
        self.actor: Actor = system_actor(job.kind) if system else actor_from_plain(job.actor)
        self._clock, self._written = clock, 0.0
        if not system:
            self.actor = self._with_rights_of_now()
        self._asked, self._permit = time.monotonic(), kind.permit

    def progress(
        self,
        done: int,
        total: int | None = None,
        text: str = "",
        checkpoint: Mapping[str, Any] | None = None,
    ) -> None:
        """Tell how far it is, twice a second at most. Raises JobStopped."""
        tick = time.monotonic()
        if checkpoint is None and done != total and tick - self._written < WRITE_EVERY:
            return
        self._written = tick
        self._refuse_ended(tick)
        new: dict[str, Any] = {"done": done, "text": text[:300], "heartbeat_at": self._clock()}
        if total is not None:
            new["total"] = total
        if checkpoint is not None:
            new["checkpoint"] = rules.as_plain(dict(checkpoint))
        mine = LongJob.objects.filter(pk=self.job_id, attempt=self.attempt)
        if not mine.filter(state=JobState.RUNNING, is_cancel_asked=False).update(**new):
            raise JobStopped

    def _with_rights_of_now(self) -> Actor:
        now: Actor | None = RIGHTS_NOW.call(self.actor, self._clock())
        return now or self.actor

    def _refuse_ended(self, tick: float) -> None:
        """Refuse with RightEnded once a right is gone with which the work goes on."""
        if self.actor.is_system or tick - self._asked < rules.RIGHTS_EVERY.total_seconds():
            return
        self._asked = tick
        left = self._with_rights_of_now()
        if self._permit is None:
            has_ended = left.grants != self.actor.grants
        else:
            has_ended = not left.may(self._permit, at=self.place)
        if has_ended:
            raise RightEnded()


class Heartbeat:
    """Says every few seconds that the worker lives, also while the work tells nothing."""

    def __init__(self, run: Run, clock: Clock) -> None:
        self._run, self._clock = run, clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        mine = LongJob.objects.filter(pk=self._run.job_id, attempt=self._run.attempt)
        try:
            while not self._stop.wait(rules.HEARTBEAT.total_seconds()):
                try:
                    mine.update(heartbeat_at=self._clock())
                except DatabaseError:
                    # the database restarts: the next beat tries a new connection
                    connection.close()
        finally:
            connection.close()


@open_to_all("the worker runs what its starter was allowed to start")
def run_job(job_id: int, attempt: int, *, clock: Clock) -> None:
    """Run one queued job to its end; a job that is gone, ended or taken over is left alone."""
    try:
        run, kind = _begin(job_id, attempt, clock)
    except Exception as error:
        if busy_in(error) is None and not is_away(error):
            # it would be queued and break again every two minutes, while its starter waits
            _give_up(job_id, attempt, clock)
        raise
    if run is None or kind is None:
        return
    try:
        with Heartbeat(run, clock), scope.acting(run.actor):
            link = kind.run(run)
    except JobStopped:
        _end(run, "cancel", clock)
    except Refusal as refusal:
        _end(run, "fail", clock, code=refusal.code, error=str(refusal))
    except Exception as error:
        if busy_in(error) is not None:
            # somebody else held what it needed: silent from now on, it is taken up where it stopped
            log.warning("long job waits", kind=kind.key, job=run.code)
            return
        log.exception("long job failed", kind=kind.key, job=run.code)
        if is_full(error):
            # each step stands or fell as a whole; started again, the work goes on behind the last
            _end(run, "fail", clock, code=Full.code, error=str(Full.message))
            raise
        _end(run, "fail", clock, code="error", error=str(BROKEN))
        raise
    else:
        _end(run, "finish", clock, link=link)


@transaction.atomic
def _begin(job_id: int, attempt: int, clock: Clock) -> tuple[Run | None, JobKind | None]:
    job = LongJob.objects.select_for_update().filter(pk=job_id, attempt=attempt).first()
    if job is None or job.state != JobState.QUEUED:
        return None, None
    kind = JOB_KINDS.get(job.kind)
    job.state = LONG_JOB.after(job.state, "begin")
    if kind is None:
        # of a version of the program before this one: nobody will ever run it
        job.error_code, job.error = (
            "unknown",
            _("This version of the program does not know it any more."),
        )
        end_job(job, "fail", now=clock())
        return None, None
    job.heartbeat_at = clock()
    job.began_at = job.began_at or job.heartbeat_at
    job.save(update_fields=["state", "heartbeat_at", "began_at"])
    return Run(job, kind, clock), kind


@transaction.atomic
def _give_up(job_id: int, attempt: int, clock: Clock) -> None:
    """End a job that cannot even begin."""
    held = LongJob.objects.select_for_update().filter(pk=job_id, attempt=attempt)
    job = held.filter(state=JobState.QUEUED).first()
    if job is None:
        return
    job.state = LONG_JOB.after(job.state, "begin")
    job.error_code, job.error = "error", str(BROKEN)
    end_job(job, "fail", now=clock())


@transaction.atomic
def _end(
    run: Run,
    move: str,
    clock: Clock,
    *,
    link: JobLink | None = None,
    code: str = "",
    error: str = "",
) -> None:
    job = LongJob.objects.select_for_update().get(pk=run.job_id)
    if job.attempt != run.attempt or job.state != JobState.RUNNING:
        return
    if move == "finish" and job.total is not None:
        job.done = job.total
    job.error_code, job.error = code, error
    job.result = asdict(link) if link else None
    end_job(job, move, now=clock())
