"""Signatures of the installation (Ed25519), and keyed marks on rows of the trail."""

from __future__ import annotations

import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from linli.kernel.sealing import ring as held
from linli.kernel.sealing.errors import KeyMissing
from linli.kernel.sealing.keys import ID

MARK = 16


def sign(message: bytes) -> tuple[bytes, bytes]:
    """Return (public key, signature) of a message, by the current signing key."""
    private = Ed25519PrivateKey.from_private_bytes(held.ring().current("log").material)
    return _public(private), private.sign(message)


def public_key() -> bytes:
    """Return the public half of the current signing key, 32 bytes."""
    return _public(Ed25519PrivateKey.from_private_bytes(held.ring().current("log").material))


def is_signed(message: bytes, signature: bytes, public: bytes) -> bool:
    """Say whether the signature is by the holder of this key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def mark(message: bytes, *, purpose: bytes) -> bytes:
    """Return a keyed mark: key id (4 bytes) and HMAC (16), which only a holder of the keys makes."""
    ring = held.ring()
    key = ring.current("mark")
    return key.id + ring.mac(key, purpose)(message)[:MARK]


def is_marked(message: bytes, given: bytes, *, purpose: bytes) -> bool | None:
    """Say whether the mark is ours; None if its key is not among ours."""
    try:
        key = held.key(bytes(given[:ID]))
    except KeyMissing:
        return None
    made = held.ring().mac(key, purpose)(message)[:MARK]
    return hmac.compare_digest(made, bytes(given[ID:]))


def _public(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
