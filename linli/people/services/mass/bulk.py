"""Writing many people at once: COPY for open tables, staging and one INSERT for the vault.

Imports and the generator write through here, inside a transaction of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg import sql

Rows = list[tuple[Any, ...]]
PLACE = ("path", "city_id", "town_id", "village_id")


@dataclass(frozen=True)
class Shape:
    """The columns of a table that a batch fills, with their types; the others have defaults."""

    table: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    is_vault: bool = False


def _shape(table: str, spec: str, *, is_vault: bool = False) -> Shape:
    parts = [column.split(":") for column in spec.split()]
    names, types = zip(*parts, strict=True)
    return Shape(f"people_{table}", names, types, is_vault)


_PLACE = "path:text city_id:int8 town_id:int8 village_id:int8"
SHAPES = {
    "persons": _shape(
        "person",
        "id:int8 name:text other_name:text sex:text born_on:date is_synthetic:bool "
        "changed_at:timestamptz",
    ),
    "dwellings": _shape(
        "dwelling",
        f"id:int8 {_PLACE} address:text address_key:text kind:text beds:int4 employer:text "
        "changed_at:timestamptz",
    ),
    "households": _shape(
        "household",
        f"id:int8 {_PLACE} kind:text number:text name:text dwelling_id:int8 since:date",
    ),
    "residencies": _shape(
        "residency",
        f"person_id:int8 dwelling_id:int8 {_PLACE} group:text standing:text basis:text "
        "basis_until:date employer:text since:date until:date name_key:text sex:text born_on:date",
    ),
    "members": _shape(
        "householdmember", "household_id:int8 person_id:int8 relation:text bed:text since:date"
    ),
    "parties": _shape("dwellingparty", "dwelling_id:int8 role:text person_id:int8"),
    "documents": _shape(
        "persondocument",
        "id:int8 person_id:int8 kind:text number:bytea number_index:bytea number_index_next:bytea "
        "masked:text valid_until:date is_disputed:bool",
        is_vault=True,
    ),
    "contacts": _shape(
        "contact",
        "id:int8 person_id:int8 kind:text value:bytea value_index:bytea value_index_next:bytea "
        "masked:text",
        is_vault=True,
    ),
    "terms": _shape(
        "nameterm", "term:text city_id:int8 town_id:int8 village_id:int8 person_id:int8"
    ),
}


@dataclass
class Batch:
    """Rows of one step, table by table, in the order of the columns in SHAPES."""

    persons: Rows = field(default_factory=list)
    dwellings: Rows = field(default_factory=list)
    households: Rows = field(default_factory=list)
    residencies: Rows = field(default_factory=list)
    members: Rows = field(default_factory=list)
    parties: Rows = field(default_factory=list)
    documents: Rows = field(default_factory=list)
    contacts: Rows = field(default_factory=list)
    terms: Rows = field(default_factory=list)


def write(batch: Batch) -> None:
    """Write a batch, what others point to first."""
    assert connection.in_atomic_block, "a batch is written whole or not at all"
    for name, shape in SHAPES.items():
        rows: Rows = getattr(batch, name)
        if rows:
            _copy(shape, rows)


def reserve(table: str, count: int) -> list[int]:
    """Take ids from the sequence of a table, so that rows can point to each other before they exist."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [f"people_{table}", count],
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(shape: Shape, rows: Iterable[Sequence[Any]]) -> None:
    target = f"stage_{shape.table}" if shape.is_vault else shape.table
    columns = sql.SQL(", ").join(map(sql.Identifier, shape.columns))
    raw = connection.connection
    assert raw is not None
    with connection.wrap_database_errors, raw.cursor() as cursor:
        if shape.is_vault:
            _stage(cursor, shape, target)
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)")
        with cursor.copy(statement.format(sql.Identifier(target), columns)) as copy:
            copy.set_types(shape.types)
            write_row = copy.write_row
            for row in rows:
                write_row(row)
        if shape.is_vault:
            _unstage(cursor, shape, target, columns)


def _stage(cursor: Any, shape: Shape, target: str) -> None:
    """COPY refuses a table with row security, so rows of the vault come in through a table of ours."""
    cursor.execute(
        sql.SQL(
            "CREATE TEMP TABLE IF NOT EXISTS {} (LIKE {} INCLUDING DEFAULTS) ON COMMIT DELETE ROWS"
        ).format(sql.Identifier(target), sql.Identifier(shape.table))
    )


def _unstage(cursor: Any, shape: Shape, target: str, columns: sql.Composed) -> None:
    # in the order of the index, so that two imports of the same numbers wait and never deadlock
    order = "number_index" if "number_index" in shape.columns else "id"
    cursor.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ORDER BY {}").format(
            sql.Identifier(shape.table),
            columns,
            columns,
            sql.Identifier(target),
            sql.Identifier(order),
        )
    )
    cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(target)))
