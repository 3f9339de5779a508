"""Taking the keys out of the machine for safe keeping, and bringing them back."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from linli.kernel.sealing import erasures, files
from linli.kernel.sealing.errors import KeyringDamaged, PassphraseWrong
from linli.kernel.sealing.keys import Keyring, key_id

LOCKED = "linli-keys-locked-1"
SALT, NONCE = 16, 12
COST = {"n": 2**16, "r": 8, "p": 1}


@dataclass(frozen=True)
class Export:
    """What a restored city needs beside its backup."""

    ring: Keyring
    secret_key: str = field(repr=False, default="")
    erased: dict[str, str] = field(default_factory=dict)
    outside: dict[str, Any] = field(default_factory=dict)


def export_keys(
    home: Path,
    to: Path,
    *,
    passphrase: str = "",
    outside: Mapping[str, Any] | None = None,
    now: datetime,
) -> list[str]:
    """Write all keys, the secret of the service and the list of the erased; return the keys' names.

    `outside` is what else lies beside the keys and in no backup; it goes along as it is. Only its owner reads the file. An export that stays beside the keys is lost with them and
    does not count as made.
    """
    ring, erased = files.load(home), erasures.whole(home)
    rest = {"secret_key": settings.SECRET_KEY, "erased": erased, "outside": dict(outside or {})}
    plain = json.dumps({**json.loads(files.encode(ring)), **rest}, indent=1).encode() + b"\n"
    files.write_private(to, lock(plain, passphrase) if passphrase else plain)
    names = [key.name for key in ring.keys]
    if not to.resolve().is_relative_to(home.resolve()):
        marker = {"at": files.moment(now), "keys": names, **_marks(home)}
        files.write_private(files.folder(home) / files.EXPORTED, json.dumps(marker).encode())
    return names


def not_exported(home: Path) -> list[str]:
    """Return the names of the keys that no export holds yet."""
    known = _exported(home).get("keys", [])
    return [key.name for key in files.load(home).keys if key.name not in known]


def is_outdated(home: Path) -> bool:
    """Say whether the service's secret or the list of the erased changed since the last export."""
    known = _exported(home)
    return any(known.get(name) != value for name, value in _marks(home).items())


def _marks(home: Path) -> dict[str, object]:
    secret = key_id(settings.SECRET_KEY.encode()).hex()
    return {"secret_key": secret, "erased": len(erasures.whole(home))}


def _exported(home: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((files.folder(home) / files.EXPORTED).read_bytes()))
    except (OSError, ValueError):
        return {}


def open_export(path: Path, *, passphrase: str = "") -> Export:
    """Return what is in an export. Refuses with KeyringDamaged or PassphraseWrong."""
    raw = path.read_bytes()
    plain = unlock(raw, passphrase) if is_locked(raw) else raw
    ring, whole = files.decode(plain, folder=str(path)), json.loads(plain)
    erased = {str(key): str(at) for key, at in whole.get("erased", {}).items()}
    return Export(ring, str(whole.get("secret_key", "")), erased, dict(whole.get("outside", {})))


def read_export(path: Path, *, passphrase: str = "") -> Keyring:
    """Return the ring in an export. Refuses with KeyringDamaged or PassphraseWrong."""
    return open_export(path, passphrase=passphrase).ring


def import_export(home: Path, brought: Export, *, take_over: bool = False) -> list[str]:
    """Bring in an export; return the names of the keys that were lacking.

    The service's secret follows the current keys: recovery codes of a backup open under it alone.
    """
    replaced = take_over or not files.ring_path(home).exists()
    new = import_keys(home, brought.ring, take_over=take_over)
    if replaced and brought.secret_key:
        files.write_private(files.folder(home) / files.SECRET, brought.secret_key.encode())
    erasures.bring_in(home, brought.erased.items())
    return new


def import_keys(home: Path, ring: Keyring, *, take_over: bool = False) -> list[str]:
    """Add the keys of an export to the ring; return the names of those that were lacking.

    They come in as old keys that can read. With `take_over` they become the current ones, as
    after a restore on a new machine; the ring's own stay as old ones.
    """
    with files.changing(home):
        own = files.load(home) if files.ring_path(home).exists() else Keyring(ring.suite.name, ())
        had = {key.name for key in own.keys}
        replaced = take_over or not own.keys
        files.save(home, ring.joined(own) if replaced else own.joined(ring))
    return [key.name for key in ring.keys if key.name not in had]


def is_locked(raw: bytes) -> bool:
    try:
        return bool(json.loads(raw)["format"] == LOCKED)
    except (ValueError, KeyError, TypeError):
        return False


def lock(plain: bytes, passphrase: str) -> bytes:
    """Return the file under a passphrase (scrypt, AES-256-GCM)."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    text = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, plain, LOCKED.encode())
    parts = {"salt": salt, "nonce": nonce, "text": text}
    encoded = {name: base64.b64encode(part).decode() for name, part in parts.items()}
    return json.dumps({"format": LOCKED, **encoded}, indent=1).encode() + b"\n"


def unlock(raw: bytes, passphrase: str) -> bytes:
    """Refuses with PassphraseWrong."""
    try:
        whole = json.loads(raw)
        salt, nonce, text = (base64.b64decode(whole[name]) for name in ("salt", "nonce", "text"))
        return AESGCM(_stretched(passphrase, salt)).decrypt(nonce, text, LOCKED.encode())
    except InvalidTag:
        raise PassphraseWrong() from None
    except (ValueError, KeyError) as error:
        raise KeyringDamaged(folder="", why=type(error).__name__) from None


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **COST).derive(passphrase.encode())
