"""How an entry becomes a leaf, and how a head is written and signed. No database.

Basis: docs/formats/transparency-log.md; RFC 6962; the signed note and checkpoint formats of
transparency logs, so that existing witnesses can follow ours.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from linli.kernel.canonical import canonical
from linli.kernel.sealing.commitments import commitment
from linli.kernel.sealing.signing import is_signed
from linli.kernel.wholes import whole_number

ED25519 = b"\x01"
DASH = "— "


def moment(at: datetime) -> str:
    """Return a moment as the log writes it: UTC, whole seconds."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def content_hash(content: Any) -> bytes:
    """Return the hash of a public content: SHA-256 of its canonical JSON."""
    return hashlib.sha256(canonical(content)).digest()


def commit_to(kind: str, at: datetime, hashed: bytes, salt: bytes) -> bytes:
    """Return the commitment that stands in the log for an entry."""
    return commitment(salt, {"at": moment(at), "content": hashed.hex(), "kind": kind})


def opens(committed: bytes, kind: str, at: str, hashed: bytes, salt: bytes) -> bool:
    """Say whether salt, kind, time and content are those that were committed to."""
    payload: Mapping[str, str] = {"at": at, "content": hashed.hex(), "kind": kind}
    return len(salt) == 32 and commitment(salt, payload) == committed


def head_text(origin: str, size: int, root: bytes, at: datetime) -> str:
    """Return what is signed of a head."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\ntime {moment(at)}\n"


def key_hash(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a signature line names its key."""
    return hashlib.sha256(f"{name}\n".encode() + ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """Return the public key as text, for those who watch the log."""
    encoded = base64.b64encode(ED25519 + public).decode()
    return f"{name}+{key_hash(name, public).hex()}+{encoded}"


def signed_note(text: str, name: str, public: bytes, signature: bytes) -> str:
    """Return a text with its signature line."""
    line = base64.b64encode(key_hash(name, public) + signature).decode()
    return f"{text}\n{DASH}{name} {line}\n"


@dataclass(frozen=True, slots=True)
class ReadHead:
    """A head as read from a note. `signatures` are (key name, key hash, signature)."""

    origin: str
    size: int
    root: bytes
    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def is_by(self, public: bytes) -> bool:
        """Say whether the holder of a key signed this head."""
        return any(
            name == self.origin
            and named == key_hash(name, public)
            and is_signed(self.text.encode(), signature, public)
            for name, named, signature in self.signatures
        )


def read_note(note: str) -> ReadHead:
    """Return the head in a note. Raises ValueError, saying why, if it is none."""
    text, gap, lines = note.partition("\n\n")
    parts = text.split("\n")
    if not gap or len(parts) < 3:
        raise ValueError("a head has an origin, a size, a root, an empty line and a signature")
    signatures = tuple(_signature(line) for line in lines.splitlines() if line)
    size = whole_number(parts[1])
    if size is None or str(size) != parts[1]:
        raise ValueError(f"“{parts[1]}” is not the size of a tree")
    root = base64.b64decode(parts[2], validate=True)
    if len(root) != 32:
        raise ValueError("a root has 32 bytes")
    return ReadHead(parts[0], size, root, text + "\n", signatures)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, gap, encoded = line.removeprefix(DASH).rpartition(" ")
    raw = base64.b64decode(encoded, validate=True)
    if not line.startswith(DASH) or not gap or len(raw) < 5:
        raise ValueError("a signature line begins with a dash, a name and a key")
    return name, raw[:4], raw[4:]
