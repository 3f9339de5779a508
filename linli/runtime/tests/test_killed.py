"""A worker that is killed in the middle of a long job: nothing told is lost, the rest is done once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from linli.kernel.permits import system_actor
from linli.runtime.models import LongJob
from linli.runtime.services import long_jobs, numbers, running
from linli.runtime.types import JOB_KINDS, JobKind, JobRun

STEPS = 6
WORKER = """
import django; django.setup()
from django.utils import timezone
from linli.runtime.services import running
from linli.runtime.tests import test_killed
test_killed.register(pause=0.3)
running.run_job({job}, 1, clock=timezone.now)
"""


def register(pause: float) -> None:
    def take_numbers(run: JobRun) -> None:
        for n in range(int(run.checkpoint.get("n", 0)) + 1, STEPS + 1):
            with transaction.atomic():
                numbers.next_number("KJ", "", 2026, now=timezone.now())
                run.progress(n, STEPS, checkpoint={"n": n})
            time.sleep(pause)

    JOB_KINDS._items["runtime.test_killed"] = JobKind("runtime.test_killed", "K", take_numbers)


@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_of_a_job_and_another_worker_ends_it() -> None:
    register(pause=0)
    job = long_jobs.start_job(
        "runtime.test_killed", params={}, place="", actor=system_actor("test"), now=timezone.now()
    )
    worker = start_worker(job)
    wait_until_done(job, 2)
    worker.send_signal(signal.SIGKILL)
    worker.wait()

    job.refresh_from_db()
    stood = job.done
    assert 2 <= stood < STEPS
    assert job.state == "running"
    later = timezone.now() + timedelta(minutes=1)
    assert long_jobs.requeue_stale(now=later) == [job.pk]
    running.run_job(job.pk, 2, clock=timezone.now)

    job.refresh_from_db()
    assert (job.state, job.done, job.attempt) == ("done", STEPS, 2)
    with transaction.atomic():
        assert numbers.next_value("KJ", "", 2026, now=later) == STEPS + 1


def start_worker(job: LongJob) -> subprocess.Popen[bytes]:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        "LINLI_DB_NAME": str(settings.DATABASES["default"]["NAME"]),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER.format(job=job.pk)], env=env)


def wait_until_done(job: LongJob, steps: int) -> None:
    until = time.monotonic() + 30
    while LongJob.objects.get(pk=job.pk).done < steps:
        assert time.monotonic() < until, "the worker did not begin"
        time.sleep(0.05)
