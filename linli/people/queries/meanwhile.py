"""What came in with a kept entry while two were one: by marks that joining sets, or by moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.kernel import scope, sql
from linli.kernel.joined import ACCOUNTS_OF, PERSON_COLUMNS, PersonColumn
from linli.kernel.permits import system_actor
from linli.people.models import DuplicatePair
from linli.people.queries.persons import ids_of_one

MARK = "SELECT coalesce(max(id), 0) FROM {table}"
CAME = """
SELECT count(*)::int FROM {table}
 WHERE {column} = ANY(%s) AND {grown} > %s AND {only} AND NOT coalesce({account} = ANY(%s), false)
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
    """Return the number up to which each table with people has grown whose numbers give an order."""
    return {one.key: _number(MARK, one, []) for one in PERSON_COLUMNS if not one.moment}


def mark_of(pair: DuplicatePair, column: PersonColumn) -> int | datetime | None:
    """Return what a row that came since the joining is greater than; None where that is not known.

    For a pair that is joined.
    """
    marks = (pair.undo or {}).get("marks") or {}
    return pair.decided_at if column.moment else marks.get(column.key)


def came_since(pair: DuplicatePair) -> Meanwhile:
    """Return what came in with a pair that only a person can tell apart, also after it was parted.

    The caller runs as the system. Pairs that were joined before marks were set tell nothing.
    """
    if pair.undo is None:
        return _kept(pair.came_since or {})
    kept = pair.undo["kept"]
    ids = ids_of_one(kept)
    accounts = list(ACCOUNTS_OF.call(ids))
    rows = [
        Came(one.key, one.title, _number(CAME, one, [ids, mark, accounts]))
        for one in PERSON_COLUMNS
        if (mark := mark_of(pair, one)) is not None
    ]
    return Meanwhile(kept, tuple(came for came in rows if came.count))


def came_of(pair: DuplicatePair) -> Meanwhile:
    """Return the same for whoever sees the pair: counts alone, taken as the system."""
    with scope.acting(system_actor("people.compare")), transaction.atomic():
        return came_since(pair)


def _kept(kept: Mapping[str, Any]) -> Meanwhile:
    titles = {one.key: one.title for one in PERSON_COLUMNS}
    rows = [Came(key, titles[key], count) for key, count in kept.get("rows", ()) if key in titles]
    return Meanwhile(kept.get("entry"), tuple(rows))


def _number(text: str, of: PersonColumn, params: list[Any]) -> int:
    account = of.account or "NULL::bigint"
    full = text.format(
        table=of.table, column=of.column, grown=of.grown, only=of.only, account=account
    )
    return int(sql.tuples(f"people.{text.split()[1][:5]}.{of.key}", full, params)[0][0])
