"""Homes of before the migrations were joined (docs/adr/0025): the last version goes on, an older one is told what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from django.conf import settings

from linli.cli import backup, doctor
from linli.cli.backup_programs import run_program
from linli.cli.embedded import roles, sharing
from linli.cli.embedded.cluster import Cluster
from linli.cli.older import is_between, joined
from linli.config.env import read_env
from linli.config.test_home import HOME
from tests.running.homes import a_home_with_tables
from tests.test_migrations import FILES

KNOWN = {("a", "0001_initial"): [("a", "0001_old"), ("a", "0002_old")], ("b", "0001_initial"): [("b", "0001_old")]}  # fmt: skip
ALL_OLD = {("a", "0001_old"), ("a", "0002_old"), ("b", "0001_old")}
NEW_A = {("a", "0001_initial"), ("a", "0001_old"), ("a", "0002_old")}


@pytest.mark.parametrize(
    ("applied", "expected"),
    [
        (set(), False), ({("auth", "0001_initial")}, False), (ALL_OLD, False),
        (ALL_OLD | set(KNOWN), False), (NEW_A, False), (ALL_OLD | {("a", "0001_initial")}, False),
        ({("a", "0001_old")}, True), ({("a", "0001_old"), ("a", "0002_old")}, True),
        (ALL_OLD - {("b", "0001_old")}, True),
    ],
)  # fmt: skip
def test_who_stopped_between_is_known_by_what_ran(
    applied: set[tuple[str, str]], expected: bool
) -> None:
    assert is_between(applied, KNOWN) is expected


def test_each_earlier_migration_is_in_one_file_and_none_bears_its_name() -> None:
    """A file with the name of an earlier one would count as applied where only that one was."""
    earlier = [name for names in joined().values() for name in names]

    assert len(earlier) == len(set(earlier)) > 190
    assert {(path.parts[-3], path.stem) for path in FILES} & set(earlier) == set()
    assert all(app == new[0] for new, names in joined().items() for app, _name in names)


def forget(link: Any, *names: tuple[str, str]) -> None:
    for name in names:
        link.execute("DELETE FROM django_migrations WHERE (app, name) = (%s, %s)", name)


def noted(link: Any) -> list[tuple[str, str]]:
    return list(link.execute("SELECT app, name FROM django_migrations ORDER BY app, name"))


def whole(tmp_path: Path) -> list[str]:
    """Return all tables with their rows, without what ran when."""
    file, name = tmp_path / "whole.sql", settings.DATABASES["default"]["NAME"]
    run_program(
        read_env({"LINLI_HOME": str(HOME)}), "pg_dump", "-T", "django_migrations*", "-f", str(file), at=name,
    )  # fmt: skip
    return [line for line in file.read_text().splitlines() if "restrict " not in line]


def migrate() -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ, "LINLI_DB_ROLE": "owner",
        "LINLI_DB_NAME": settings.DATABASES["default"]["NAME"],
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "linli.cli.owner", "migrate"],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_home_of_the_last_version_before_goes_on(admin_db: Any, tmp_path: Path) -> None:
    everything, before = noted(admin_db), whole(tmp_path)
    forget(admin_db, *joined())

    done = migrate()

    assert (done.returncode, done.stderr) == (0, "")
    assert noted(admin_db) == everything
    assert whole(tmp_path) == before


@pytest.mark.django_db(transaction=True)
def test_a_home_of_an_older_version_is_told_what_to_do_and_nothing_changes(
    admin_db: Any, tmp_path: Path
) -> None:
    last = ("offerings", "0041_mandate_ended_by")
    forget(admin_db, *joined(), last)
    left, before = noted(admin_db), whole(tmp_path)

    done = migrate()

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "the version before" in done.stderr and "Nothing was touched." in done.stderr
    assert (noted(admin_db), whole(tmp_path)) == (left, before)


@pytest.fixture
def running_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Path]]:
    """A home of its own with tables, and a connection to it."""
    monkeypatch.delenv("LINLI_DB_NAME")
    with (
        a_home_with_tables() as home,
        sharing.shared(Cluster(home)) as cluster,
        roles.connect(cluster.database("super", "linli")) as link,
    ):
        yield link, home


@pytest.mark.load
def test_doctor_says_what_an_older_home_needs_and_its_backup_takes_no_place(
    running_home: tuple[Any, Path],
) -> None:
    link, home = running_home
    env, gone = read_env({"LINLI_HOME": str(home)}), [*joined(), ("portal", "0002_reopened_on")]
    everything = noted(link)
    forget(link, *gone)
    link.execute("COMMENT ON SCHEMA public IS 'linli of an older version'")
    (finding,) = doctor.check_schema(env)
    backup._write_backup(env, home / "old")
    for name in gone:
        link.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", name
        )

    with pytest.raises(click.ClickException, match="the version before"):
        backup.restore_backup(env, home / "old", replace=True)

    assert not finding.is_well and "the version before" in finding.fix
    assert noted(link) == everything
