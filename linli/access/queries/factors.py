"""Reads on second factors: what somebody has, never a secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator

from linli.access.models import Account


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One second factor as its owner sees it."""

    id: int
    kind: str
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """The second factors of an account, and how many recovery codes are left."""

    rows: tuple[FactorRow, ...]
    recovery_left: int

    @property
    def has_totp(self) -> bool:
        return any(row.kind == Authenticator.Type.TOTP for row in self.rows)

    @property
    def has_passkey(self) -> bool:
        return any(row.kind == Authenticator.Type.WEBAUTHN for row in self.rows)


def factors_of(account: Account) -> Factors:
    """Return the second factors of an account; one query."""
    found = list(Authenticator.objects.filter(user=account).order_by("created_at", "pk"))
    codes = [row for row in found if row.type == Authenticator.Type.RECOVERY_CODES]
    rows = tuple(
        FactorRow(row.pk, row.type, str(row.data.get("name", "")), row.created_at, row.last_used_at)
        for row in found
        if row.type != Authenticator.Type.RECOVERY_CODES
    )
    return Factors(rows, len(codes[0].data["hashes"]) if codes else 0)


def passkeys_of(account: Account) -> dict[int, dict[str, Any]]:
    """Return the public halves of an account's passkeys by their ids."""
    rows = Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN)
    return {row.pk: row.data["credential"] for row in rows}
