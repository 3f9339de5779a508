"""Sealing single fields: ciphertext that opens in its own table, column and row only.

Layout: suite (1 byte), key id (4), nonce (12), ciphertext, tag (16). Nonces are random, so one key
is good for some four thousand million values; `linli keys rotate` long before that.
"""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache

import structlog
from cryptography.exceptions import InvalidTag

from linli.kernel.sealing import ring as held
from linli.kernel.sealing.errors import SealBroken
from linli.kernel.sealing.keys import ID
from linli.kernel.sealing.suites import NONCE, TAG, Aead

HEAD = 1 + ID
SHORTEST = HEAD + NONCE + TAG
NONCES_AT_ONCE = 512
log = structlog.get_logger("linli.sealing")


class _Nonces(threading.local):
    """Random nonces, fetched from the system many at a time."""

    def __init__(self) -> None:
        self._left: Iterator[tuple[bytes]] = iter(())

    def take(self) -> bytes:
        for (nonce,) in self._left:
            return nonce
        self._left = struct.iter_unpack(f"{NONCE}s", os.urandom(NONCE * NONCES_AT_ONCE))
        return next(self._left)[0]

    def drop(self) -> None:
        self._left = iter(())


nonces = _Nonces()
# a forked process must never use the nonces of its parent again
os.register_at_fork(after_in_child=nonces.drop)


@lru_cache(maxsize=1024)
def place_of(table: str, column: str) -> bytes:
    """Return the part of the additional data that all rows of a column share."""
    assert table and column and "/" not in table + column
    return f"{table}/{column}/".encode()


def seal(value: str, *, table: str, column: str, row: int | str, use: str = "seal") -> bytes:
    """Return a value sealed for one table, column and row."""
    return seal_bytes(value.encode(), table=table, column=column, row=row, use=use)


def open_sealed(sealed: bytes, *, table: str, column: str, row: int | str) -> str:
    """Return the value. Refuses with KeyMissing or SealBroken."""
    return open_bytes(sealed, table=table, column=column, row=row).decode()


def seal_bytes(
    value: bytes, *, table: str, column: str, row: int | str, use: str = "seal"
) -> bytes:
    """Return bytes sealed for one table, column and row."""
    ring = held.ring()
    ring.current(use)
    head, cipher = ring.heads[use]
    nonce = nonces.take()
    where = place_of(table, column) + str(row).encode()
    return head + nonce + cipher.encrypt(nonce, value, where)


def open_bytes(sealed: bytes, *, table: str, column: str, row: int | str) -> bytes:
    """Return the bytes. Refuses with KeyMissing or SealBroken."""
    sealed = bytes(sealed)
    if len(sealed) < SHORTEST:
        raise broken(table, column, row)
    id_ = sealed[1:HEAD]
    code, cipher = held.ring_with(id_).cipher(id_)
    if code != sealed[0]:
        raise broken(table, column, row)
    return unlocked(cipher, sealed, table=table, column=column, row=row)


def unlocked(cipher: Aead, sealed: bytes, *, table: str, column: str, row: int | str) -> bytes:
    """Return what a cipher finds in a sealed value. Refuses with SealBroken."""
    where = place_of(table, column) + str(row).encode()
    try:
        return cipher.decrypt(sealed[HEAD : HEAD + NONCE], sealed[HEAD + NONCE :], where)
    except InvalidTag:
        raise broken(table, column, row) from None


def broken(table: str, column: str, row: int | str) -> SealBroken:
    log.error("seal_broken", table=table, column=column, row=str(row))
    return SealBroken(table=table, column=column, row=row)


def seal_many(
    values: Iterable[str | None], *, table: str, column: str, rows: Iterable[int | str]
) -> list[bytes | None]:
    """Seal one column of many rows; nothing stays nothing. Two thirds of the time is the cipher."""
    ring = held.ring()
    ring.current("seal")
    head, cipher = ring.heads["seal"]
    encrypt, where = cipher.encrypt, place_of(table, column)
    fresh = _stream()
    sealed: list[bytes | None] = []
    for value, row, nonce in zip(values, rows, fresh):  # noqa: B905 - nonces never end
        if value is None:
            sealed.append(None)
            continue
        text = encrypt(nonce, value.encode(), where + str(row).encode())
        sealed.append(head + nonce + text)
    return sealed


def _stream() -> Iterator[bytes]:
    while True:
        for (nonce,) in struct.iter_unpack(f"{NONCE}s", os.urandom(NONCE * NONCES_AT_ONCE)):
            yield nonce


def key_of(sealed: bytes) -> bytes:
    """Return the id of the key that a value was sealed under."""
    return bytes(sealed[1:HEAD])
