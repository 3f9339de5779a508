"""A second copy of a request does nothing and gets the same answer (docs/adr on idempotency)."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from linli.kernel import sql
from linli.kernel.permits import open_to_all
from linli.kernel.sealing.suites import NONCE, SUITES, Aead
from linli.runtime.errors import AnswerGone, KeyReused, StillRunning
from linli.runtime.models import IdempotencyKey

# The second copy waits in the unique index for the first one's transaction, but not for ever.
CLAIM = """
WITH patience AS MATERIALIZED (
    SELECT current_setting('lock_timeout') AS before, set_config('lock_timeout', '5s', true)
)
INSERT INTO runtime_idempotencykey (digest, fingerprint, at)
SELECT %s, %s, %s FROM patience ON CONFLICT DO NOTHING
RETURNING set_config('lock_timeout', (SELECT before FROM patience), true)
"""
KEEP = "UPDATE runtime_idempotencykey SET status = %s, body = %s WHERE digest = %s"
EARLIER = "SELECT fingerprint, status, body FROM runtime_idempotencykey WHERE digest = %s"
KEEP_BODY = 262_144


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: enough to answer it again."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Claim:
    """A key as one requester uses it for one request."""

    scope: str
    key: str
    fingerprint: bytes

    @property
    def name(self) -> bytes:
        return f"{self.scope}\x1f{self.key}".encode()

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(b"idempotency\x1f" + self.name).digest()

    @property
    def cipher(self) -> Aead:
        """What seals the answer; it needs the server's secret and the requester's key."""
        secret = settings.SECRET_KEY.encode()
        key = hmac.digest(secret, b"answer\x1f" + self.name, hashlib.sha256)
        suite = SUITES[settings.LINLI_CRYPTO]
        return suite.aead(key[: suite.key_size])


@open_to_all("runs before anybody is asked for a permit; only the same requester finds the key")
def claim(claimed: Claim, *, now: datetime) -> Answer | None:
    """Take a key inside the transaction of the act; return the earlier answer if it was taken.

    Refuses with KeyReused, StillRunning, AnswerGone.
    """
    assert connection.in_atomic_block, "the key belongs to the transaction of the act"
    try:
        taken = sql.tuples("idempotency.claim", CLAIM, [claimed.digest, claimed.fingerprint, now])
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise StillRunning() from error
        raise
    return None if taken else _earlier(claimed)


@open_to_all("keeps the answer for the requester who holds the key")
def keep(claimed: Claim, answer: Answer, *, is_shown_once: bool = False) -> None:
    """Keep the answer of an act beside its key, sealed, in the same transaction.

    Of what is shown once only the key is kept, as of what is too long.
    """
    fits = len(answer.body) <= KEEP_BODY and not is_shown_once
    body = _seal(claimed, _joined(answer)) if fits else None
    sql.later("idempotency.keep", KEEP, [answer.status, body, claimed.digest], waits=True)


@open_to_all("only the same requester finds the key")
def is_taken(claimed: Claim) -> bool:
    """Say whether a key was taken by something that came to its end."""
    return IdempotencyKey.objects.filter(pk=claimed.digest).exists()


def _earlier(claimed: Claim) -> Answer:
    found = sql.tuples("idempotency.earlier", EARLIER, [claimed.digest])
    if not found:
        # its transaction was rolled back or the key was just forgotten: the requester tries again
        raise StillRunning()
    ((fingerprint, status, body),) = found
    if not hmac.compare_digest(bytes(fingerprint), claimed.fingerprint):
        raise KeyReused()
    if status is None or body is None:
        raise AnswerGone()
    return _parted(status, _open(claimed, bytes(body)))


def _joined(answer: Answer) -> bytes:
    """Headers and body in one: JSON has no line feed of its own."""
    return json.dumps(answer.headers).encode() + b"\n" + answer.body


def _parted(status: int, joined: bytes) -> Answer:
    headers, _, body = joined.partition(b"\n")
    return Answer(status, json.loads(headers), body)


def _seal(claimed: Claim, body: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + claimed.cipher.encrypt(nonce, body, claimed.digest)


def _open(claimed: Claim, sealed: bytes) -> bytes:
    try:
        return claimed.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], claimed.digest)
    except InvalidTag as error:
        # the server's secret changed since: what was done stays done
        raise AnswerGone() from error
