"""A second copy of a request does nothing and gets the same answer (docs/adr on idempotency)."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import psycopg
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import DatabaseError, OperationalError
from psycopg.errors import LockNotAvailable

from linli.kernel import sql
from linli.kernel.errors import Busy, Refusal
from linli.kernel.permits import open_to_all
from linli.kernel.sealing.suites import NONCE, SUITES, Aead, keyed
from linli.runtime.errors import AnswerGone, KeyReused, StillRunning
from linli.runtime.models import IdempotencyKey
from linli.runtime.services.limits import TAKEN

# The second copy waits in the unique index for the first one's transaction, but not for ever.
CLAIM = """
WITH patience AS MATERIALIZED (
    SELECT current_setting('lock_timeout') AS before, set_config('lock_timeout', '5s', true)
)
INSERT INTO runtime_idempotencykey (digest, fingerprint, at)
SELECT %s, %s, %s FROM patience{only} ON CONFLICT DO NOTHING
RETURNING set_config('lock_timeout', (SELECT before FROM patience), true)
"""
AT_ONCE = CLAIM.format(only="")
# a flood leaves no dead rows: whoever tries too often gets no key that would be taken back
IF_TAKEN = CLAIM.format(only=f" WHERE current_setting('{TAKEN}', true) = 'true'")
KEEP = "UPDATE runtime_idempotencykey SET status = %s, body = %s WHERE digest = %s"
EARLIER = "SELECT fingerprint, status, body FROM runtime_idempotencykey WHERE digest = %s"
KEEP_BODY = 262_144


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: enough to answer it again."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Claim:
    """A key as one requester uses it for one request."""

    scope: str
    key: str
    fingerprint: bytes

    @cached_property
    def name(self) -> bytes:
        return f"{self.scope}\x1f{self.key}".encode()

    @cached_property
    def digest(self) -> bytes:
        return hashlib.sha256(b"idempotency\x1f" + self.name).digest()

    @property
    def cipher(self) -> Aead:
        """What seals the answer; it needs the server's secret and the requester's key."""
        key = keyed(settings.SECRET_KEY.encode(), b"answer\x1f")(self.name)
        suite = SUITES[settings.LINLI_CRYPTO]
        return suite.aead(key[: suite.key_size])


@open_to_all("runs before anybody is asked for a permit; only the same requester finds the key")
def claim(claimed: Claim, *, now: datetime) -> Answer | None:
    """Take a key inside the transaction of the act; return the earlier answer if it was taken.

    Refuses with KeyReused, StillRunning, AnswerGone.
    """
    assert sql.in_transaction(), "the key belongs to the transaction of the act"
    try:
        taken = sql.tuples("idempotency.claim", AT_ONCE, _row(claimed, now))
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise StillRunning() from error
        raise
    return None if taken else earlier(claimed)


class Stopped(BaseException):
    """What was begun is not gone on with: it was done before, or `refusal` says why it may not be done.

    Raised where an act waits for the database first, past all that catches errors of an act.
    """

    def __init__(self, refusal: Refusal | None = None) -> None:
        super().__init__()
        self.refusal = refusal


class Claiming(sql.Asked[tuple[Any, ...]]):
    """A key that is taken while the act begins. The act stops at its first answer if it may not be done."""

    def __init__(self, before: Callable[[], None]) -> None:
        super().__init__(tuple)
        self._before = before
        # known once the answer is read
        self.stopped: Stopped | None = None

    def told(self, found: sql.Result) -> None:
        """Stop the act where its key was taken before, or where `before` refuses it."""
        super().told(found)
        try:
            self._before()
        except Refusal as refusal:
            self.stopped = Stopped(refusal)
        else:
            self.stopped = None if found.rows else Stopped()
        self.check()

    def refused(self, error: psycopg.Error) -> None:
        """Take it that the first copy still runs, if that is what the server did not wait for."""
        super().refused(error)
        if isinstance(error, LockNotAvailable):
            self.stopped = Stopped(StillRunning())

    def check(self) -> None:
        """Stop the act as `told` does; it waits for the answer, if nothing of the act did."""
        if self._found is None and self.stopped is None:
            try:
                sql.bare_link()
            except DatabaseError:
                if self.stopped is None:
                    raise
        if self._found is None and self.stopped is None:
            # something before it was refused: nothing can be kept under it
            self.stopped = Stopped(Busy())
        if self.stopped is not None:
            raise self.stopped


@open_to_all("runs before anybody is asked for a permit; only the same requester finds the key")
def begin_claim(
    claimed: Claim, *, before: Callable[[], None], is_limited: bool, now: datetime
) -> Claiming:
    """Begin to take a key inside the transaction of the act, and go on: the act stops itself with Stopped.

    `before` tells whether the request was tried too often, and `is_limited` whether it could have been.
    """
    assert sql.in_transaction(), "the key belongs to the transaction of the act"
    claiming = Claiming(before)
    statement = IF_TAKEN if is_limited else AT_ONCE
    sql.ask_for(claiming, "idempotency.claim", statement, _row(claimed, now))
    return claiming


def _row(claimed: Claim, now: datetime) -> list[Any]:
    return [claimed.digest, claimed.fingerprint, now]


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


@open_to_all("only the same requester finds the key")
def earlier(claimed: Claim) -> Answer:
    """Return what was answered under a key that is taken. Refuses with KeyReused, StillRunning, AnswerGone."""
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
