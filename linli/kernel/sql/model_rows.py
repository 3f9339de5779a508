"""Rows of one table read as instances of its model, and written with one prepared statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, models
from psycopg.types.json import Jsonb
from pydantic_core import to_json

from linli.kernel.prepared import Params
from linli.kernel.sql.asking import ask
from linli.kernel.sql.blocks import next_id
from linli.kernel.sql.statements import later, own_connection, tuples

M = TypeVar("M", bound=models.Model)
# of a row its values in the order of columns
Reading = Callable[[models.Model], tuple[Any, ...]]
# each number of rows is a statement of its own on the server: more of them gain nothing
MOST_PREPARED = 20
# of these fields a value of such a type is written as it stands
TEXTS, TRUTHS, NUMBERS, BYTES = (frozenset({kind, type(None)}) for kind in (str, bool, int, bytes))
PLAIN = {
    models.CharField: TEXTS, models.TextField: TEXTS, models.BooleanField: TRUTHS,
    models.SmallIntegerField: NUMBERS, models.IntegerField: NUMBERS, models.BigIntegerField: NUMBERS,
    models.PositiveIntegerField: NUMBERS, models.PositiveSmallIntegerField: NUMBERS,
    models.BigAutoField: NUMBERS, models.BinaryField: BYTES,
}  # fmt: skip
# and of these one that knows its time zone, or is null: what sets itself is not among them
MOMENTS: frozenset[type] = frozenset({datetime, type(None)})
NONE: frozenset[type] = frozenset()


def instances(name: str, sql: str, params: Params, model: type[M]) -> list[M]:
    """Return rows as instances of a model; the statement gives its `columns_of`, in that order."""
    return ask_instances(name, sql, params, model)()


def ask_instances(
    name: str, sql: str, params: Params, model: type[M], *, is_hurried: bool = False
) -> Callable[[], list[M]]:
    """Begin to read what `instances` returns, and go on; what is returned waits for it."""
    asked = ask(name, sql, params, model, is_hurried=is_hurried)
    return lambda: _instances(asked.result().rows, model)


def _instances(rows: Iterable[tuple[Any, ...]], model: type[M]) -> list[M]:
    names, read = _reading(model)
    found = [list(row) for row in rows]
    for row in found if read else ():
        for n, value_of in read:
            row[n] = value_of(row[n], None, own_connection())
    return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in found]


@lru_cache(maxsize=256)
def _reading(model: type[models.Model]) -> tuple[list[str], list[tuple[int, Callable[..., Any]]]]:
    """Return the names of the fields of a model, and what reads those that come as text, such as JSON."""
    fields = model._meta.concrete_fields
    return [field.attname for field in fields], [
        (n, field.from_db_value)
        for n, field in enumerate(fields)
        if hasattr(field, "from_db_value")
    ]


@lru_cache(maxsize=256)
def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns of a table as `instances` wants them."""
    return tuple(f'"{field.column}"' for field in model._meta.concrete_fields)


def insert(rows_to_be: Sequence[models.Model]) -> None:
    """Insert new rows of one table with one prepared statement, and set the ids that they got.

    As bulk_create does it, without building the statement anew: for the few rows of a hot path.
    """
    if not rows_to_be:
        return
    model = type(rows_to_be[0])
    if len(rows_to_be) > MOST_PREPARED:
        model._default_manager.bulk_create(rows_to_be)
        return
    name, statement, values = _as_insertion(rows_to_be, model)
    found = tuples(name, f'{statement} RETURNING "{_key_of(model)}"', values)
    for row, (pk,) in zip(rows_to_be, found, strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_later(rows_to_be: Sequence[models.Model], *, waits: bool = False) -> None:
    """Insert new rows as `later` writes, and set ids that were fetched ahead: they order nothing."""
    if not rows_to_be:
        return
    if len(rows_to_be) > MOST_PREPARED:
        insert(rows_to_be)
        return
    model = type(rows_to_be[0])
    for row in rows_to_be:
        if row.pk is None:
            row.pk = next_id(f"{model._meta.db_table}_{_key_of(model)}_seq")
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    later(*_as_insertion(rows_to_be, model), waits=waits)


def insert_told_later(
    model: type[models.Model], told: Mapping[str, Any], *, waits: bool = False
) -> None:
    """Insert one row with its key as `insert_later` does, where nobody wants an instance: making one takes longer.

    What is not told is what its field has unless it is said.
    """
    fields, _read, statement = _insertion(model, 1, True)
    assert told.keys() <= {field.attname for field, _plain in fields}, "a field by another name"
    values = [
        _value(told[field.attname] if field.attname in told else field.get_default(), field, plain)
        for field, plain in fields
    ]
    later(f"insert.{model._meta.db_table}", statement, values, waits=waits)


def _as_insertion(
    rows_to_be: Sequence[models.Model], model: type[models.Model]
) -> tuple[str, str, list[Any]]:
    """Return name, statement and values of an insertion of these rows."""
    fields, read, statement = _insertion(model, len(rows_to_be), rows_to_be[0].pk is not None)
    values = [
        # most are so already as the driver takes them
        value
        if type(value) in plain and type(value) is not datetime
        else _value(value, field, plain, row)
        for row in rows_to_be
        for (field, plain), value in zip(fields, read(row), strict=True)
    ]
    return f"insert.{model._meta.db_table}", statement, values


def _value(
    value: Any,
    field: models.Field[Any, Any],
    plain: frozenset[type],
    row: models.Model | None = None,
) -> Any:
    """Return a value as the driver takes it, where that can be seen without asking the field, which takes long.

    A field that sets itself does so where there is a row.
    """
    if type(value) in plain and (type(value) is not datetime or value.tzinfo is not None):
        return value
    if plain is TEXTS and isinstance(value, str):
        # a word of a list, which is a text by another name
        return str(value)
    if type(value) in (dict, list) and type(field) is models.JSONField and field.encoder is None:
        return Jsonb(value, dumps=to_json)
    found = value if row is None else field.pre_save(row, True)
    return field.get_db_prep_save(found, own_connection())


def _key_of(model: type[models.Model]) -> str:
    key = model._meta.pk
    assert key is not None and key.column is not None
    return key.column


def _plain(field: models.Field[Any, Any]) -> frozenset[type]:
    """Return of which types a value of a field is written as it stands."""
    if isinstance(field, models.ForeignKey):
        return _plain(field.target_field)
    if type(field) is models.DateTimeField and not (field.auto_now or field.auto_now_add):
        return MOMENTS
    return PLAIN.get(type(field), NONE)


@lru_cache(maxsize=256)
def _insertion(
    model: type[models.Model], count: int, has_key: bool
) -> tuple[list[tuple[models.Field[Any, Any], frozenset[type]]], Reading, str]:
    """Return the columns that are written, what reads them of a row, and the statement; a key that is not set is given."""
    meta = model._meta
    fields = [f for f in meta.concrete_fields if has_key or not isinstance(f, models.AutoField)]
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(f'"{field.column}"' for field in fields)
    rows = ", ".join([row] * count)
    statement = f'INSERT INTO "{meta.db_table}" ({columns}) VALUES {rows}'  # noqa: S608  names only
    names = [field.attname for field in fields]
    # of one name alone it returns no row
    read = attrgetter(*names) if len(names) > 1 else lambda row: (getattr(row, names[0]),)
    return [(field, _plain(field)) for field in fields], read, statement
