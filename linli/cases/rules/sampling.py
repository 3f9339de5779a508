"""Which cases are called back by chance: drawn by a secret seed that is shown once a month is over.

Nobody knows beforehand who is drawn, since the seed is secret, and nobody can have chosen, since
its hash stands from the first day on. `docs/formats/rates.md` says how to draw again.
"""

from __future__ import annotations

import hashlib
import hmac

WHOLE = 1 << 64


def digest_of(seed: bytes) -> bytes:
    """Return what of a seed is shown while it is secret."""
    return hashlib.sha256(b"linli sample\n" + seed).digest()


def is_drawn(seed: bytes, uuid: str, cycle: int, num: int, den: int) -> bool:
    """Say whether a cycle of a case is among `num` of `den` that are called back."""
    made = hmac.new(seed, f"{uuid}/{cycle}".encode(), hashlib.sha256).digest()
    return int.from_bytes(made[:8], "big") * den < num * WHOLE
