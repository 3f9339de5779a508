"""Checks of words: one constant each, in new tables and in those that were there before (docs/adr/0026)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.db import connection

from linli.kernel.db.checks import with_constants

MIGRATION = import_module("linli.cases.migrations.0005_quick_checks")
ALL = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"


@pytest.mark.parametrize(
    ("django", "ours"),
    [
        ("\"kind\" IN ('a', 'b-c')", '"kind" = ANY (\'{"a","b-c"}\'::text[])'),
        ("\"kind\" IN ('', 'null')", '"kind" = ANY (\'{"","null"}\'::text[])'),
        (
            "(\"a\" IN ('x') OR NOT (\"b\" IN ('y', 'z') AND \"b\" IS NOT NULL))",
            '("a" = ANY (\'{"x"}\'::text[]) OR NOT ("b" = ANY (\'{"y","z"}\'::text[]) AND "b" IS NOT NULL))',
        ),
    ],
)
def test_a_list_of_words_is_one_constant(django: str, ours: str) -> None:
    assert with_constants(django) == ours


@pytest.mark.parametrize(
    "check", ['"level" IN (1, 6)', "\"a\" IN ('it''s', 'b')", "\"a\" IN ('x,y')", '"a" >= 0']
)
def test_what_is_no_list_of_plain_words_stays_as_it_is(check: str) -> None:
    assert with_constants(check) == check


@pytest.mark.django_db
def test_no_table_has_a_list_that_is_read_word_by_word() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"{ALL} AND pg_get_constraintdef(oid) ~ '{MIGRATION.SAID}'")
        slow = cursor.fetchall()
        cursor.execute(f"{ALL} AND pg_get_constraintdef(oid) LIKE '%}}''::text[]%'")
        quick = cursor.fetchall()

    assert slow == []
    assert len(quick) > 180, "the checks of words are there"


@pytest.fixture
def old(admin_db: Any) -> Iterator[Any]:
    """A schema of its own with a table as it was made before; nothing of it stays."""
    with admin_db.transaction(force_rollback=True):
        admin_db.execute("CREATE SCHEMA before; SET LOCAL search_path = before")
        admin_db.execute(
            "CREATE TABLE t (n int, kind varchar(9) NOT NULL, said text, level smallint,"
            " CONSTRAINT kind_known CHECK (kind IN ('a', 'b''s', '', 'null', '{x,\"y\"}')),"
            " CONSTRAINT said_known CHECK (said IN ('yes', 'no') OR n > 5 AND said IN ('perhaps')),"
            " CONSTRAINT level_known CHECK (level IN (1, 6)))"
        )
        yield admin_db


def taken(link: Any, *values: object) -> bool:
    """Say whether a row is taken; it does not stay."""
    try:
        with link.transaction(force_rollback=True):
            link.execute("INSERT INTO t VALUES (%s, %s, %s, %s)", values)
    except psycopg.errors.CheckViolation:
        return False
    return True


ROWS = [
    (n, kind, said, level)
    for n in (1, 9)
    for kind in ("a", "b's", "", "null", '{x,"y"}', "b", "NULL", "x")
    for said in ("yes", "perhaps", "Yes", None)
    for level in (1, 2)
]


def spelt(link: Any) -> dict[str, str]:
    return dict(link.execute(f"{ALL} AND connamespace = 'before'::regnamespace").fetchall())


@pytest.mark.parametrize("is_restored", [False, True])
def test_what_stood_before_is_spelt_anew_and_refuses_the_same(old: Any, is_restored: bool) -> None:
    if is_restored:
        # a restore reads what the server says itself, and keeps it in other words once more
        for name, says in spelt(old).items():
            old.execute(f"ALTER TABLE t DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {says}")
    before, were_taken = spelt(old), [taken(old, *row) for row in ROWS]

    old.execute(MIGRATION.RESPELL)

    after = spelt(old)
    assert [taken(old, *row) for row in ROWS] == were_taken
    assert 0 < sum(were_taken) < len(ROWS)
    assert before.keys() == after.keys()
    assert after["level_known"] == before["level_known"]
    assert after["kind_known"].count("::text[]") == 1
    assert "character varying" not in after["kind_known"] + after["said_known"]
    old.execute(MIGRATION.RESPELL)
    assert spelt(old) == after, "a second time changes nothing"
