"""The embedded database: made once, adopted, stopped by the last user, back after a kill."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
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

    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "linli/kernel/tests/test_money.py"],
        env=environment(tmp_path, LINLI_TEST_HOME=str(closed / "home")),
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert tested.returncode != 0
    assert "chmod o+x" in tested.stderr
    assert "LINLI_TEST_HOME" in tested.stderr


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


def test_no_value_of_a_statement_reaches_the_logs_of_the_database() -> None:
    with a_home() as home:
        cluster = Cluster(home / 'it\'s; a "home" 家')
        cluster.start()
        try:
            with roles.connect(cluster.database("super")) as link:
                link.execute("CREATE TABLE t (name text PRIMARY KEY, n int)")
                link.execute("INSERT INTO t VALUES ('13800001111', 1)")
                link.execute("SELECT pg_sleep(0.6), '13800001111'")
                for statement in (
                    "INSERT INTO t VALUES ('13800001111', 2)",
                    "SELECT '13800001111x'::int",
                    "DO $$ BEGIN RAISE WARNING 'kept'; END $$",
                ):
                    with contextlib.suppress(psycopg.Error):
                        link.execute(statement)
                with contextlib.suppress(psycopg.Error):
                    link.execute("INSERT INTO t VALUES (%s, 2)", ["13800001111"])
        finally:
            cluster.stop()
        written = "".join(path.read_text() for path in cluster.log.glob("*.log"))

    assert "shut down" in written
    assert "13800001111" not in written


def test_a_start_writes_the_conf_anew_and_follows_no_link_of_the_database(tmp_path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("log_min_duration_statement = '500ms'")
    names = ("pg/linli.conf", "log/start.log")
    silent = {
        "log_min_duration_statement": "-1", "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0", "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }  # fmt: skip
    with a_home() as home:
        cluster = Cluster(home)
        cluster.start()
        cluster.stop()
        for name in names:
            (home / name).unlink(missing_ok=True)
            (home / name).symlink_to(victim)
        cluster.start()
        with roles.connect(cluster.database("super")) as link:
            shown = {name: link.execute(f"SHOW {name}").fetchone()[0] for name in silent}
        modes = {(home / name).lstat().st_mode & 0o777 for name in names}

    assert shown == silent
    assert victim.read_text() == "log_min_duration_statement = '500ms'"
    assert modes == {0o600}


def test_the_word_of_the_superuser_is_never_readable_to_others(monkeypatch) -> None:
    seen: list[int] = []
    run = subprocess.run

    def watched(command, **more):
        word = next((Path(a[9:]) for a in command if str(a).startswith("--pwfile=")), None)
        if word is not None:
            seen.append(word.stat().st_mode & 0o777)
        return run(command, **more)

    monkeypatch.setattr("linli.cli.embedded.cluster.subprocess.run", watched)
    with a_home() as home:
        Cluster(home).start()
        left = (home / "run" / "super.pw").exists()

    assert seen == [0o600]
    assert not left


@pytest.mark.parametrize("name", ["x" * 90, "a,b"])
def test_a_home_without_room_for_a_socket_is_refused_for_service_and_tests(name, tmp_path) -> None:
    served = subprocess.run(
        [sys.executable, "-m", "linli", "migrate"],
        env=environment(tmp_path / name), cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "linli/kernel/tests/test_money.py"],
        env=environment(tmp_path, LINLI_TEST_HOME=str(tmp_path / name)),
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert served.returncode == 3
    assert "LINLI_HOME=/var/lib/linli" in served.stderr
    assert tested.returncode != 0
    assert "LINLI_TEST_HOME=/tmp/linli-test" in tested.stderr
    assert "Traceback" not in tested.stderr
