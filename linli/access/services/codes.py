"""One-time codes of residents. Nothing here tells whether a number is known: none needs to be."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from linli.access import rules
from linli.access.clients import messages
from linli.access.errors import CodeRefused
from linli.access.models import Account, SignInCode
from linli.access.queries.accounts import account_named
from linli.access.queries.actors import self_actor
from linli.access.queries.codes import live_codes
from linli.access.secrets import hash_code, index_of_phone, new_code, put_phone
from linli.access.states import ACCOUNT, AccountKind
from linli.kernel import locks
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all
from linli.runtime.services import limits
from linli.runtime.types import Rate
from linli.trail.services import record
from linli.ui.formats import is_chinese

OWN = "anybody may ask for a code to their own number"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DEMO_CODE = "246810"
# one a minute and five an hour to a number, whoever asks; forty an hour from one address, since
# a whole village office may share it; the last one keeps a flood from costing the city money
LIMITS = (
    (rules.AGAIN_LIMIT, "phone", Rate(60, HOUR, burst=1)),
    ("access.code.hour", "phone", Rate(5, HOUR)),
    ("access.code.day", "phone", Rate(10, DAY)),
    ("access.code.address", "address", Rate(40, HOUR)),
    ("access.code.all", "all", Rate(3000, HOUR)),
)
TRY_RATE = Rate(30, HOUR)


@open_to_all(OWN)
def send_code(phone: str, *, address: str, language: str, actor: Actor, now: datetime) -> None:
    """Send a code to a normal number; an older one dies. Refuses with TooMany."""
    subjects = {"phone": phone, "address": address, "all": ""}
    for bucket, of, rate in LIMITS:
        limits.take(bucket, subjects[of], rate=rate, now=now)
    with transaction.atomic():
        code = DEMO_CODE if _is_demo_phone(phone) else new_code()
        index = index_of_phone(phone)
        SignInCode.objects.filter(phone_index=index, used_at__isnull=True).update(used_at=now)
        SignInCode.objects.create(
            phone_index=index,
            code_hash=hash_code(phone, code, now),
            made_at=now,
            ends_at=now + rules.CODE_LIFE,
        )
        messages.send_code(phone, code, language=language, now=now)


@open_to_all(OWN)
def take_code(phone: str, code: str, *, address: str, actor: Actor, now: datetime) -> Account:
    """Return the account of a number whose code fits; the first time it is made.

    A wrong try is counted although it is refused. Refuses with CodeRefused, TooMany.
    """
    limits.take("access.code.try", address, rate=TRY_RATE, now=now)
    with transaction.atomic():
        account = _account_of(phone, now) if _fits(phone, code, now) else None
    if account is None:
        raise CodeRefused()
    return account


@open_to_all(OWN)
def proves_number(phone: str, code: str, *, address: str, actor: Actor, now: datetime) -> bool:
    """Say whether a code fits that was sent to a number; it opens nothing a second time, and no account is made.

    A wrong try is counted: not inside a transaction that it may undo. Refuses with TooMany.
    """
    limits.take("access.code.try", address, rate=TRY_RATE, now=now)
    with transaction.atomic():
        return _fits(phone, code, now)


def _fits(phone: str, code: str, now: datetime) -> bool:
    row = live_codes(phone, now).select_for_update().first()
    if row is None or row.tries >= rules.CODE_TRIES or rules.is_ahead(row.made_at, now):
        return False
    typed = code.replace(" ", "").translate(rules.FULL_WIDTH_DIGITS)
    right = hmac.compare_digest(bytes(row.code_hash), hash_code(phone, typed, row.made_at))
    row.tries += 1
    row.used_at = now if right else None
    row.save(update_fields=["tries", "used_at"])
    return right


def _account_of(phone: str, now: datetime) -> Account | None:
    locks.hold("access.phone", phone)
    account = account_named(phone, kind=AccountKind.RESIDENT)
    if account is None:
        return _new_resident(phone, now)
    may_enter = account.is_active and (not account.is_demo or settings.LINLI_DEMO)
    return account if may_enter else None


def _new_resident(phone: str, now: datetime) -> Account:
    account = Account(
        username=f"r-{public_code(12).lower()}",
        kind=AccountKind.RESIDENT,
        state=ACCOUNT.after(ACCOUNT.start, "activate"),
        # she is written to in the language in which she came
        language="zh-hans" if is_chinese() else "en",
        created_at=now,
    )
    account.set_unusable_password()
    account.save()
    put_phone(account, phone)
    account.display_name = account.phone_masked
    account.save()
    record("access.resident_made", on=account, actor=self_actor(account), now=now)
    return account


def _is_demo_phone(phone: str) -> bool:
    """Say whether a number belongs to the demo's resident, where the demo was asked for."""
    if not settings.LINLI_DEMO:
        return False
    account = account_named(phone, kind=AccountKind.RESIDENT)
    return account is not None and account.is_demo
