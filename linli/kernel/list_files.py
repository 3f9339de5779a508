"""Lists that can be had as a file: what an app tells of one, for the job in `files` that writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from linli.kernel.paging import Keyset, in_steps
from linli.kernel.permits import STAFF, Actor, Permit
from linli.kernel.registries import Registry

if TYPE_CHECKING:
    from django.db.models import QuerySet

STEP = 500
Row = Sequence[Any]
Asked = Mapping[str, str]


@dataclass(frozen=True)
class ListFile:
    """A list as a file, under the name by which its page keeps views.

    `rows(actor, asked, now)` gives the heads, then the rows, by the filters of the page's address and
    with the reader's own sight; `asked["place"]` is the code of a place in that address. `permits`
    are those of which the page wants one anywhere; none where everybody reads it. `level` is how
    confidential the file is.
    """

    key: str
    title: Any
    rows: Callable[[Actor, Asked, datetime], Iterable[Row]]
    permits: tuple[Permit, ...] = ()
    level: int = STAFF


LIST_FILES: Registry[ListFile] = Registry("lists as files")


def sheet_of(
    found: QuerySet[Any], sort: Keyset, shape: Callable[[list[Any]], Iterable[Row]]
) -> Iterator[Row]:
    """Yield heads and lines of a queryset, some hundred rows in memory at a time.

    `shape` gives the heads, then the lines of rows.
    """
    yield from islice(shape([]), 1)
    for rows in in_steps(found, sort, STEP):
        yield from islice(shape(rows), 1, None)
