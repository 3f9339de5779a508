"""How both sides of a connection sign: HMAC-SHA256 of what is sent, with a secret that both hold.

A request signs its method, path, moment, name and body; an answer signs the name of its request, so
that neither can be sent again as something else.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

TIME, NAME, SIGN = "Linli-Time", "Linli-Id", "Linli-Sign"
# how far the clocks of both sides may be apart
SKEW = timedelta(minutes=5)


def digest(text: bytes) -> str:
    """Return the SHA-256 of a body."""
    return sha256(text).hexdigest()


def _signed(secret: str, *parts: str) -> str:
    return hmac.new(secret.encode(), "\n".join(parts).encode(), sha256).hexdigest()


def sign_call(secret: str, method: str, path: str, *, at: datetime, name: str, body: bytes) -> str:
    """Return the signature of a request."""
    return _signed(secret, method, path, at.isoformat(), name, digest(body))


def heads_of(
    secret: str, method: str, path: str, *, at: datetime, name: str, body: bytes
) -> dict[str, str]:
    """Return the three heads that a request bears."""
    sign = sign_call(secret, method, path, at=at, name=name, body=body)
    return {TIME: at.isoformat(), NAME: name, SIGN: sign}


def is_call_right(
    secret: str, method: str, path: str, *, heads: Mapping[str, str], body: bytes, now: datetime
) -> bool:
    """Say whether a request was signed by who holds the secret, and just now."""
    try:
        at = datetime.fromisoformat(heads.get(TIME, ""))
        near = abs(now - at) <= SKEW
    except (ValueError, TypeError):
        return False
    if not secret or not near:
        return False
    right = sign_call(secret, method, path, at=at, name=heads.get(NAME, ""), body=body)
    return hmac.compare_digest(right.encode(), heads.get(SIGN, "").encode())


def sign_answer(secret: str, *, name: str, status: int, body: bytes) -> str:
    """Return the signature of an answer to the request of that name."""
    return _signed(secret, name, str(status), digest(body))


def is_answer_right(secret: str, sign: str, *, name: str, status: int, body: bytes) -> bool:
    """Say whether an answer belongs to our request and comes from who holds the secret."""
    right = sign_answer(secret, name=name, status=status, body=body)
    return hmac.compare_digest(right.encode(), sign.encode())
