"""Ids and other numbers fetched in blocks, which are kept with the connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from linli.kernel.sql.statements import live_connection, tuples

IDS_AT_ONCE = 128
NEXT_IDS = "SELECT nextval(%s::regclass) FROM generate_series(1, %s)"


def next_id(sequence: str) -> int:
    """Return the id of a row to come, for what must be known before the row is written.

    Ids are fetched in blocks and kept with the connection; those that are not used are gaps.
    """
    fetch = partial(tuples, "ids", NEXT_IDS, [sequence, IDS_AT_ONCE])
    return next_of_block(sequence, lambda: [one for (one,) in fetch()])


def next_of_block(name: str, fetch: Callable[[], Iterable[int]]) -> int:
    """Return the least number that is left of a block kept with the connection; `fetch` gets the next block.

    What is kept with the connection never outlives the database.
    """
    kept: dict[str, list[int]] = live_connection().connection.__dict__.setdefault(
        "linli_blocks", {}
    )
    block = kept.setdefault(name, [])
    if not block:
        block.extend(sorted(fetch(), reverse=True))
    return block.pop()
