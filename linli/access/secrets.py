"""Secrets that are shown once and kept as hashes, and numbers that are kept sealed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from django.conf import settings

from linli.access import rules
from linli.access.models import Account
from linli.kernel import sealing

TABLE = "access_account"
PHONE, BADGE = "access.phone", "access.badge"


def new_secret() -> str:
    """Return an unguessable word for an address or a header (192 bits)."""
    return secrets.token_urlsafe(24)


def hash_secret(use: str, secret: str) -> bytes:
    """Return what stands for such a secret in a table; without a key, since it is unguessable."""
    return hashlib.sha256(f"{use}\x1f{secret}".encode()).digest()


def hash_code(phone: str, code: str, made_at: datetime) -> bytes:
    """Return what stands for a short code: keyed, since six digits are soon tried through."""
    text = f"code\x1f{phone}\x1f{made_at.isoformat()}\x1f{code}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), text, hashlib.sha256)


def new_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}}"


def put_phone(account: Account, phone: str | None) -> None:
    """Write a normal number into an account that has its id: sealed, indexed and masked."""
    if not phone:
        account.phone_sealed = account.phone_index = account.phone_index_next = None
        account.phone_masked = ""
        return
    account.phone_sealed = sealing.seal(phone, table=TABLE, column="phone_sealed", row=account.pk)
    account.phone_index, account.phone_index_next = sealing.blind(phone, purpose=PHONE)
    local = rules.local_phone(phone)
    account.phone_masked = f"{local[:-8]}****{local[-4:]}"


def open_phone(account: Account) -> str | None:
    """Return the number of an account, to send something to it."""
    if account.phone_sealed is None:
        return None
    return sealing.open_sealed(
        bytes(account.phone_sealed), table=TABLE, column="phone_sealed", row=account.pk
    )


def put_badge(account: Account, badge: str | None) -> None:
    """Write a badge number into an account: indexed, and sealed so that keys can be rotated."""
    if not badge:
        account.badge_sealed = account.badge_index = account.badge_index_next = None
        account.badge_waits = False
        return
    account.badge_sealed = sealing.seal(badge, table=TABLE, column="badge_sealed", row=account.pk)
    account.badge_index, account.badge_index_next = sealing.blind(badge, purpose=BADGE)


def index_of_phone(phone: str) -> bytes:
    """Return what stands for a number in a table that keeps none, in the index of today."""
    found = sealing.blind_lookup("x", phone, purpose=PHONE)
    return next(iter(found.values()))


def new_totp_secret() -> str:
    """Return a fresh secret for an authenticator app, in base32 (160 bits)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def new_recovery_codes(count: int = 10) -> list[str]:
    """Return fresh recovery codes of 49 bits each."""
    return [rules.recovery_code(secrets.token_bytes(8)) for _ in range(count)]


def hash_recovery(row_id: int, code: str) -> str:
    """Return what stands for a recovery code: keyed, so that a copy of the table opens nothing."""
    text = f"recovery\x1f{row_id}\x1f{rules.normal_recovery(code)}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), text, hashlib.sha256).hex()


def demo_secrets(username: str) -> tuple[str, str]:
    """Return password and authenticator secret of a demo account: the same each time."""
    digest = hashlib.sha256(f"linli demo {username}".encode()).digest()
    return f"demo-{username}-2026", base64.b32encode(digest[:20]).decode()
