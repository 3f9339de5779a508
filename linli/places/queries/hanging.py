"""What hangs on a place, and which kinds of it go together when it splits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import PATH_COLUMNS, REFERENCES, PathColumn
from linli.places.models import Place

# lists, files, messages and feedback that name the place by its path
PATHS = "paths"
COUNT = "SELECT count(*) FROM {table} WHERE {column} = %s"


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many things of one kind hang on a place, and whether they can follow a change."""

    title: Any
    count: int
    moves: bool


@dataclass(frozen=True, slots=True)
class Estate:
    """Kinds that one app moves together: under one key, with what they are called and how many."""

    key: str
    titles: tuple[Any, ...]
    count: int
    move: Callable[[int, int], int] | None


def hanging_on(place: Place) -> list[Hanging]:
    """Return what a change of this place would touch, by every app that registered it."""
    return [
        Hanging(entry.title, entry.count(place.pk), entry.move is not None)
        for entry in REFERENCES
        if entry.to == "place"
    ]


def estates_of(place: Place) -> list[Estate]:
    """Return what cannot follow a split by itself: somebody says which part takes it.

    Kinds that one app moves in one go stand together; a kind of which nothing is there is left out.
    """
    by_move: dict[Callable[[int, int], int], list[tuple[str, Any, int]]] = {}
    for entry in REFERENCES:
        hangs = entry.to == "place" and (not entry.levels or place.level in entry.levels)
        if hangs and entry.move and (count := entry.count(place.pk)):
            by_move.setdefault(entry.move, []).append((entry.key, entry.title, count))
    estates = [
        Estate(
            kinds[0][0].partition(".")[0],
            tuple(title for _key, title, _count in kinds),
            sum(count for _key, _title, count in kinds),
            move,
        )
        for move, kinds in by_move.items()
    ]
    named = sum(_count(entry, place.path) for entry in PATH_COLUMNS if entry.merges)
    if named:
        estates.append(Estate(PATHS, (_("Lists, files, messages and feedback"),), named, None))
    return estates


def _count(entry: PathColumn, path: str) -> int:
    table, _dot, column = entry.key.partition(".")
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(table=table, column=column), [path])
        return int(cursor.fetchone()[0])
