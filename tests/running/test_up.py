"""`linli up`: starts, survives kills, refuses a second one, starts again without repeating."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from linli.cli.embedded.cluster import Cluster
from linli.cli.embedded.roles import connect
from tests.running.homes import (
    ROOT,
    a_home,
    a_home_with_tables,
    answers,
    changed,
    children,
    contents,
    copy_home,
    database_pid,
    environment,
    eventually,
    free_port,
    linli,
    serving,
)
from tests.running.reporters import Reporters

pytestmark = pytest.mark.load


def get(url: str) -> dict:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return json.loads(answer.read())


@dataclass(frozen=True)
class Started:
    """A home in which `linli up` made the demo city, and what that first start answered."""

    home: Path
    places: dict
    tasks: dict
    told: str


@dataclass(frozen=True)
class Again:
    """The same city, started a second time and serving."""

    home: Path
    pid: int
    base: str

    def told(self) -> str:
        return (self.home / "up.log").read_text()


@pytest.fixture(scope="module")
def started() -> Iterator[Started]:
    with a_home() as home:
        with serving(home) as (_process, base):
            places = get(f"{base}/api/v1/places/?level=village&limit=1")
            tasks = get(f"{base}/api/v1/plan/tasks/")
        yield Started(home, places, tasks, (home / "up.log").read_text())


@pytest.fixture(scope="module")
def again(started: Started) -> Iterator[Again]:
    with a_home() as home:
        copy_home(started.home, home)
        with serving(home) as (process, base):
            yield Again(home, process.pid, base)


def test_the_city_is_there_and_comes_back_after_kills_and_a_second_start(
    started: Started, again: Again
) -> None:
    base = again.base
    os.kill(database_pid(again.home), signal.SIGKILL)
    back_after_database = eventually(lambda: answers(f"{base}/readyz"))
    servers = children(again.pid, "web_server")
    workers = [worker for pid in servers for worker in children(pid, "web_server")]
    for pid in servers:
        os.kill(pid, signal.SIGKILL)
    orphans_end = eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    back_after_web = eventually(lambda: answers(f"{base}/readyz"))
    second = linli(again.home, "up", PORT=str(free_port()))
    now = get(f"{base}/api/v1/places/?level=village&limit=1")
    told = again.told()

    assert (started.places["count"], started.tasks["count"]) == (609, 20)
    assert "demo-ye.shaofen-2026" in started.told
    assert "synthetic residents" not in told
    assert back_after_database
    assert workers
    assert orphans_end
    assert back_after_web
    assert second.returncode == 3
    assert "already running" in second.stderr
    assert now == started.places


# the workers open cases of other kinds meanwhile
REPORTS = """
SELECT count(*), count(*) FILTER (WHERE number = ANY(%s)) FROM cases_case WHERE kind = 'report'
"""


def test_no_report_that_was_taken_is_lost_or_there_twice_whatever_is_killed_meanwhile(
    again: Again,
) -> None:
    reporters = Reporters(int(again.base.rsplit(":", 1)[1]), people=2)
    victims: list[Callable[[], list[int]]] = [
        lambda: [w for s in children(again.pid, "web_server") for w in children(s, "web_server")],
        lambda: [database_pid(again.home)],
        lambda: children(again.pid, "web_server"),
    ]
    kept = []
    with connect(Cluster(again.home).database("super", "linli")) as link:
        before, _ours = link.execute(REPORTS, [[]]).fetchone()

    with reporters.reporting():
        for victim in victims:
            goes_on = len(reporters.numbers) + 5
            kept.append(eventually(lambda least=goes_on: len(reporters.numbers) >= least))
            for pid in victim():
                os.kill(pid, signal.SIGKILL)
        goes_on = len(reporters.numbers) + 5
        kept.append(eventually(lambda: len(reporters.numbers) >= goes_on))
    numbers = list(reporters.numbers.values())
    with connect(Cluster(again.home).database("super", "linli")) as link:
        after, ours = link.execute(REPORTS, [numbers]).fetchone()

    assert kept == [True] * 4
    assert reporters.never == []
    assert len(set(numbers)) == len(numbers) == ours == after - before


# what was given out, sent, opened and published since the backup is not to happen twice
PARTED = {
    "runtime_numberseries", "access_signin", "access_onetimelink", "access_signincode",
    "access_counterpresence", "notify_delivery", "exchange_letter",
    "translog_leaf", "translog_opening", "translog_node", "translog_logname",
}  # fmt: skip
QUEUE = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args)
VALUES ('default', 'runtime.requeue_stale', '{"timestamp": 0}') RETURNING id
"""


def test_a_killed_worker_is_started_again_and_takes_what_waits(again: Again) -> None:
    # they start once pages answer
    eventually(lambda: len(children(again.pid, " worker")) == 2)
    workers = children(again.pid, " worker")
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    with connect(Cluster(again.home).database("super", "linli")) as link:
        (job,) = link.execute(QUEUE).fetchone()
        back = eventually(lambda: len(set(children(again.pid, " worker")) - set(workers)) == 2)
        left = "SELECT 1 FROM procrastinate_jobs WHERE id = %s"
        done = eventually(lambda: link.execute(left, [job]).fetchone() is None)
    still_answers = answers(f"{again.base}/readyz")
    told = again.told()

    assert len(workers) == 2
    assert back
    assert done, "successful jobs leave the queue"
    assert still_answers
    assert "worker ended (-9); starting it again." in told


def test_an_empty_city_has_no_demo_and_prints_a_one_time_link() -> None:
    with a_home_with_tables() as home:
        with serving(home, "--empty") as (_process, base):
            invented = get(f"{base}/api/v1/places/?level=village&limit=1&demo=include")
        told = (home / "up.log").read_text()

    assert invented["count"] == 609
    assert "/access/link/" in told
    assert "demo-" not in told


def test_a_taken_port_is_told_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "linli", "up"],
            env=environment(tmp_path / "home", PORT=str(port)),
            cwd=ROOT, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    assert done.returncode == 3
    assert f"PORT={port + 1}" in done.stderr
    assert not (tmp_path / "home" / "pg").exists()


def test_doctor_names_what_is_wrong_with_its_fix_in_json() -> None:
    with a_home() as home:
        Cluster(home).start()
        done = linli(home, "doctor", "--json")

    body = json.loads(done.stdout)
    wrong = [f for f in body["findings"] if not f["is_well"]]
    assert done.returncode == 1
    assert {"tables", "backup"} <= {f["check"] for f in wrong}
    assert all(f["fix"] for f in wrong)


def test_a_backup_restores_into_another_home_with_the_same_rows(started: Started) -> None:
    first = started.home
    with a_home() as second:
        before = contents(first)
        made = linli(first, "backup", str(first / "b"))
        refused = linli(first, "restore", str(first / "b"))
        (second / "keys").mkdir()
        for key in (first / "keys").iterdir():
            (second / "keys" / key.name).write_bytes(key.read_bytes())
            (second / "keys" / key.name).chmod(0o600)
        restored = linli(second, "restore", str(first / "b"))
        after = contents(second)
        verified = linli(second, "verify", "trail", "--json")

    assert made.returncode == 0, made.stderr
    assert refused.returncode != 0
    assert "--replace" in refused.stderr
    assert restored.returncode == 0, restored.stderr
    # backup and restore are acts of their own in the trail; all else is as it was, byte by byte
    assert changed(before, after) <= {"trail_entry", "trail_epoch", "trail_head", *PARTED}
    assert after["trail_entry"][0] > before["trail_entry"][0]
    assert before["places_place"][0] >= 650
    assert before["people_person"][0] >= 3000
    assert verified.returncode == 0, verified.stdout


def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(
        '{"format": 1, "sha256": {"database.dump": "0"}, "is_demo": false}'
    )
    (tmp_path / "database.dump").write_bytes(b"x")
    with a_home() as home:
        done = linli(home, "restore", str(tmp_path))

    assert done.returncode != 0
    assert "Damaged" in done.stderr
