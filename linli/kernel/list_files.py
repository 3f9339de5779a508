"""Lists that can be had as a file: what an app tells of one, for the job in `files` that writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.kernel.permits import STAFF, Actor, Permit
from linli.kernel.registries import Registry

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
