"""Public codes that people read aloud, and keys for requests."""

from __future__ import annotations

import secrets
import uuid

# no 0 O 1 I L U: they are misread or misheard
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def public_code(length: int = 8) -> str:
    """Return an unguessable code such as "K7QM3XRW" (5 bits a sign)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def request_key() -> str:
    """Return a fresh key for a form or a call that must happen once."""
    return str(uuid.uuid4())
