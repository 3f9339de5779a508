"""Second factors: codes of a phone, passkeys, recovery codes. Kept in allauth's table, sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from linli.access import rules
from linli.access.clients import passkeys
from linli.access.errors import FactorRefused, LastFactor
from linli.access.models import Account, TotpSecret
from linli.access.queries.factors import passkeys_of
from linli.access.secrets import hash_recovery, new_recovery_codes
from linli.access.types import Factor
from linli.kernel import sealing
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record

OWN = "everybody sets up their own second factor"
TABLE = "access_totpsecret"


@open_to_all(OWN)
@transaction.atomic
def confirm_totp(
    account: Account, secret: str, code: str, *, actor: Actor, now: datetime
) -> list[str]:
    """Take up an authenticator app after its first code; return fresh recovery codes if it is the
    first factor.

    Refuses with FactorRefused.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    counter = rules.totp_counter(secret, code, now)
    if counter is None:
        raise FactorRefused()
    keep_totp(account, secret, counter=counter, actor=actor, now=now)
    record("access.factor_added", on=account, actor=actor, now=now, factor=Factor.TOTP.value)
    return _first_codes(account)


@open_to_all("called by services of access alone")
def keep_totp(account: Account, secret: str, *, counter: int, actor: Actor, now: datetime) -> None:
    """Write the secret of an authenticator app, sealed, in place of an older one."""
    Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
    Authenticator.objects.create(
        user=account, type=Authenticator.Type.TOTP, data={}, created_at=now
    )
    sealed = sealing.seal(secret, table=TABLE, column="secret_sealed", row=account.pk)
    TotpSecret.objects.update_or_create(
        account=account, defaults={"secret_sealed": sealed, "counter": counter}
    )


@open_to_all(OWN)
@transaction.atomic
def check_totp(account: Account, code: str, *, actor: Actor, now: datetime) -> bool:
    """Say whether a code of the authenticator app fits; each code is good once."""
    row = TotpSecret.objects.select_for_update().filter(account=account).first()
    if row is None:
        return False
    secret = sealing.open_sealed(
        bytes(row.secret_sealed), table=TABLE, column="secret_sealed", row=account.pk
    )
    counter = rules.totp_counter(secret, code, now)
    if counter is None or rules.is_used(counter, row.counter, now):
        return False
    row.counter = counter
    row.save(update_fields=["counter"])
    Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).update(
        last_used_at=now
    )
    return True


@open_to_all(OWN)
@transaction.atomic
def use_recovery_code(account: Account, code: str, *, actor: Actor, now: datetime) -> bool:
    """Say whether a recovery code fits, and cross it out."""
    row = _locked(account, Authenticator.Type.RECOVERY_CODES)
    if row is None:
        return False
    hashes: list[str] = row.data["hashes"]
    mark = hash_recovery(row.pk, code)
    if mark not in hashes:
        return False
    hashes.remove(mark)
    row.last_used_at = now
    row.save(update_fields=["data", "last_used_at"])
    return True


@open_to_all(OWN)
@transaction.atomic
def renew_recovery_codes(account: Account, *, actor: Actor, now: datetime) -> list[str]:
    """Make ten new recovery codes; the old ones die."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = _first_codes(account)
    record("access.recovery_codes_made", on=account, actor=actor, now=now)
    return codes


@open_to_all(OWN)
@transaction.atomic
def add_passkey(
    account: Account, name: str, credential: Mapping[str, Any], *, actor: Actor, now: datetime
) -> list[str]:
    """Keep a passkey that the browser made and `clients.passkeys` has checked."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    Authenticator.objects.create(
        user=account,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name[:60], "credential": dict(credential)},
        created_at=now,
        last_used_at=now,
    )
    record("access.factor_added", on=account, actor=actor, now=now, factor=Factor.PASSKEY.value)
    return _first_codes(account)


@open_to_all(OWN)
@transaction.atomic
def prove_passkey(
    account: Account,
    host: str,
    state: Mapping[str, Any],
    answer: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Check what the browser answered with a passkey. Refuses with FactorRefused."""
    found = passkeys.take_proof(host, state, answer, passkeys_of(account))
    Authenticator.objects.filter(pk=found).update(last_used_at=now)


@open_to_all(OWN)
@transaction.atomic
def remove_factor(account: Account, factor_id: int, *, actor: Actor, now: datetime) -> None:
    """Remove one of several second factors. Refuses with NotFound, LastFactor."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    mine = Authenticator.objects.filter(user=account).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    row = mine.filter(pk=factor_id).first()
    if row is None:
        raise NotFound(factor=factor_id)
    if account.is_staff_member and mine.count() == 1:
        raise LastFactor(move="remove", state=row.type)
    row.delete()
    if row.type == Authenticator.Type.TOTP:
        TotpSecret.objects.filter(account=account).delete()
    record("access.factor_removed", on=account, actor=actor, now=now, factor=row.type)


@open_to_all("called by services of access alone: after a reset one starts anew")
def drop_factors(account: Account, *, actor: Actor) -> None:
    """Forget every second factor of an account."""
    Authenticator.objects.filter(user=account).delete()
    TotpSecret.objects.filter(account=account).delete()


def _first_codes(account: Account) -> list[str]:
    if Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).exists():
        return []
    codes = new_recovery_codes()
    row = Authenticator(user=account, type=Authenticator.Type.RECOVERY_CODES, data={})
    row.save()
    row.data = {"hashes": [hash_recovery(row.pk, code) for code in codes]}
    row.save(update_fields=["data"])
    return codes


def _locked(account: Account, kind: str) -> Authenticator | None:
    found: Authenticator | None = (
        Authenticator.objects.select_for_update().filter(user=account, type=kind).first()
    )
    return found
