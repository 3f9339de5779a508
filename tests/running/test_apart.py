"""`linli web` and `linli worker` as services of their own, beside a database that they share."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from linli.cli import first_start, supervisor
from linli.cli.embedded.cluster import Cluster
from linli.config.env import read_env
from tests.running.homes import (
    ROOT,
    a_home_with_tables,
    children,
    environment,
    eventually,
    free_port,
    linli,
    wait_ready,
)


@contextmanager
def started(home: Path, *arguments: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    with open(home / f"{arguments[0]}.log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "linli", *arguments],
            env=environment(home, **more), cwd=ROOT, stdout=log, stderr=log, text=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def stopped(process: subprocess.Popen[str]) -> tuple[int, float]:
    """Return the exit status after SIGTERM and the seconds that it took."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    return process.wait(30), time.monotonic() - began


@pytest.mark.load
def test_web_and_worker_alone_stop_when_asked_and_keep_a_restore_away() -> None:
    with a_home_with_tables() as home:
        port = str(free_port())
        base = f"http://127.0.0.1:{port}"
        with (
            started(home, "web", "--workers", "2", PORT=port) as web,
            started(home, "worker") as worker,
        ):
            wait_ready(base, web, home / "web.log")
            for _ in range(60):
                urllib.request.urlopen(f"{base}/en/access/sign-in/", timeout=10).read()
            [server] = children(web.pid, "web_server")
            killed = workers(server)[0]
            os.kill(killed, signal.SIGKILL)
            copies = eventually(lambda: killed not in (now := workers(server)) and len(now) == 2)
            told = [urllib.request.urlopen(f"{base}/metrics").read().decode() for _ in range(8)]
            (home / "b").mkdir()
            refused = linli(home, "restore", str(home / "b"))
            running = [server, *workers(server)]
            ended = [stopped(web), stopped(worker)]
        left = [pid for pid in running if _is_web_server(pid)]
        database_ended = not Cluster(home).is_running()

    assert copies
    asked = re.compile(r'linli_requests_total\{method="GET",status="200"\} (\S+)')
    assert {float(asked.search(page)[1]) for page in told} == {60.0}
    assert all("linli_jobs_waiting" in page for page in told)
    assert refused.returncode == 3
    assert "Stop `linli up`" in refused.stderr
    assert [code for code, _seconds in ended] == [0, 0]
    assert max(seconds for _code, seconds in ended) < 10
    assert left == []
    assert database_ended


def workers(server: int) -> list[int]:
    """Return the processes that answer for a web server."""
    return children(server, "web_server")


def _is_web_server(pid: int) -> bool:
    try:
        return "web_server" in Path("/proc", str(pid), "cmdline").read_text()
    except OSError:
        return False


@pytest.mark.parametrize(
    ("settings", "reached"),
    [
        ({"HOST": "::1"}, "http://[::1]:8000"),
        ({"HOST": "0.0.0.0", "ALLOWED_HOSTS": "x"}, "http://127.0.0.1:8000"),
        ({"HOST": "::", "ALLOWED_HOSTS": "x"}, "http://[::1]:8000"),
        ({"PUBLIC_URL": "https://linli.example/"}, "https://linli.example"),
    ],
)
def test_the_greeting_names_the_address_where_people_reach_it(settings, reached, capsys) -> None:
    first_start.greet(read_env(settings), [], "/en/access/link/x/")

    assert f"{reached}/en/access/link/x/" in capsys.readouterr().out


def test_what_is_not_ready_is_not_greeted_and_ends_as_refused(monkeypatch, capfd) -> None:
    import click

    monkeypatch.setattr(supervisor, "READY_SECONDS", 0.3)
    service = supervisor.Service("web", ["sleep", "30"])
    greeted: list[bool] = []
    with pytest.raises(click.ClickException) as refused:
        supervisor.supervise(
            [service], cluster=None, is_ready=lambda: False, greet=lambda: greeted.append(True)
        )

    assert "linli doctor" in refused.value.message
    assert greeted == []
    assert service.process is not None
    assert service.process.poll() == -signal.SIGTERM


def test_a_second_start_is_told_of_the_first_before_it_looks_at_the_port(tmp_path: Path) -> None:
    env = read_env({"LINLI_HOME": str(tmp_path)})
    with first_start.alone(env):
        done = subprocess.run(
            [sys.executable, "-m", "linli", "up"],
            env=environment(tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    assert done.returncode == 3
    assert "already running" in done.stderr
    assert not (tmp_path / "pg").exists()
