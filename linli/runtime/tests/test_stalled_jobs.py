"""A worker killed in the middle of a job that holds a lock: the job is run again, and the lock is let go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from linli.kernel import sql
from linli.kernel.jobs import job
from linli.runtime.queries import queue
from linli.runtime.services.stalled_jobs import MOST_TRIES, SILENT, run_again, take_up_stalled

LOCK = "runtime.test_stalled"
DEFER = """INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status, attempts, worker_id)
VALUES ('test_stalled', %s, %s, %s, %s, %s::procrastinate_job_status, %s, %s) RETURNING id"""
STATE = "SELECT status::text, attempts FROM procrastinate_jobs WHERE id = %s"
WORKER = """
import asyncio, time, sys
import django; django.setup()
from pathlib import Path
from procrastinate.contrib.django import app

@app.task(name="runtime.test_stalled")
def stalled(mark, seconds):
    Path(mark).touch()
    time.sleep(seconds)

async def work():
    with app.replace_connector(app.connector.get_worker_connector()):
        async with app.open_async():
            await app.run_worker_async(
                queues=["test_stalled"], wait=sys.argv[1] == "wait", concurrency=1, delete_jobs="never",
                install_signal_handlers=False)

asyncio.run(work())
"""


def queued(
    task: str = "runtime.test_stalled", *, lock: str | None = LOCK, once: str | None = None,
    args: str = "{}", state: str = "todo", attempts: int = 0, worker: int | None = None,
) -> int:  # fmt: skip
    ((pk,),) = sql.tuples("test.defer", DEFER, [task, lock, once, args, state, attempts, worker])
    return int(pk)


def state_of(job: int) -> tuple[str, int]:
    ((state, attempts),) = sql.tuples("test.state", STATE, [job])
    return state, attempts


def worker(*, silent_for: timedelta) -> int:
    ((pk,),) = sql.tuples(
        "test.worker",
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (clock_timestamp() - %s) RETURNING id",
        [silent_for],
    )
    return int(pk)


@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_of_a_locked_job_does_not_hold_up_what_comes_after(
    tmp_path: Path,
) -> None:
    marks = tmp_path / "first", tmp_path / "second"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE queue_name = 'test_stalled'")
    killed = queued(args=f'{{"mark": "{marks[0]}", "seconds": 60}}')
    after = queued(args=f'{{"mark": "{marks[1]}", "seconds": 0}}')
    process = started("wait")
    until(marks[0].exists)
    process.send_signal(signal.SIGKILL)
    process.wait()
    started("no").wait(60)  # a worker that takes what it may, and ends

    stood = state_of(killed)[0], state_of(after)[0], marks[1].exists()
    sql.execute(
        "test.age",
        "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - %s",
        [SILENT * 2],
    )
    # the second run of the killed job ends at once
    sql.execute(
        "test.short",
        "UPDATE procrastinate_jobs SET args = args || '{\"seconds\": 0}' WHERE id = %s",
        [killed],
    )
    told = take_up_stalled()
    started("no").wait(60)

    assert stood == ("doing", "todo", False)
    assert told == ["todo"]
    assert state_of(killed) == ("succeeded", 2)
    assert state_of(after) == ("succeeded", 1)
    assert marks[1].exists()


def started(how: str) -> subprocess.Popen[bytes]:
    env: dict[str, Any] = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        "LINLI_DB_NAME": str(settings.DATABASES["default"]["NAME"]),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER, how], env=env)


def until(is_so: Any) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, "the worker did not begin"
        time.sleep(0.05)


@pytest.mark.django_db
def test_what_a_living_worker_does_is_left_to_it() -> None:
    left = queued(state="doing", worker=worker(silent_for=SILENT / 2))

    assert take_up_stalled() == []
    assert state_of(left) == ("doing", 0)
    assert queue.faults() == []


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_time_and_again_is_left_as_failed() -> None:
    left = queued(state="doing", attempts=MOST_TRIES - 1, worker=worker(silent_for=SILENT * 2))
    other = queued(state="doing", attempts=MOST_TRIES - 2, lock="another")

    assert sorted(take_up_stalled()) == ["failed", "todo"]
    assert state_of(left) == ("failed", MOST_TRIES)
    assert state_of(other) == ("todo", MOST_TRIES - 1)


@pytest.mark.django_db
def test_where_the_same_waits_already_the_one_that_waits_is_enough() -> None:
    lost = queued(state="doing", once=LOCK)
    waiting = queued(once=LOCK)

    assert take_up_stalled() == ["aborted"]
    assert (state_of(lost)[0], state_of(waiting)[0]) == ("aborted", "todo")
    assert queue.faults() == []


@pytest.mark.django_db
def test_long_jobs_are_taken_up_by_how_far_they_came() -> None:
    left = queued("runtime.run_long_job", state="doing", lock=None)

    assert take_up_stalled(left_alone=("runtime.run_long_job",)) == ["aborted"]
    assert state_of(left)[0] == "aborted"
    assert queue.faults() == []


@pytest.mark.django_db
def test_a_worker_that_the_queue_forgot_may_still_be_at_work() -> None:
    left = queued(state="doing")
    sql.execute(
        "test.now",
        "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'started', clock_timestamp())",
        [left],
    )

    assert take_up_stalled() == []
    assert state_of(left) == ("doing", 0)


@pytest.mark.django_db
def test_doctor_tells_of_jobs_that_no_worker_takes_up() -> None:
    queued(state="doing", worker=worker(silent_for=timedelta(minutes=6)))

    ((what, fix),) = queue.faults()

    assert "1" in what
    assert "linli worker" in fix


@pytest.mark.django_db
def test_what_failed_is_told_and_can_be_queued_once_more() -> None:
    failed = queued(state="doing", attempts=MOST_TRIES)
    take_up_stalled()

    ((what, fix),) = queue.faults()
    (told,) = queue.failed_jobs(task="runtime.test_stalled")
    assert list(queue.failed_jobs(task="another.task")) == []
    first, second = run_again([failed, failed + 1000]), run_again([failed])

    assert ("runtime.test_stalled (1)" in what, "linli jobs again" in fix) == (True, True)
    assert (told.id, told.attempts) == (failed, MOST_TRIES + 1)
    assert (first, second) == (1, 0)
    assert state_of(failed)[0] == "todo"
    assert queue.faults() == []


@pytest.mark.django_db
def test_all_that_failed_is_listed_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "MOST", 2)
    failed = [queued(state="doing", attempts=MOST_TRIES, lock=None) for _ in range(5)]
    take_up_stalled()

    assert [one.id for one in queue.failed_jobs()] == failed
    assert queue.failed_counts() == {"runtime.test_stalled": 5}


def test_a_job_is_tried_again_with_growing_pauses_unless_others_wait_for_its_lock() -> None:
    plain = job("runtime.test_plain")(lambda: None)
    locked = job("runtime.test_locked", lock="runtime.test_locked")(lambda: None)
    asked = job("runtime.test_asked", lock="runtime.test_asked", retry=2)(lambda: None)

    assert pauses(plain) == [4, 16, 64]
    assert pauses(locked) == []
    assert pauses(asked) == [4, 16]


def pauses(task: Any) -> list[int]:
    """The seconds before each further try."""
    strategy = task.retry_strategy
    if strategy is None:
        return []
    growing = [strategy.exponential_wait ** (n + 1) for n in range(strategy.max_attempts)]
    return [wait + strategy.wait + strategy.linear_wait * n for n, wait in enumerate(growing)]
