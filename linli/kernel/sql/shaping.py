"""Rows as instances of a class whose fields bear the names of the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import lru_cache, partial
from itertools import starmap
from operator import itemgetter
from typing import Any, TypeVar

from linli.kernel.prepared import Result

R = TypeVar("R")
Rows = Iterable[tuple[Any, ...]]


def shaped(found: Result, into: type[R]) -> list[R]:
    """Return the rows of a result as instances of `into`."""
    kind: Any = into
    return list(_maker(found.names, kind)(found.rows))


@lru_cache(maxsize=1024)
def _maker(names: tuple[str, ...], into: Callable[..., Any]) -> Callable[[Rows], Iterable[Any]]:
    """Return what makes instances of rows with such columns: by position, which takes half the time, where it can."""
    wanted = _positions(into)
    if wanted is None or len(wanted) != len(names) or set(wanted) != set(names):
        return partial(_by_name, names, into)
    if wanted == names:
        return partial(starmap, into)
    pick = itemgetter(*map(names.index, wanted))
    return lambda rows: starmap(into, map(pick, rows))


def _positions(into: Callable[..., Any]) -> tuple[str, ...] | None:
    """Return the names of what a class takes in its order, None where that cannot be seen."""
    if is_dataclass(into):
        found = fields(into)
        return None if any(f.kw_only or not f.init for f in found) else tuple(f.name for f in found)
    return getattr(into, "_fields", None)


def _by_name(names: tuple[str, ...], into: Callable[..., Any], rows: Rows) -> Iterable[Any]:
    return (into(**dict(zip(names, row, strict=True))) for row in rows)
