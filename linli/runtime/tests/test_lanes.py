"""Each queue has slots of its own: a system outside that hangs holds up no code, no clock and no seal."""

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
from click.testing import CliRunner
from django.conf import settings
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from linli.cli import serve
from linli.exchange.models import Connection
from linli.exchange.queries.connections import SILENT_FOR, is_silent
from linli.exchange.services.linking import note_try
from linli.exchange.types.connections import NO_ANSWER, System
from linli.kernel import sql
from linli.kernel.jobs import job
from linli.kernel.lanes import LANES, LONG, MESSAGES, NIGHT, OUTSIDE, SHORT, URGENT, chosen
from linli.kernel.permits import system_actor

WORKER = """
import sys, time
import django; django.setup()
from pathlib import Path
from procrastinate.contrib.django import app
from linli.cli import lanes

@app.task(name="runtime.test_lane")
def marking(mark, seconds):
    Path(mark).touch()
    time.sleep(seconds)

app.periodic_registry.periodic_tasks.clear()
lanes.run({"test_hangs": 1, "test_quick": 1})
"""
DEFER = """INSERT INTO procrastinate_jobs (queue_name, task_name, args)
VALUES (%s, 'runtime.test_lane', jsonb_build_object('mark', %s::text, 'seconds', %s::int))"""


def test_every_job_is_taken_by_a_worker_of_linli_up() -> None:
    app.perform_import_paths()
    queues = {task.queue for task in app.tasks.values()}

    assert {*SHORT, LONG} == set(LANES)
    # of the library's own jobs none is used
    assert queues - {"builtin"} <= set(LANES)
    with pytest.raises(AssertionError, match="no worker takes jobs of nowhere"):
        job("runtime.test_nowhere", queue="nowhere")


def test_what_asks_outside_and_what_goes_through_tables_has_slots_of_its_own() -> None:
    app.perform_import_paths()
    outside = {name for name, task in app.tasks.items() if task.queue == OUTSIDE}
    night = {name for name, task in app.tasks.items() if task.queue == NIGHT}

    assert outside == {
        "exchange.ask_hall", "exchange.ask_payments", "exchange.ask_seals", "exchange.compare",
        "exchange.send_letters", "offerings.fetch_answer", "offerings.take_changes", "offerings.take_left",
    }  # fmt: skip
    assert {"trail.let_go_of", "plan.measure", "cases.recount_all"} <= night


def test_a_worker_takes_the_queues_that_it_is_told() -> None:
    assert chosen([]) == LANES
    assert chosen([LONG], 5) == {LONG: 5}
    assert chosen([MESSAGES, LONG], 3) == {URGENT: 3, MESSAGES: 3, LONG: 3}
    assert chosen([URGENT]) == {URGENT: LANES[URGENT]}
    refused = CliRunner().invoke(serve.worker, ["--queues", "default,letters"])
    assert refused.exit_code == 2
    assert "letters" in refused.output


@pytest.mark.django_db(transaction=True)
def test_a_job_that_hangs_keeps_its_own_slots_alone(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE queue_name LIKE 'test\\_%%'")
    marks = [tmp_path / name for name in ("hangs", "waits", "quick")]
    for queue, mark, seconds in (
        ("test_hangs", marks[0], 3), ("test_hangs", marks[1], 0), ("test_quick", marks[2], 0),
    ):  # fmt: skip
        sql.execute("test.defer", DEFER, [queue, str(mark), seconds])
    env: dict[str, Any] = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        "LINLI_DB_NAME": str(settings.DATABASES["default"]["NAME"]),
    }
    process = subprocess.Popen([sys.executable, "-c", WORKER], env=env)
    end = time.monotonic() + 60
    while not (marks[0].exists() and marks[2].exists()):
        assert time.monotonic() < end, "the worker did not begin"
        time.sleep(0.05)

    waits = not marks[1].exists()
    process.send_signal(signal.SIGTERM)

    assert waits, "of one queue the second waits for the first"
    assert process.wait(30) == 0, "what runs is ended first"
    left = sql.tuples("test.left", "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'")
    assert left == [(0,)]


@pytest.mark.django_db
def test_a_system_is_silent_for_a_moment_after_it_gave_no_answer() -> None:
    now, actor = timezone.now(), system_actor("test")
    note_try(System.BASE_DATA, fault=NO_ANSWER, actor=actor, now=now)

    assert is_silent(System.BASE_DATA, now)
    assert not is_silent(System.HALL, now)
    assert not is_silent(System.BASE_DATA, now + SILENT_FOR + timedelta(seconds=1))
    note_try(System.BASE_DATA, actor=actor, now=now)
    assert not is_silent(System.BASE_DATA, now)
    assert Connection.objects.count() == 1
