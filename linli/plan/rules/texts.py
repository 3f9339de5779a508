"""How a text is known again."""

from __future__ import annotations

import hashlib


def sha256_of(text: str) -> str:
    """Return the hash of a text, whatever its line ends and marks."""
    plain = text.lstrip("\ufeff").replace("\r\n", "\n")
    return hashlib.sha256(plain.encode()).hexdigest()
