"""Keys and the ring that holds them, as values. Files are in `files`, use in `fields`.

A key's id is taken from the key itself, so a damaged key is noticed when it is read, and two
installations never confuse theirs.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from linli.kernel.sealing.errors import KeyMissing
from linli.kernel.sealing.suites import SUITES, Aead, Suite

# seal: fields; master: persons' own keys; index: blind indexes; mark: rows of the trail;
# log: signs the transparency log (Ed25519)
USES = ("seal", "master", "index", "mark", "log")
CURRENT, NEXT, OLD = "current", "next", "old"
ID = 4


def key_id(material: bytes) -> bytes:
    """Return the four bytes that name a key without telling anything about it."""
    return hashlib.sha256(b"linli key id\0" + material).digest()[:ID]


@dataclass(frozen=True)
class Key:
    """One key. `slot` is the column that an index key writes: 0 or 1."""

    use: str
    suite: str
    state: str
    made_at: str
    material: bytes = field(repr=False)
    slot: int = 0

    @cached_property
    def id(self) -> bytes:
        return key_id(self.material)

    @property
    def name(self) -> str:
        return self.id.hex()


def make_key(use: str, suite: str, *, made_at: str, state: str = CURRENT, slot: int = 0) -> Key:
    """Return a fresh random key."""
    size = SUITES[suite].key_size if use in ("seal", "master") else 32
    return Key(use, suite, state, made_at, os.urandom(size), slot)


class Keyring:
    """All keys of an installation, with their ciphers set up once."""

    def __init__(self, suite: str, keys: Iterable[Key]) -> None:
        self.suite: Suite = SUITES[suite]
        self.keys = tuple(keys)
        self._by_id = {key.id: key for key in self.keys}
        self._current = {key.use: key for key in self.keys if key.state == CURRENT}
        self._ciphers: dict[bytes, tuple[int, Aead]] = {}
        self._macs: dict[tuple[bytes, bytes], Callable[[bytes], bytes]] = {}
        self.heads: dict[str, tuple[bytes, Aead]] = {
            use: self._head(use) for use in ("seal", "master") if use in self._current
        }

    def _head(self, use: str) -> tuple[bytes, Aead]:
        key = self._current[use]
        code, cipher = self.cipher(key.id)
        return bytes([code]) + key.id, cipher

    def current(self, use: str) -> Key:
        """Return the key that new data of this use is written with."""
        found = self._current.get(use)
        if found is None:
            raise KeyMissing(key=use)
        return found

    def waiting(self, use: str) -> Key | None:
        """Return the key that is being brought in beside the current one, if any."""
        return next((k for k in self.keys if k.use == use and k.state == NEXT), None)

    def get(self, id_: bytes) -> Key:
        """Return a key by its id. Refuses with KeyMissing."""
        found = self._by_id.get(id_)
        if found is None:
            raise KeyMissing(key=id_.hex())
        return found

    def of(self, use: str) -> tuple[Key, ...]:
        return tuple(key for key in self.keys if key.use == use)

    def cipher(self, id_: bytes) -> tuple[int, Aead]:
        """Return the suite's code and the cipher of a key. Refuses with KeyMissing."""
        found = self._ciphers.get(id_)
        if found is None:
            key = self.get(id_)
            suite = SUITES[key.suite]
            found = self._ciphers[id_] = (suite.code, suite.aead(key.material))
        return found

    def mac(self, key: Key, prefix: bytes) -> Callable[[bytes], bytes]:
        """Return the keyed hash of a key for one purpose."""
        found = self._macs.get((key.id, prefix))
        if found is None:
            found = SUITES[key.suite].mac(key.material, prefix)
            self._macs[key.id, prefix] = found
        return found

    def with_new(self, use: str, *, made_at: str) -> Keyring:
        """Return a ring with a fresh key: current at once, except for indexes, where it waits."""
        old = self.current(use)
        if use == "index":
            assert self.waiting(use) is None, "an index key is already being brought in"
            fresh = make_key(use, self.suite.name, made_at=made_at, state=NEXT, slot=1 - old.slot)
            return Keyring(self.suite.name, (*self.keys, fresh))
        fresh = make_key(use, self.suite.name, made_at=made_at)
        kept = (replace(key, state=OLD) if key == old else key for key in self.keys)
        return Keyring(self.suite.name, (*kept, fresh))

    def promoted(self, use: str) -> Keyring:
        """Return a ring in which the waiting key is the current one."""
        after = {CURRENT: OLD, NEXT: CURRENT, OLD: OLD}
        return Keyring(
            self.suite.name,
            (replace(k, state=after[k.state]) if k.use == use else k for k in self.keys),
        )

    def without(self, id_: bytes) -> Keyring:
        """Return a ring that lacks one key."""
        gone = self.get(id_)
        return Keyring(self.suite.name, (key for key in self.keys if key != gone))

    def joined(self, other: Keyring) -> Keyring:
        """Return this ring with the other's keys that it lacks, as old ones that can read.

        Index keys stay behind: what was indexed under them cannot be found by an old key.
        """
        lacking = (k for k in other.keys if k.id not in self._by_id and k.use != "index")
        more = (replace(key, state=OLD) for key in lacking)
        return Keyring(self.suite.name, (*self.keys, *more))


def new_ring(suite: str, *, made_at: str) -> Keyring:
    """Return a ring with one fresh key for each use."""
    return Keyring(suite, (make_key(use, suite, made_at=made_at) for use in USES))
