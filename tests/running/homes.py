"""Homes of their own for tests that start and kill whole databases and servers."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone

from linli.cli.backup_programs import run_program
from linli.cli.embedded import roles, sharing
from linli.cli.embedded.cluster import Cluster
from linli.config.env import read_env
from linli.config.test_home import HOME
from linli.kernel.sealing import create_keyring
from tests import databases

ROOT = Path(__file__).parents[2]


@contextmanager
def a_home() -> Iterator[Path]:
    """A short path (sockets) that the database's account can pass, in memory if there is any."""
    memory = "/dev/shm" if HOME.is_relative_to("/dev/shm") else "/tmp"
    home = Path(tempfile.mkdtemp(prefix="linli-", dir=memory))
    home.chmod(0o755)
    try:
        yield home
    finally:
        stop_database(home)
        shutil.rmtree(home, ignore_errors=True)


def copy_home(home: Path, into: Path) -> None:
    """Copy a home whose database is stopped."""
    subprocess.run(["cp", "--reflink=auto", "-a", f"{home}/.", str(into)], check=True)


@contextmanager
def a_home_with_tables() -> Iterator[Path]:
    """A home as `linli migrate` leaves it; the tables come from the tests' own template.

    Who proves a first start from nothing begins with `a_home`.
    """
    with a_home() as home:
        file = home / "tables.dump"
        with sharing.shared(databases._cluster(HOME)) as own:
            name = databases._template(own)
            run_program(
                read_env({"LINLI_HOME": str(HOME)}), "pg_dump", "-Fc", "-f", str(file), at=name
            )
        with sharing.shared(Cluster(home)) as cluster:
            roles.ensure(*(cluster.database(role) for role in ("super", "owner", "app")))
            env = read_env({"LINLI_HOME": str(home)})
            run_program(env, "pg_restore", "-1", str(file), at="linli")
        file.unlink()
        create_keyring(home, now=timezone.now())
        yield home


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    # what the run of tests itself says to its workers is nothing to those that it starts
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("PYTEST_")
        and key not in ("LINLI_DB_NAME", "DATABASE_URL", "DATABASE_OWNER_URL", "LINLI_DB_ROLE")
    }
    return {**kept, "LINLI_HOME": str(home), **more}


def linli(
    home: Path, *arguments: str, seconds: int = 240, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "linli", *arguments],
        env=environment(home, **more), cwd=ROOT, capture_output=True, text=True, timeout=seconds,
    )  # fmt: skip


@contextmanager
def serving(
    home: Path, *arguments: str, **more: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`linli up` in a home, ready; stopped as by Ctrl-C."""
    port = free_port()
    with open(home / "up.log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "linli", "up", *arguments],
            env=environment(home, PORT=str(port), **more), cwd=ROOT, stdout=log, stderr=log, text=True,
        )  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    try:
        wait_ready(base, process, home / "up.log", greeting="Ctrl-C")
        yield process, base
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_ready(
    base: str, process: subprocess.Popen[str], log: Path, seconds: int = 240, greeting: str = ""
) -> None:
    """Wait until a server answers, and has greeted: it answers a moment before that."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        if answers(base + "/readyz") and greeting in log.read_text():
            return
        time.sleep(0.1)
    raise AssertionError(f"not ready:\n{log.read_text()}")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=3) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def database_pid(home: Path) -> int:
    return int((home / "pg" / "postmaster.pid").read_text().splitlines()[0])


def stop_database(home: Path) -> None:
    if (home / "pg").exists():
        Cluster(home).stop()


def contents(home: Path) -> dict[str, tuple[int, str]]:
    """Return count and hash of the rows of every table, as the superuser sees them."""
    cluster = Cluster(home)
    cluster.start()
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    rows = "SELECT count(*), md5(coalesce(string_agg(t::text, ' ' ORDER BY t::text), '')) FROM {} t"
    try:
        with roles.connect(cluster.database("super", "linli")) as link:
            names = [str(name) for (name,) in link.execute(tables)]
            return {name: link.execute(rows.format(name)).fetchone() for name in names}  # type: ignore[arg-type, misc]
    finally:
        cluster.stop()


def changed(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> set[str]:
    """Return the tables that differ."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def eventually(check: Callable[[], bool], seconds: float = 30) -> bool:
    """Say whether something comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.2)
    return False


def children(pid: int, word: str) -> list[int]:
    """Return the processes that another started and whose command has a word in it."""
    found = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in found.splitlines()[1:]]
    return [int(row[0]) for row in rows if int(row[1]) == pid and word in row[2]]
