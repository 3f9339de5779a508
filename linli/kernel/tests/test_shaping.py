"""Rows become instances whose fields bear the names of their columns, in whatever order they come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest
from django.db import connection

from linli.kernel import sql
from linli.kernel.quick import quick

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Plain:
    name: str
    number: int


@quick
@dataclass(frozen=True, slots=True)
class Fast:
    name: str
    number: int


class Pair(NamedTuple):
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Usual:
    name: str
    number: int = 7
    made: str = field(default="", kw_only=True)


def read(columns: str, into: Any) -> list[Any]:
    return sql.rows("test.shaping", f"SELECT {columns} FROM generate_series(1, 3) n", [], into)


@pytest.mark.parametrize("into", [Plain, Fast, Pair, Usual])
@pytest.mark.parametrize(
    "columns", ["n::text AS name, n AS number", "n AS number, n::text AS name"]
)
def test_fields_are_filled_by_their_names(into: Any, columns: str) -> None:
    wanted = [into(name=str(n), number=n) for n in (1, 2, 3)]

    assert read(columns, into) == wanted
    assert sql.ask("test.shaping", f"SELECT {columns} FROM generate_series(1, 3) n", [], into).rows() == wanted  # fmt: skip


def test_what_is_left_out_keeps_what_is_usual() -> None:
    assert read("n::text AS name", Usual) == [Usual(str(n)) for n in (1, 2, 3)]
    assert read("n::text AS name, 'x' AS made", Usual)[0] == Usual("1", made="x")


@pytest.mark.parametrize("into", [Plain, Fast, Pair])
@pytest.mark.parametrize(
    "columns", ["n::text AS name", "n::text AS name, n AS number, n AS more", "n AS a, n AS b"]
)
def test_other_columns_than_the_fields_are_refused(into: Any, columns: str) -> None:
    with pytest.raises(TypeError):
        read(columns, into)


def test_a_table_that_got_another_column_is_read_by_its_names_of_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE shaped AS SELECT 'x' AS name, 1 AS number")
    read_all = ("test.shaped", "SELECT * FROM shaped", [], Plain)
    assert sql.rows(*read_all) == [Plain("x", 1)]

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shaped RENAME COLUMN name TO other")
        cursor.execute("ALTER TABLE shaped RENAME COLUMN number TO name")
        cursor.execute("ALTER TABLE shaped RENAME COLUMN other TO number")
    assert sql.rows(*read_all, anew=True) == [Plain(1, "x")]  # type: ignore[arg-type]
