"""The code by which a reporter follows her case without an account, and her time to object to its end."""

from __future__ import annotations

import hashlib

# the clock in which an end without a result may be objected to; nothing is done when it is over
OBJECT_END = "object_end"


def digest_of(code: str) -> bytes:
    """Return what the table keeps of a follow code; long random codes need no salt."""
    return hashlib.sha256(b"linli follow\n" + code.encode()).digest()
