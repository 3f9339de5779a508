"""What crosses the edge of the transparency log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as anybody may see it. Salt and content are None where they are not public."""

    index: int
    kind: str
    at: datetime
    commitment: bytes
    salt: bytes | None
    content_hash: bytes | None
    content: Any | None
    is_forgotten: bool


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The root over the first `size` leaves, signed; `note` is the checkpoint as it is published."""

    size: int
    root: bytes
    at: datetime
    public_key: bytes
    note: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How a leaf leads to the root of a signed head."""

    index: int
    leaf: bytes
    path: tuple[bytes, ...]
    head: SignedHead
