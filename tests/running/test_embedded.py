"""The embedded database: made once, adopted, stopped by the last user, back after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linli.cli.embedded import account, roles, sharing
from linli.cli.embedded.cluster import Cluster
from tests.running.homes import ROOT, a_home, database_pid, environment, linli

pytestmark = pytest.mark.load


def test_a_second_user_adopts_the_database_and_the_last_one_stops_it() -> None:
    with a_home() as home:
        with sharing.shared(Cluster(home)) as first:
            pid = database_pid(home)
            with sharing.shared(Cluster(home)) as second:
                assert database_pid(home) == pid
                assert second.is_running()
            assert first.is_running()
        assert not Cluster(home).is_running()


def test_what_was_acknowledged_before_a_kill_is_there_afterwards() -> None:
    with a_home() as home:
        cluster = Cluster(home)
        cluster.start()
        with roles.connect(cluster.database("super")) as link:
            link.execute("CREATE TABLE t AS SELECT generate_series(1, 1000) AS n")
        os.kill(database_pid(home), signal.SIGKILL)
        time.sleep(0.2)

        cluster.start()

        with roles.connect(cluster.database("super")) as link:
            assert link.execute("SELECT count(*) FROM t").fetchone() == (1000,)


def test_two_first_starts_at_once_make_one_database() -> None:
    script = "from linli.cli.embedded.cluster import Cluster; from pathlib import Path; import sys; Cluster(Path(sys.argv[1])).start()"
    with a_home() as home:
        both = [
            subprocess.Popen([sys.executable, "-c", script, str(home)], cwd=ROOT) for _ in range(2)
        ]
        assert [p.wait(60) for p in both] == [0, 0]
        assert Cluster(home).is_running()
        assert not (home / "pg.new").exists()


def test_a_half_made_database_is_made_anew() -> None:
    with a_home() as home:
        (home / "pg.new").mkdir()
        (home / "pg.new" / "PG_VERSION").write_text("18\n")

        Cluster(home).start()

        assert Cluster(home).is_running()


def test_a_stale_lock_of_a_dead_server_does_not_block() -> None:
    with a_home() as home:
        cluster = Cluster(home)
        cluster.start()
        cluster.stop()
        (home / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{home}/pg\n")

        assert cluster.start()


@pytest.mark.skipif(not account.is_root(), reason="only root runs the database as another account")
def test_a_home_that_the_database_cannot_reach_is_refused_with_the_fix(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    done = linli(closed / "home", "migrate")

    assert done.returncode != 0
    assert "chmod o+x" in done.stderr
    assert not (closed / "home" / "pg").exists()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORT": "eighty"}, ["PORT", "1 to 65535"]),
        ({"SECRET_KEY": "short"}, ["SECRET_KEY", "at least 32"]),
        ({"DATABASE_URL": "mysql://x/y"}, ["DATABASE_URL", "postgresql://"]),
        ({"PORT": "0", "LOG_LEVEL": "LOUD"}, ["PORT", "LOG_LEVEL"]),
        ({"HOST": "0.0.0.0"}, ["ALLOWED_HOSTS"]),
    ],
)
def test_wrong_settings_are_told_all_at_once(tmp_path: Path, settings, words) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "linli", "up"],
        env={**environment(tmp_path / "home"), **settings},
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert done.returncode != 0
    assert [word for word in words if word not in done.stderr] == []
    assert not (tmp_path / "home" / "pg").exists()
