"""Nothing that PostgreSQL 15 cannot do: a city may bring a server of its own that old."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.postgres.operations import NotInTransactionMixin
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from linli.cli.quick_states import quick_states
from linli.config.test_home import HOME
from tests.make_docs import PACKAGE, ROOT
from tests.test_migrations import LABELS

# what came with 16, 17 and 18, by its words
NEWER = {
    "merge … returning (17)": r"\bMERGE\s+INTO\b[^;]*\bRETURNING\b",
    "merge by source (17)": r"\bWHEN\s+NOT\s+MATCHED\s+BY\s+SOURCE\b",
    "json_table and its kin (17)": r"\bJSON_(TABLE|EXISTS|QUERY|VALUE|SCALAR|SERIALIZE)\s*\(",
    "json constructors (16)": r"\bJSON_(OBJECTAGG|ARRAYAGG|ARRAY|OBJECT)\s*\(|\bIS\s+JSON\b",
    "any_value (16)": r"\bANY_VALUE\s*\(",
    "pg_input (16)": r"\bpg_input_(is_valid|error_info)\b",
    "random functions (16, 17)": r"\brandom_normal\s*\(|\brandom\s*\(\s*\d",
    "array functions (16, 18)": r"\barray_(sample|shuffle|sort|reverse)\s*\(",
    "uuids (18)": r"\buuid(v4|v7|_extract_\w+)\s*\(|\buuid_extract_\w+\s*\(",
    "temporal keys (18)": r"\bWITHOUT\s+OVERLAPS\b|\bPERIOD\s+valid",
    "virtual columns (18)": r"\bGENERATED\s+ALWAYS\s+AS\s*\([^;]*?\)\s*VIRTUAL\b",
    "old and new in returning (18)": r"\bRETURNING\s+WITH\s*\(|\bRETURNING\s+(OLD|NEW)\.",
    "constraints not enforced (18)": r"\bNOT\s+ENFORCED\b",
    "maintain (17)": r"\bGRANT\s+MAINTAIN\b|\bpg_maintain\b",
    "grants with options (16)": r"\bWITH\s+(INHERIT|SET)\s+(TRUE|FALSE|OPTION)\b",
    "copy on_error (17)": r"\bON_ERROR\b|\bREJECT_LIMIT\b",
    "numbers in other bases (16)": r"(?<![\w'\"\\.])\d+_\d+(?![\w'\"])(?=\s*(::|;))",
    "bytes and integers (18)": r"::bytea::(int|bigint)\b",
    "load balance and builtin collations (17)": r"\bbuiltin\s+LOCALE\b|locale_provider\s*=\s*builtin",
    "casefold (18)": r"\bcasefold\s*\(",
}  # fmt: skip
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|GRANT|MERGE|COPY|WITH)\b")
FIFTEEN = Path("/usr/lib/postgresql/15/bin")
# rights, chains, limits, jobs and the writes by COPY, each with its own SQL
ON_FIFTEEN = ("linli/trail/tests", "linli/runtime/tests", "tests/test_migrations.py")
# workers that are started and killed: what they ask of the database the other tests ask too
NOT_ON_FIFTEEN = [
    f"--ignore=linli/runtime/tests/test_{name}.py" for name in ("killed", "lanes", "stalled_jobs")
]


def newer_in(text: str) -> list[str]:
    return [what for what, sign in NEWER.items() if re.search(sign, text, re.IGNORECASE)]


def statements_of_migrations() -> Iterator[tuple[str, str]]:
    """What Django makes of each migration of ours and of the libraries, as sqlmigrate prints it.

    One after the other from nothing: sqlmigrate itself would begin anew for each.
    """
    executor = MigrationExecutor(connection)
    executor.loader = loader = MigrationLoader(connection, replace_migrations=False)
    plan = executor.migration_plan(loader.graph.leaf_nodes(), clean_start=True)
    assert {(one.app_label, one.name) for one, _back in plan} == set(loader.graph.nodes)
    state = ProjectState(real_apps=loader.unmigrated_apps)
    assert state.apps
    with quick_states():
        for migration, _back in plan:
            with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
                state = migration.apply(state, editor, collect_sql=True)
            yield f"{migration.app_label}.{migration.name}", "\n".join(editor.collected_sql)


@pytest.mark.load
@pytest.mark.django_db
def test_no_migration_needs_more_than_15(monkeypatch: pytest.MonkeyPatch) -> None:
    # statements are only written down: the transaction of the test is in nobody's way
    monkeypatch.setattr(NotInTransactionMixin, "_ensure_not_in_transaction", lambda *_given: None)
    found = {name: newer for name, text in statements_of_migrations() if (newer := newer_in(text))}

    assert found == {}
    assert {"places", "trail", "people"} <= set(LABELS)


def test_no_statement_of_ours_needs_more_than_15() -> None:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        text = path.read_text()
        if SQL.search(text) and (newer := newer_in(text)):
            found[str(path.relative_to(ROOT))] = newer

    assert found == {}


@pytest.mark.parametrize(
    "statement",
    [
        "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE RETURNING a.id",
        "SELECT * FROM JSON_TABLE(x, '$[*]' COLUMNS (a int))", "SELECT ANY_VALUE(name) FROM a",
        "SELECT uuidv7()", "PRIMARY KEY (id, during WITHOUT OVERLAPS)",
        "total int GENERATED ALWAYS AS (a + b) VIRTUAL", "SELECT pg_input_is_valid('1', 'int')",
        "GRANT MAINTAIN ON a TO b", "SELECT random_normal(0, 1)", "SELECT random(1, 6)",
        "UPDATE a SET b = 1 RETURNING old.b", "GRANT a TO b WITH INHERIT FALSE",
        "SELECT array_shuffle(x)", "COPY a FROM STDIN WITH (ON_ERROR ignore)",
    ],
)  # fmt: skip
def test_what_is_newer_is_seen(statement: str) -> None:
    assert newer_in(statement) != []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE UNIQUE INDEX i ON a (b) NULLS NOT DISTINCT",
        "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE",
        "INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING RETURNING id",
        "total int GENERATED ALWAYS AS (a + b) STORED", "SELECT gen_random_uuid(), random()",
    ],
)  # fmt: skip
def test_what_15_can_do_passes(statement: str) -> None:
    assert newer_in(statement) == []


@pytest.mark.load
@pytest.mark.skipif(
    not (FIFTEEN / "postgres").exists(),
    reason="no PostgreSQL 15 on this machine: apt install postgresql-15",
)
def test_migrations_and_the_lowest_apps_work_on_15(tmp_path: Path) -> None:
    """`make test PG=15` runs all tests on it; this part of them runs wherever 15 is installed."""
    home = Path("/dev/shm") / f"linli-15-{os.getpid()}"
    kept = ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_CURRENT_TEST", "LINLI_HOME")
    given = {name: value for name, value in os.environ.items() if name not in kept}
    given |= {"LINLI_PG_BIN": str(FIFTEEN), "LINLI_TEST_HOME": str(home)}
    home.mkdir()
    # what Python and the templates become is the same on any database
    (home / "compiled").symlink_to(HOME / "compiled")
    try:
        done = subprocess.run(
            # by itself: two workers would be done sooner, for a quarter more of what all others wait for
            [sys.executable, "-m", "pytest", "-q", "-n", "0", *ON_FIFTEEN, *NOT_ON_FIFTEEN],
            cwd=ROOT, env=given, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        subprocess.run(["rm", "-rf", str(home)], check=False)

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.django_db
@pytest.mark.skipif(os.environ.get("LINLI_PG_BIN", "") != str(FIFTEEN), reason="not run with PG=15")
def test_with_pg_15_the_server_is_15() -> None:
    connection.ensure_connection()

    assert connection.pg_version // 10_000 == 15
