"""A PostgreSQL of others: what its administrator runs, what the addresses may say, backup, restore."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from linli.cli.embedded import roles
from linli.cli.embedded.cluster import Cluster
from linli.config.env import WrongSettings, read_env
from tests.running.homes import a_home, linli

PERSON = "INSERT INTO people_person (name, sex, changed_at) VALUES ('某人', 'female', now()) RETURNING id"


@pytest.fixture
def server() -> Iterator[tuple[Cluster, dict[str, str]]]:
    """A server without any role of ours, and the settings that name it."""
    with a_home() as home:
        cluster = Cluster(home)
        cluster.start()
        host = quote(str(cluster.run), safe="")
        named = "postgresql://city_{0}:word-{0}@/city?host={1}&port=54329&sslmode=prefer"
        yield (
            cluster,
            {
                "DATABASE_URL": named.format("app", host),
                "DATABASE_OWNER_URL": named.format("owner", host),
            },
        )


def run_as_superuser(cluster: Cluster, script: str, *, without: str = "\0") -> None:
    name = "postgres"
    for statement in script.splitlines():
        if statement.startswith("\\connect "):
            name = statement.split()[1]
        elif not statement.startswith("--") and without not in statement:
            role = "owner" if "city_owner" in statement else "app"
            with roles.connect(cluster.database("super", name)) as link:
                link.execute(statement.replace("…", f"word-{role}"))


@pytest.mark.load
def test_an_external_database_is_backed_up_and_restored_or_refused_with_the_mend(server) -> None:
    cluster, settings = server
    with a_home() as home:
        script = linli(home, "doctor", "--sql", **settings).stdout
        run_as_superuser(cluster, script, without=" BYPASSRLS;")
        migrated = linli(home, "migrate", **settings)
        weak = linli(home, "backup", str(home / "b"), **settings)
        looked = linli(home, "doctor", **settings)
        with roles.connect(cluster.database("super")) as link:
            link.execute("ALTER ROLE city_owner BYPASSRLS")
        with roles.connect(cluster.database("super", "city")) as link:
            person = link.execute(PERSON).fetchone()[0]
        made = linli(home, "backup", str(home / "b"), **settings)
        (home / "keys" / "erased.json").write_text(json.dumps({person: "2026-11-01"}))
        url = settings["DATABASE_URL"]
        alone = linli(home, "backup", str(home / "c"), DATABASE_URL=url)
        restored = linli(home, "restore", str(home / "b"), **settings)
        with roles.connect(cluster.database("super", "city")) as link:
            left = link.execute("SELECT id, name FROM people_person").fetchall()
        is_own = (home / "pg").exists()

    assert migrated.returncode == 0, migrated.stderr
    assert weak.returncode == 3
    assert "ALTER ROLE city_owner BYPASSRLS;" in weak.stderr
    assert "As a superuser: ALTER ROLE city_owner BYPASSRLS;" in looked.stdout
    assert "ALTER ROLE city_owner BYPASSRLS;" in script
    assert made.returncode == 0, made.stderr
    assert alone.returncode == 3
    assert "DATABASE_OWNER_URL: name the role" in alone.stderr
    assert restored.returncode == 0, restored.stderr
    assert "1 persons were erased by law; 1 of them had come back" in restored.stderr
    assert left == [(person, "")]
    assert "entries are sealed" in restored.stderr
    assert not is_own


@pytest.mark.parametrize(
    ("url", "host", "port", "options"),
    [
        ("postgresql://a:b@db:6432/c?sslmode=verify-full", "db", 6432, {"sslmode": "verify-full"}),
        ("postgres://a:b@/c?host=/run/pg&options=-c%20jit%3Doff", "/run/pg", 5432,
         {"options": "-c jit=off"}),
        ("postgresql://a@%2Frun%2Fpg/c", "/run/pg", 5432, {}),
    ],
)  # fmt: skip
def test_what_an_address_asks_of_the_driver_is_kept(url, host, port, options) -> None:
    found = read_env({"DATABASE_URL": url}).database

    assert found is not None
    assert (found.host, found.port, dict(found.options)) == (host, port, options)
    assert {**options, "host": host}.items() <= found.conninfo().items()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://a:b@db/c?sslmod=require", "postgresql://a:b@one,two/c", "postgresql://a:b@db/",
        "postgresql://db/c", "mysql://a:b@db/c",
    ],
)  # fmt: skip
def test_what_cannot_be_honoured_is_refused_aloud(url: str) -> None:
    with pytest.raises(WrongSettings) as wrong:
        read_env({"DATABASE_URL": url, "PORT": "x"}, needs_owner=True)

    assert [fault.split(":")[0] for fault in wrong.value.faults if "DATABASE" in fault] == [
        "DATABASE_URL"
    ]
    assert "b@" not in str(wrong.value).replace("password@", "")


def test_the_owner_is_asked_for_with_all_else_that_is_wrong(tmp_path: Path) -> None:
    done = linli(tmp_path, "up", DATABASE_URL="postgresql://a:b@db/c", PORT="x", seconds=30)

    assert done.returncode == 3
    assert "DATABASE_OWNER_URL" in done.stderr
    assert "PORT" in done.stderr


def test_prepared_statements_can_be_left_to_a_pooler(monkeypatch) -> None:
    from linli.config import settings

    assert (
        settings._connection(read_env({"DATABASE_URL": "postgresql://a@b/c"}).database)["OPTIONS"][
            "prepare_threshold"
        ]
        == 5
    )
    monkeypatch.setattr(settings, "ENV", read_env({"LINLI_PREPARE": "0"}))
    options = settings._connection(read_env({"DATABASE_URL": "postgresql://a@b/c"}).database)
    assert options["OPTIONS"]["prepare_threshold"] is None
