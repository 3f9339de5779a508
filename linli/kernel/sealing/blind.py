"""Blind indexes: finding a sealed value by equality without opening any (HMAC, 128 bits).

Two columns, `x_index` and `x_index_next`, each unique where the value is. One is in use; when a
key is rotated the other one is filled beside it, then the ring says which one is read. So a
double is refused at every moment of a rotation, and no look-up ever asks twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from linli.kernel.sealing import ring as held


class Blind(NamedTuple):
    """What to write: `main` into `x_index`, `next` into `x_index_next`; the idle one is nothing."""

    main: bytes | None
    next: bytes | None


# 128 bits are enough for equality among ten thousand million values, and half the index
BLIND_SIZE = 16


def blind(value: str, *, purpose: str) -> Blind:
    """Return the blind index of a value, for a column pair `x_index`, `x_index_next`.

    `purpose` names what is compared with what, such as "people.document.number"; the caller
    brings the value into one form first. While a new key is brought in, both columns are filled.
    """
    ring, prefix = held.ring(), _prefix(purpose)
    written: list[bytes | None] = [None, None]
    for key in (ring.current("index"), ring.waiting("index")):
        if key is not None:
            written[key.slot] = ring.mac(key, prefix)(value.encode())[:BLIND_SIZE]
    return Blind(*written)


def blind_many(values: Sequence[str], *, purpose: str) -> list[Blind]:
    """Return the blind indexes of many values."""
    ring, prefix = held.ring(), _prefix(purpose)
    if ring.waiting("index") is not None:
        return [blind(value, purpose=purpose) for value in values]
    key = ring.current("index")
    code = ring.mac(key, prefix)
    if key.slot == 0:
        return [Blind(code(value.encode())[:BLIND_SIZE], None) for value in values]
    return [Blind(None, code(value.encode())[:BLIND_SIZE]) for value in values]


def blind_lookup(field: str, value: str, *, purpose: str) -> dict[str, bytes]:
    """Return the filter that finds a value: `Model.objects.filter(**blind_lookup("x_index", …))`."""
    ring = held.ring()
    key = ring.current("index")
    column = field if key.slot == 0 else f"{field}_next"
    return {column: ring.mac(key, _prefix(purpose))(value.encode())[:BLIND_SIZE]}


@lru_cache(maxsize=256)
def _prefix(purpose: str) -> bytes:
    return purpose.encode() + b"\0"
