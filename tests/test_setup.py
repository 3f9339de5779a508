"""What a newcomer meets: an environment that cannot be made, and what a killed test run leaves."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from linli.cli.embedded import roles
from linli.cli.embedded.cluster import Cluster
from linli.config.test_home import HOME
from tests import databases

ROOT = Path(__file__).parents[1]
NO_VENV = """#!/bin/sh
case "$1" in
-m) mkdir -p .venv/bin; printf '#!/bin/sh\\nexit 1\\n' > .venv/bin/python; chmod +x .venv/bin/python
    echo "ensurepip is not available" >&2; exit 1;;
esac
"""


# makes an environment in a second, and writes down that it did
SLOW_VENV = """#!/bin/sh
case "$1" in
-m) echo made >> made.log; mkdir -p .venv/bin; sleep 1
    for name in python uv; do printf '#!/bin/sh\\n' > .venv/bin/$name; chmod +x .venv/bin/$name; done;;
esac
"""
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


def checkout(folder: Path, python: str) -> dict[str, str]:
    """Put what `make setup` needs into a folder; return the surroundings in which Python is another."""
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    given = folder / "python3"
    given.write_text(python)
    given.chmod(0o755)
    return {**os.environ, "PYTHON": str(given), "MAKEFLAGS": ""}


@needs_make
def test_an_environment_that_cannot_be_made_says_what_to_install_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    env = checkout(tmp_path, NO_VENV)

    done = subprocess.run(
        ["make", "setup"], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60
    )

    assert done.returncode != 0
    assert "apt install python3-venv" in done.stdout + done.stderr
    assert not (tmp_path / ".venv").exists()


@needs_make
@pytest.mark.skipif(shutil.which("flock") is None, reason="nobody waits without flock")
def test_two_that_prepare_the_environment_at_once_make_one(tmp_path: Path) -> None:
    env = checkout(tmp_path, SLOW_VENV)

    both = [subprocess.Popen(["make", "setup"], cwd=tmp_path, env=env) for _ in range(2)]
    ended = [one.wait(60) for one in both]

    assert ended == [0, 0]
    assert (tmp_path / "made.log").read_text().split() == ["made"]
    assert (tmp_path / ".venv" / ".ready").exists()


def test_the_environment_is_made_of_a_python_that_can_or_of_the_one_that_was_named() -> None:
    def chosen(**named: str) -> str:
        env = {**{k: v for k, v in os.environ.items() if k != "PYTHON"}, **named}
        command = ["sh", str(ROOT / ".ci" / "python")]
        return subprocess.run(command, env=env, capture_output=True, text=True).stdout.strip()

    able = "import ensurepip, sys, venv; assert sys.version_info >= (3, 11)"

    assert subprocess.run([chosen(), "-c", able]).returncode == 0
    assert chosen(PYTHON="/opt/mine/python3") == "/opt/mine/python3"


@pytest.mark.django_db
def test_databases_of_dead_runs_are_swept_and_those_of_live_ones_stay() -> None:
    cluster = Cluster(HOME, durable=False)
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    dead, live = f"test_{gone.pid}_gw0", f"test_{os.getpid()}_sweep"
    with roles.connect(cluster.database("super")) as link:
        for name in (dead, live):
            link.execute(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy")
        swept = databases.sweep(cluster)
        left = [r[0] for r in link.execute("SELECT datname FROM pg_database")]
        link.execute(f"DROP DATABASE {live}")

    assert dead in swept
    assert dead not in left
    assert live in left
