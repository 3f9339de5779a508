"""Keys of persons: one for each person, kept as rows of `people` under the master key.

What is sealed under such a key is gone for good when its row is deleted, in every backup too that
is restored with the erasures replayed.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache

from linli.kernel.sealing import fields
from linli.kernel.sealing import ring as held
from linli.kernel.sealing.keys import key_id
from linli.kernel.sealing.suites import BY_CODE, SUITES, Aead

# the place of a wrapped key in additional data; rows are person ids
TABLE, COLUMN = "people_personkey", "wrapped"


def new_person_key(person_id: int) -> bytes:
    """Return a fresh key of a person, wrapped by the master key, for its row in `people`."""
    suite = held.ring().suite
    return wrap(bytes([suite.code]) + os.urandom(suite.key_size), person_id)


def wrap(key: bytes, person_id: int) -> bytes:
    """Return a person's key under the current master key."""
    return fields.seal_bytes(key, table=TABLE, column=COLUMN, row=person_id, use="master")


def unwrap(wrapped: bytes, person_id: int) -> bytes:
    """Return a person's key. Refuses with KeyMissing or SealBroken."""
    return fields.open_bytes(wrapped, table=TABLE, column=COLUMN, row=person_id)


def key_from(secret: str) -> bytes:
    """Return the key that only whoever brings this unguessable secret can make again."""
    suite = held.ring().suite
    drawn = hashlib.shake_256(b"linli key from secret\x1f" + secret.encode())
    return bytes([suite.code]) + drawn.digest(suite.key_size)


def seal_for(key: bytes, value: str, *, table: str, column: str, row: int | str) -> bytes:
    """Return a value sealed under a person's unwrapped key."""
    head, cipher = _cipher(key)
    nonce = fields.nonces.take()
    where = fields.place_of(table, column) + str(row).encode()
    return head + nonce + cipher.encrypt(nonce, value.encode(), where)


def open_for(key: bytes, sealed: bytes, *, table: str, column: str, row: int | str) -> str:
    """Return a value that was sealed under a person's key. Refuses with SealBroken."""
    head, cipher = _cipher(key)
    sealed = bytes(sealed)
    if sealed[: fields.HEAD] != head or len(sealed) < fields.SHORTEST:
        raise fields.broken(table, column, row)
    return fields.unlocked(cipher, sealed, table=table, column=column, row=row).decode()


@lru_cache(maxsize=256)
def _cipher(key: bytes) -> tuple[bytes, Aead]:
    suite = BY_CODE[key[0]]
    assert len(key) == 1 + SUITES[suite.name].key_size, "not a person's key"
    return key[:1] + key_id(key), suite.aead(key[1:])
