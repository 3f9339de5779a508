"""Two families of algorithms that do the same work: international (AES, SHA-256), Chinese (SM4, SM3).

Basis: GB/T 32905 (SM3), GB/T 32907 (SM4); domain rules 13.5.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, TAG = 12, 16
BLOCK = 64


class Aead(Protocol):
    """Seals and opens; opening raises InvalidTag when anything differs."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...


class Sm4Gcm:
    """SM4 in Galois/Counter mode, shaped like the library's AESGCM."""

    def __init__(self, key: bytes) -> None:
        self._key = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        sealing = Cipher(self._key, modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(associated_data or b"")
        return sealing.update(data) + sealing.finalize() + sealing.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        opening = Cipher(self._key, modes.GCM(nonce, data[-TAG:])).decryptor()
        opening.authenticate_additional_data(associated_data or b"")
        return opening.update(data[:-TAG]) + opening.finalize()


class Sm3:
    """SM3 with the few methods of hashlib that we use."""

    def __init__(self, data: bytes = b"", *, state: hashes.Hash | None = None) -> None:
        self._state = state or hashes.Hash(hashes.SM3())
        if data:
            self._state.update(data)

    def update(self, data: bytes, /) -> None:
        self._state.update(data)

    def copy(self) -> Sm3:
        return Sm3(state=self._state.copy())

    def digest(self) -> bytes:
        return self._state.copy().finalize()


@dataclass(frozen=True)
class Suite:
    """`code` is the first byte of everything that the suite seals."""

    name: str
    code: int
    key_size: int
    aead: Callable[[bytes], Aead]
    hash_name: str
    hash: Callable[[bytes], Any]

    def digest(self, data: bytes) -> bytes:
        """Return the 32-byte hash of the suite."""
        digest: bytes = self.hash(data).digest()
        return digest

    def mac(self, key: bytes, prefix: bytes = b"") -> Callable[[bytes], bytes]:
        """Return HMAC (RFC 2104) under a key over `prefix` and a value; the key is set up once."""
        key = key if len(key) <= BLOCK else self.digest(key)
        inner = self.hash(bytes(sign ^ 0x36 for sign in key.ljust(BLOCK, b"\0")) + prefix)
        outer = self.hash(bytes(sign ^ 0x5C for sign in key.ljust(BLOCK, b"\0")))

        def code(value: bytes) -> bytes:
            first = inner.copy()
            first.update(value)
            second = outer.copy()
            second.update(first.digest())
            digest: bytes = second.digest()
            return digest

        return code


INTL = Suite("intl", 1, 32, AESGCM, "sha256", hashlib.sha256)
SM = Suite("sm", 2, 16, Sm4Gcm, "sm3", Sm3)
SUITES = {suite.name: suite for suite in (INTL, SM)}
# made once: what OpenSSL looks up for each call anew takes ten times as long as the hash itself
keyed = lru_cache(maxsize=16)(INTL.mac)
BY_CODE = {suite.code: suite for suite in SUITES.values()}
HASHES = {suite.hash_name: suite.digest for suite in SUITES.values()}
