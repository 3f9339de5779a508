"""The ring that this process works with: read from LINLI_HOME once, again when its file changes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from linli.kernel.sealing import files
from linli.kernel.sealing.errors import KeyMissing
from linli.kernel.sealing.keys import Key, Keyring

# a running web server works with a rotated ring after at most this many seconds
LOOK_EVERY = 1.0


class _Held:
    ring: Keyring | None = None
    stamp: object = None
    look_at: float = 0.0
    fixed: bool = False


def ring() -> Keyring:
    """Return the ring. Refuses with KeyringMissing or KeyringDamaged."""
    if _Held.ring is not None and time.monotonic() < _Held.look_at:
        return _Held.ring
    return _look()


def key(id_: bytes) -> Key:
    """Return a key by its id, reading the file again before giving up on it."""
    try:
        return ring().get(id_)
    except KeyMissing:
        return _look().get(id_)


def ring_with(id_: bytes) -> Keyring:
    """Return a ring that holds a key. Refuses with KeyMissing."""
    key(id_)
    return ring()


def _look() -> Keyring:
    if _Held.fixed and _Held.ring is not None:
        return _Held.ring
    home = Path(settings.LINLI_HOME)
    stamp = _stamp(home)
    if _Held.ring is None or stamp is None or stamp != _Held.stamp:
        _Held.ring, _Held.stamp = files.load(home), stamp
    _Held.look_at = time.monotonic() + LOOK_EVERY
    return _Held.ring


def _stamp(home: Path) -> object:
    try:
        stat = files.ring_path(home).stat()
    except OSError:
        return None
    return str(home), stat.st_ino, stat.st_mtime_ns, stat.st_size


def forget() -> None:
    """Read the file again at the next use."""
    _Held.ring, _Held.look_at = None, 0.0


@contextmanager
def using(other: Keyring) -> Iterator[None]:
    """Work with a given ring inside the block, whatever is on disk."""
    before = (_Held.ring, _Held.stamp, _Held.look_at, _Held.fixed)
    _Held.ring, _Held.fixed, _Held.look_at = other, True, 0.0
    try:
        yield
    finally:
        _Held.ring, _Held.stamp, _Held.look_at, _Held.fixed = before
