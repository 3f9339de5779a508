"""Rotating keys: bring in a new one, write every row anew in batches, take the old one out.

A rotation may be interrupted anywhere and is continued by calling it again: what is left to do is
read off the rows themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg import sql

from linli.kernel.registries import Registry
from linli.kernel.sealing import ring as held
from linli.kernel.sealing.blind import blind
from linli.kernel.sealing.fields import open_bytes, open_sealed, seal_bytes

BATCH = 1000


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed values. `row` is the column whose value went into the additional data.

    With `index` the column also has a pair of blind indexes `<index>` and `<index>_next` for
    `purpose`, over the value as `normal` writes it.
    """

    table: str
    column: str
    use: str = "seal"
    row: str = "id"
    index: str = ""
    purpose: str = ""
    normal: Callable[[str], str] = str

    @property
    def key(self) -> str:
        return f"{self.table}.{self.column}"


# filled from AppConfig.ready() by every app that seals
SEALED: Registry[SealedColumn] = Registry("sealed columns")


def count_under(id_: bytes) -> dict[str, int]:
    """Return how many values are sealed under a key, by column; columns without are left out."""
    counted = {}
    for column in SEALED:
        query = sql.SQL("SELECT count(*) FROM {table} WHERE substring({column} from 2 for 4) = %s")
        found = _rows(query.format(**_names(column)), [id_])[0][0]
        if found:
            counted[column.key] = found
    return counted


def reseal(column: SealedColumn) -> Iterator[int]:
    """Write every value of a column that is under an old key anew; yield the rows of each batch.

    Each batch is a transaction of its own. Rows that change meanwhile are under the new key already.
    """
    new = held.ring().current(column.use).id
    query = sql.SQL(
        "SELECT {row}, {column} FROM {table} "
        "WHERE {column} IS NOT NULL AND substring({column} from 2 for 4) <> %s AND {after} "
        "ORDER BY {row} LIMIT {batch} FOR UPDATE"
    )
    last: Any = None
    while True:
        with transaction.atomic():
            found = _rows(_paged(query, column, last), [new, *_given(last)])
            if not found:
                return
            ids = [row for row, _ in found]
            anew = [_anew(column, row, bytes(value)) for row, value in found]
            _write(column, column.column, ids, anew)
        last = ids[-1]
        yield len(ids)


def _anew(column: SealedColumn, row: Any, value: bytes) -> bytes:
    where = {"table": column.table, "column": column.column, "row": row}
    return seal_bytes(open_bytes(value, **where), **where, use=column.use)


def fill_index(column: SealedColumn) -> Iterator[int]:
    """Fill the index column of the key that is being brought in; yield the rows of each batch."""
    waiting = held.ring().waiting("index")
    assert waiting is not None, "no index key is being brought in"
    target = index_column(column, waiting.slot)
    query = sql.SQL(
        "SELECT {row}, {column} FROM {table} WHERE {column} IS NOT NULL AND {target} IS NULL "
        "AND {after} ORDER BY {row} LIMIT {batch} FOR UPDATE"
    )
    last: Any = None
    while True:
        with transaction.atomic():
            found = _rows(_paged(query, column, last, target=target), [*_given(last)])
            if not found:
                return
            ids = [row for row, _ in found]
            hashes = [_hash(column, row, bytes(value), waiting.slot) for row, value in found]
            _write(column, target, ids, hashes)
        last = ids[-1]
        yield len(ids)


def _hash(column: SealedColumn, row: Any, value: bytes, slot: int) -> bytes:
    plain = open_sealed(value, table=column.table, column=column.column, row=row)
    found = blind(column.normal(plain), purpose=column.purpose)[slot]
    assert found is not None
    return found


def without_index(column: SealedColumn, slot: int) -> int:
    """Return how many values lack the index of a slot."""
    query = sql.SQL(
        "SELECT count(*) FROM {table} WHERE {column} IS NOT NULL AND {target} IS NULL"
    ).format(**_names(column), target=sql.Identifier(index_column(column, slot)))
    return int(_rows(query, [])[0][0])


def clear_index(column: SealedColumn, slot: int) -> Iterator[int]:
    """Empty the index column of a slot that is no longer read; yield the rows of each batch."""
    target = sql.Identifier(index_column(column, slot))
    query = sql.SQL(
        "UPDATE {table} SET {target} = NULL WHERE {row} IN "
        "(SELECT {row} FROM {table} WHERE {target} IS NOT NULL LIMIT {batch} FOR UPDATE)"
    ).format(**_names(column), target=target, batch=sql.Literal(BATCH))
    while True:
        with transaction.atomic():
            done = _cursor().execute(query).rowcount
        if not done:
            return
        yield done


def index_column(column: SealedColumn, slot: int) -> str:
    """Return the name of the index column of a slot."""
    return column.index if slot == 0 else f"{column.index}_next"


def _names(column: SealedColumn) -> dict[str, sql.Identifier]:
    names = {"table": column.table, "column": column.column, "row": column.row}
    return {name: sql.Identifier(value) for name, value in names.items()}


def _paged(query: sql.SQL, column: SealedColumn, last: Any, *, target: str = "") -> sql.Composed:
    after = (
        sql.SQL("true") if last is None else sql.SQL("{} > %s").format(sql.Identifier(column.row))
    )
    return query.format(
        **_names(column),
        after=after,
        batch=sql.Literal(BATCH),
        target=sql.Identifier(target or column.column),
    )


def _given(last: Any) -> list[Any]:
    return [] if last is None else [last]


def _write(column: SealedColumn, target: str, ids: list[Any], values: list[bytes]) -> None:
    query = sql.SQL(
        "UPDATE {table} SET {target} = new.value "
        "FROM (SELECT unnest(%s) AS id, unnest(%s) AS value) AS new WHERE {table}.{row} = new.id"
    ).format(**_names(column), target=sql.Identifier(target))
    _cursor().execute(query, [ids, values])


def _cursor() -> psycopg.Cursor[Any]:
    """A cursor that binds on the server: lists and bytes travel with their types."""
    connection.ensure_connection()
    assert isinstance(connection.connection, psycopg.Connection)
    return psycopg.Cursor(connection.connection)


def _rows(query: sql.Composed, params: list[Any]) -> list[tuple[Any, ...]]:
    # row security reads its settings from the transaction: without one the vault looks empty
    with transaction.atomic(), _cursor() as cursor:
        return list(cursor.execute(query, params).fetchall())
