"""What hangs on a place, and which kinds of it go together when it splits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PUBLIC
from linli.kernel.registries import PATH_COLUMNS, REFERENCES, PathColumn, Reference
from linli.places.models import Place

# lists, files and messages that name the place by its path
PATHS = "paths"
NOT_FOR_ALL = _("Entries that are not for everybody")
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
    """Return what a change of this place would touch, by every app that registered it.

    What is not for everybody goes along, but is told by its own pages alone.
    """
    return [
        Hanging(entry.title, entry.count(place.pk), entry.move is not None)
        for entry in REFERENCES
        if entry.to == "place" and entry.level == PUBLIC
    ]


def left_on(place: Place) -> list[str]:
    """Return the names of all that still hangs on a place, so that it cannot end.

    What is not for everybody counts as well, but is neither named nor numbered.
    """
    found = [entry for entry in REFERENCES if entry.to == "place" and entry.count(place.pk)]
    names = [str(entry.title) for entry in found if entry.level == PUBLIC]
    return names if len(names) == len(found) else [*names, str(NOT_FOR_ALL)]


def estates_of(place: Place) -> list[Estate]:
    """Return what cannot follow a split by itself: somebody says which part takes it.

    Kinds that one app moves in one go stand together; a kind of which nothing is there is left out,
    and of what is not for everybody neither the name nor the number is told.
    """
    by_move: dict[Callable[[int, int], int], list[tuple[Reference, int]]] = {}
    for entry in REFERENCES:
        hangs = entry.to == "place" and (not entry.levels or place.level in entry.levels)
        if hangs and entry.move and (count := entry.count(place.pk)):
            by_move.setdefault(entry.move, []).append((entry, count))
    estates = [
        Estate(
            kinds[0][0].key.partition(".")[0],
            tuple(entry.title for entry, _count in kinds if entry.level == PUBLIC)
            or (NOT_FOR_ALL,),
            sum(count for entry, count in kinds if entry.level == PUBLIC),
            move,
        )
        for move, kinds in by_move.items()
    ]
    named = sum(_count(entry, place.path) for entry in PATH_COLUMNS if entry.merges)
    if named:
        estates.append(Estate(PATHS, (_("Lists, files and messages"),), named, None))
    return estates


def _count(entry: PathColumn, path: str) -> int:
    table, _dot, column = entry.key.partition(".")
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(table=table, column=column), [path])
        return int(cursor.fetchone()[0])
