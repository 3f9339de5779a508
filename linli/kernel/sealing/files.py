"""The keyring on disk: LINLI_HOME/keys/ring.json, readable to its owner alone, never in backups."""

from __future__ import annotations

import base64
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from linli.kernel.sealing.errors import KeyringDamaged, KeyringMissing
from linli.kernel.sealing.keys import Key, Keyring, new_ring

FORMAT = "linli-keys-1"
RING, EXPORTED, LOCK, SECRET = "ring.json", "exported.json", "ring.lock", "secret_key"


def folder(home: Path) -> Path:
    return home / "keys"


def ring_path(home: Path) -> Path:
    return folder(home) / RING


def create_keyring(home: Path, *, suite: str = "intl", now: datetime) -> bool:
    """Make the keys of a new installation; say whether there were none before.

    Safe when two processes start together: the second finds what the first wrote.
    """
    with changing(home):
        if ring_path(home).exists():
            return False
        save(home, new_ring(suite, made_at=moment(now)))
    return True


def load(home: Path) -> Keyring:
    """Read the ring. Refuses with KeyringMissing or KeyringDamaged."""
    path = ring_path(home)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise KeyringMissing(folder=str(path.parent)) from None
    except OSError as error:
        raise KeyringDamaged(folder=str(path.parent), why=error.strerror or "") from None
    return decode(raw, folder=str(path.parent))


def save(home: Path, ring: Keyring) -> None:
    """Replace the ring at once: a crash leaves the old one or the new one."""
    write_private(ring_path(home), encode(ring))


def encode(ring: Keyring) -> bytes:
    """Return the ring as the text of its file."""
    keys = [
        {
            "id": key.name,
            "use": key.use,
            "suite": key.suite,
            "state": key.state,
            "slot": key.slot,
            "made_at": key.made_at,
            "material": base64.b64encode(key.material).decode(),
        }
        for key in ring.keys
    ]
    whole = {"format": FORMAT, "suite": ring.suite.name, "keys": keys}
    return json.dumps(whole, indent=1).encode() + b"\n"


def decode(raw: bytes, *, folder: str) -> Keyring:
    """Return the ring in a file's text. Refuses with KeyringDamaged, naming what is wrong."""
    try:
        whole = json.loads(raw)
        if whole["format"] != FORMAT:
            raise KeyringDamaged(folder=folder, why=f"format {whole['format']}")
        return Keyring(whole["suite"], [_key(item, folder) for item in whole["keys"]])
    except (ValueError, KeyError, TypeError) as error:
        raise KeyringDamaged(folder=folder, why=type(error).__name__) from None


def _key(item: dict[str, Any], folder: str) -> Key:
    material = base64.b64decode(item["material"], validate=True)
    key = Key(
        item["use"], item["suite"], item["state"], item["made_at"], material, int(item["slot"])
    )
    if key.name != item["id"]:
        raise KeyringDamaged(folder=folder, why=f"key {item['id']} is not what it was")
    return key


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all, and make it last."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    there = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(there)
    finally:
        os.close(there)


@contextmanager
def changing(home: Path) -> Iterator[None]:
    """Let one process at a time change the ring."""
    place = folder(home)
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)
    handle = os.open(place / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def open_to_others(home: Path) -> list[Path]:
    """Return the key files that somebody else on the machine could read."""
    files = [path for path in folder(home).glob("*") if path.is_file()]
    return [path for path in files if path.stat().st_mode & 0o077]


def moment(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
