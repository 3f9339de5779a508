"""Secrets that are shown once and kept as hashes, and numbers that are kept sealed."""

from __future__ import annotations

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
    account.phone_sealed = sealing.seal(phone, table=TABLE, column="phone", row=account.pk)
    account.phone_index, account.phone_index_next = sealing.blind(phone, purpose=PHONE)
    local = rules.local_phone(phone)
    account.phone_masked = f"{local[:-8]}****{local[-4:]}"


def open_phone(account: Account) -> str | None:
    """Return the number of an account, to send something to it."""
    if account.phone_sealed is None:
        return None
    return sealing.open_sealed(
        bytes(account.phone_sealed), table=TABLE, column="phone", row=account.pk
    )


def put_badge(account: Account, badge: str | None) -> None:
    """Write a badge number into an account, as an index alone: nobody needs to read it."""
    pair = sealing.blind(badge, purpose=BADGE) if badge else (None, None)
    account.badge_index, account.badge_index_next = pair
