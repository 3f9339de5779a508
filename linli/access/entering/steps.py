"""What a page keeps between asking for a second factor and its answer."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.core import signing

from linli.access.errors import FactorRefused
from linli.access.models import Account
from linli.access.secrets import new_totp_secret
from linli.kernel import sealing
from linli.kernel.web import Request
from linli.runtime.services import limits
from linli.runtime.types import Rate

TOTP, APP_NAME = "totp", "Linli"
TICKET_SECONDS = 600
# a question to a passkey is answered once while its ticket lives
ONCE_RATE = Rate(1, timedelta(minutes=20))
PASSKEY_SALT = "access.passkey"


def ticket_of(state: Mapping[str, Any]) -> str:
    """Return the state of a passkey's question, signed, for the form that answers it."""
    return signing.dumps(dict(state), salt=PASSKEY_SALT)


def state_in(ticket: str, now: datetime) -> dict[str, Any]:
    """Return the state of a passkey's question, once. Refuses with FactorRefused, TooMany."""
    try:
        state: dict[str, Any] = signing.loads(ticket, salt=PASSKEY_SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature as error:
        raise FactorRefused() from error
    limits.take("access.passkey", str(state.get("challenge")), rate=ONCE_RATE, now=now)
    return state


def totp_in_session(request: Request) -> str:
    """Return the secret that the page offers to an authenticator app; sealed until it is taken."""
    kept = request.session.get(TOTP)
    if isinstance(kept, str):
        return sealing.open_sealed(
            base64.b64decode(kept), table="access_signin", column=TOTP, row="set_up"
        )
    secret = new_totp_secret()
    raw = sealing.seal(secret, table="access_signin", column=TOTP, row="set_up")
    request.session[TOTP] = base64.b64encode(raw).decode()
    return secret


def totp_address(account: Account, secret: str) -> str:
    """Return what an authenticator app reads from the QR code."""
    label = quote(f"{APP_NAME}:{account.username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': APP_NAME})}"


def forget_totp(request: Request) -> None:
    """Forget the secret that the page offered: it is taken."""
    request.session.pop(TOTP, None)
