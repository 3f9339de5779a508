"""What came in with a kept entry while two were one: by marks that joining sets in each table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linli.kernel import sql
from linli.kernel.joined import ACCOUNTS_OF, PERSON_COLUMNS, PersonColumn
from linli.people.models import DuplicatePair
from linli.people.queries.persons import ids_of_one

MARK = "SELECT coalesce(max({row}), 0) FROM {table}"
CAME = """
SELECT count(*)::int FROM {table}
 WHERE {column} = ANY(%s) AND {row} > %s AND {only} AND NOT coalesce({account} = ANY(%s), false)
"""


@dataclass(frozen=True, slots=True)
class Came:
    """So many rows of one kind that nobody's account tells whose they are."""

    key: str
    title: Any
    count: int


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What came in while two entries were one, and the entry that it stands with."""

    entry: int | None
    rows: tuple[Came, ...] = ()


def marks_of_today() -> dict[str, int]:
    """Return the number up to which each table with people has grown."""
    return {one.key: _number(MARK, one, []) for one in PERSON_COLUMNS}


def came_since(pair: DuplicatePair) -> Meanwhile:
    """Return what came in with a pair that only a person can tell apart, also after it was parted.

    The caller runs as the system. Pairs that were joined before marks were set tell nothing.
    """
    if pair.undo is None:
        return _kept(pair.came_since or {})
    kept, marks = pair.undo["kept"], pair.undo.get("marks", {})
    ids = ids_of_one(kept)
    accounts = list(ACCOUNTS_OF.call(ids))
    rows = [
        Came(one.key, one.title, _number(CAME, one, [ids, marks[one.key], accounts]))
        for one in PERSON_COLUMNS
        if one.key in marks
    ]
    return Meanwhile(kept, tuple(came for came in rows if came.count))


def _kept(kept: Mapping[str, Any]) -> Meanwhile:
    titles = {one.key: one.title for one in PERSON_COLUMNS}
    rows = [Came(key, titles[key], count) for key, count in kept.get("rows", ()) if key in titles]
    return Meanwhile(kept.get("entry"), tuple(rows))


def _number(text: str, of: PersonColumn, params: list[Any]) -> int:
    account = of.account or "NULL::bigint"
    full = text.format(table=of.table, column=of.column, row=of.row, only=of.only, account=account)
    return int(sql.tuples(f"people.{text.split()[1][:5]}.{of.key}", full, params)[0][0])
