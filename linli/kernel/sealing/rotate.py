"""One whole rotation of a key, step by step, as `linli keys rotate` runs it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from linli.kernel.sealing import files, rotation
from linli.kernel.sealing import ring as held
from linli.kernel.sealing.errors import KeyInUse
from linli.kernel.sealing.keys import OLD, Key, Keyring
from linli.kernel.sealing.rotation import SEALED


@dataclass(frozen=True)
class Step:
    """What a rotation has just done: rows written in a column."""

    what: str
    column: str
    rows: int


def rotate(home: Path, use: str, *, now: datetime) -> Iterator[Step]:
    """Replace the key of one use and write everything anew under it; continue a broken-off one."""
    if use == "index":
        yield from _rotate_index(home, now=now)
        return
    with files.changing(home):
        ring = files.load(home)
        if not _is_under_way(ring, use):
            files.save(home, ring.with_new(use, made_at=files.moment(now)))
    held.forget()
    for column in SEALED:
        if column.use == use:
            for rows in rotation.reseal(column):
                yield Step("sealed anew", column.key, rows)


def _is_under_way(ring: Keyring, use: str) -> bool:
    """Old keys that still seal something mean that a rotation was broken off."""
    old = [key for key in ring.of(use) if key.state == OLD]
    return use in ("seal", "master") and any(rotation.count_under(key.id) for key in old)


def _rotate_index(home: Path, *, now: datetime) -> Iterator[Step]:
    indexed = [column for column in SEALED if column.index]
    with files.changing(home):
        ring = files.load(home)
        if ring.waiting("index") is None and not _old_index(ring):
            files.save(home, ring.with_new("index", made_at=files.moment(now)))
    held.forget()
    if held.ring().waiting("index") is not None:
        yield from _fill(indexed)
        with files.changing(home):
            files.save(home, files.load(home).promoted("index"))
        held.forget()
    _let_others_look()
    yield from _clear(home, indexed)


def _fill(indexed: list[rotation.SealedColumn]) -> Iterator[Step]:
    waiting = held.ring().waiting("index")
    assert waiting is not None
    # servers that had not yet seen the new key wrote rows without its index
    _let_others_look()
    while any(rotation.without_index(column, waiting.slot) for column in indexed):
        for column in indexed:
            for rows in rotation.fill_index(column):
                yield Step("indexed", column.key, rows)


def _clear(home: Path, indexed: list[rotation.SealedColumn]) -> Iterator[Step]:
    in_use = held.ring().current("index").slot
    for key in _old_index(held.ring()):
        for column in indexed if key.slot != in_use else []:
            for rows in rotation.clear_index(column, key.slot):
                yield Step("old index emptied", column.key, rows)
        with files.changing(home):
            files.save(home, files.load(home).without(key.id))
    held.forget()


def _old_index(ring: Keyring) -> list[Key]:
    return [key for key in ring.of("index") if key.state == OLD]


def _let_others_look() -> None:
    time.sleep(2 * held.LOOK_EVERY)


def retire(home: Path, name: str) -> None:
    """Take an old key out of the ring. Refuses with KeyInUse while anything needs it."""
    with files.changing(home):
        ring = files.load(home)
        key = ring.get(bytes.fromhex(name))
        if key.state != OLD:
            raise KeyInUse(key=name, why="it is not an old key")
        if key.use == "mark":
            raise KeyInUse(key=name, why="rows of the trail bear its mark")
        left = rotation.count_under(key.id)
        if left:
            why = ", ".join(f"{column}: {count}" for column, count in left.items())
            raise KeyInUse(key=name, why=why)
        files.save(home, ring.without(key.id))
    held.forget()
