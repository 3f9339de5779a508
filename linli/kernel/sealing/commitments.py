"""Commitments: a hash that binds to a payload and tells nothing once nonce or payload is gone."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Any

from linli.kernel.canonical import canonical

NONCE = 32


def commit(payload: Any) -> tuple[bytes, bytes]:
    """Return (nonce, commitment) of a payload: SHA-256(nonce ‖ canonical payload)."""
    nonce = os.urandom(NONCE)
    return nonce, commitment(nonce, payload)


def commitment(nonce: bytes, payload: Any) -> bytes:
    """Return the commitment that a nonce and a payload give."""
    assert len(nonce) == NONCE, "a nonce has 32 bytes"
    return hashlib.sha256(nonce + canonical(payload)).digest()


def keeps(committed: bytes, nonce: bytes, payload: Any) -> bool:
    """Say whether this payload is the one that was committed to."""
    return hmac.compare_digest(committed, commitment(nonce, payload))
