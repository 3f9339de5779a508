"""Sessions of Django on our table: the key is kept as a hash, and one read brings the rights too.

Settings name this module as SESSION_ENGINE.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.access import rules
from linli.access.models import SignIn
from linli.access.queries.sessions import session_row
from linli.access.types import SessionRow

# what a session says of itself, beside what Django keeps in it
ABOUT = "about"


def hash_of(key: str) -> bytes:
    """Return what stands for a session key in the table."""
    return hashlib.sha256(b"session\x1f" + key.encode()).digest()


class SessionStore(SessionBase):
    """One row of SignIn. `row` is that row as it was read; `gone` a session that has ended."""

    row: SessionRow | None = None
    gone: SessionRow | None = None

    def load(self) -> dict[str, Any]:
        now = timezone.now()
        found = session_row(hash_of(self.session_key or ""), now=now)
        if found is None or not self._holds(found, now):
            self.gone, self._session_key = found, None
            return {}
        self.row = found
        return dict(found.data)

    def exists(self, session_key: str) -> bool:
        return SignIn.objects.filter(key_hash=hash_of(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = dict(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        about = data.get(ABOUT, {})
        columns = {
            "data": data,
            "account_id": data.get("_auth_user_id"),
            "factor": about.get("factor", ""),
            "device_id": about.get("device_id"),
            "idle_seconds": about.get("idle_seconds", rules.PENDING_LIFE.seconds),
        }
        if must_create:
            self._insert(columns, about)
            return
        saved = SignIn.objects.filter(
            key_hash=hash_of(self.session_key), ended_at__isnull=True
        ).update(**columns)
        if not saved:
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is None:
            return
        # an ended session is kept for a day: what was typed in it is given back to its account only
        SignIn.objects.filter(key_hash=hash_of(key), ended_at__isnull=True).update(
            ended_at=timezone.now(), data={}
        )

    @classmethod
    def clear_expired(cls) -> None:
        old = timezone.now() - rules.ENDED_KEPT
        SignIn.objects.filter(expires_at__lt=old).delete()
        SignIn.objects.filter(ended_at__lt=old).delete()

    def _insert(self, columns: dict[str, Any], about: dict[str, Any]) -> None:
        now = timezone.now()
        life = timedelta(seconds=about.get("life_seconds", rules.PENDING_LIFE.seconds))
        row = SignIn(
            key_hash=hash_of(self.session_key or ""),
            address=about.get("address"),
            agent=about.get("agent", ""),
            started_at=now,
            seen_at=now,
            expires_at=now + life,
            **columns,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise CreateError from None

    def _holds(self, found: SessionRow, now: datetime) -> bool:
        """Say whether a session still runs; end it, or lock its counter, if it rested too long."""
        if found.ended_at is not None or found.expires_at <= now:
            return False
        if found.device_revoked_at is not None or _is_out_of_place(found):
            return False
        life = self._life(found)
        if rules.is_ahead(found.expires_at - life, now):
            # begun at a moment that has not come yet: the clock jumped back, the life stays as long
            SignIn.objects.filter(pk=found.id).update(expires_at=now + life)
        if found.account_id is None:
            return not rules.is_ahead(found.expires_at - life, now)
        if found.locked_at is None:
            if rules.has_rested(found.seen_at, now, timedelta(seconds=found.idle_seconds)):
                return self._rest(found, now)
            if rules.has_rested(found.seen_at, now, rules.SEEN_EVERY):
                later = found.seen_at > now
                bound = {"seen_at__gt": now} if later else {"seen_at__lt": now}
                SignIn.objects.filter(pk=found.id, **bound).update(seen_at=now)
        return True

    def _life(self, found: SessionRow) -> timedelta:
        kind = found.account_kind
        return rules.session_life(kind) if kind is not None else rules.PENDING_LIFE

    def _rest(self, found: SessionRow, now: datetime) -> bool:
        if found.device_id is None:
            SignIn.objects.filter(pk=found.id).update(ended_at=now, data={})
            return False
        SignIn.objects.filter(pk=found.id).update(locked_at=now)
        found.locked_at = now
        return True


def _is_out_of_place(found: SessionRow) -> bool:
    """Say whether a session at a counter got rights meanwhile that take two factors."""
    if found.device_path is None or found.account_id is None:
        return False
    posts, rights = (post[2] for post in found.posts), (tuple(right[:3]) for right in found.rights)
    return not rules.counts_at_counter(found.device_path, found.device_path, posts, rights)
