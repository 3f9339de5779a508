"""Counter computers: enrolled by a permitted person, then a PIN or a badge is enough to switch."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.access import permits, rules
from linli.access.errors import PinClosed, PinRefused, PinSpent
from linli.access.models import Account, CounterDevice, CounterPresence, SignIn
from linli.access.queries.accounts import account_of_badge
from linli.access.queries.devices import is_second_factor
from linli.access.secrets import hash_secret, new_secret
from linli.access.types import Issued
from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, open_to_all, require
from linli.trail.services import record

AT_COUNTER = "the computer was enrolled, and the person signed in on it today"


@transaction.atomic
def enrol_device(
    name: str, path: str, *, idle: timedelta = rules.COUNTER_IDLE, actor: Actor, now: datetime
) -> Issued:
    """Make the computer at hand a counter computer of a place; the secret goes into its cookie.

    Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.ENROL, at=path)
    assert actor.account_id is not None, "somebody stands at the computer"
    if not timedelta(minutes=1) <= idle <= rules.COUNTER_IDLE_MOST:
        raise Invalid({"idle": [_("It locks after 1 to 15 minutes.")]})
    if not name.strip():
        raise Invalid({"name": [_("Name the computer, such as “Counter 2”.")]})
    secret = new_secret()
    device = CounterDevice.objects.create(
        name=name.strip()[:60],
        path=path,
        token_hash=hash_secret("counter", secret),
        idle_seconds=int(idle.total_seconds()),
        enrolled_at=now,
        enrolled_by_id=actor.account_id,
        ends_at=now + rules.DEVICE_LIFE,
    )
    record("access.device_enrolled", on=device, actor=actor, now=now, place=path, name=name)
    return Issued(device.pk, secret, device.ends_at)


@transaction.atomic
def revoke_device(device: CounterDevice, *, actor: Actor, now: datetime) -> CounterDevice:
    """Take a computer out of service; sessions on it end. Refuses with NotAllowed."""
    device = CounterDevice.objects.select_for_update().get(pk=device.pk)
    require(actor, permits.ENROL, at=device.path)
    device.revoked_at, device.revoked_by_id = now, actor.account_id
    device.save(update_fields=["revoked_at", "revoked_by"])
    SignIn.objects.filter(device=device, ended_at__isnull=True).update(ended_at=now, data={})
    record("access.device_revoked", on=device, actor=actor, now=now, place=device.path)
    return device


@open_to_all("everybody sets their own PIN; the password was typed a moment ago")
@transaction.atomic
def set_pin(account: Account, pin: str, *, actor: Actor, now: datetime) -> None:
    """Set one's own PIN for counter computers. Refuses with Invalid."""
    account = Account.objects.select_for_update().get(pk=actor.account_id or 0)
    if rules.is_weak_pin(pin):
        message = _("Six digits, no run such as 123456 and no repetition such as 121212.")
        raise Invalid({"pin": [message]})
    account.pin_hash = make_password(pin)
    account.save(update_fields=["pin_hash"])
    record("access.pin_set", on=account, actor=actor, now=now, place=account.path)


@open_to_all(AT_COUNTER)
@transaction.atomic
def note_presence(device: CounterDevice, account: Account, *, actor: Actor, now: datetime) -> None:
    """Remember until midnight that somebody typed her password on this computer."""
    night = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    CounterPresence.objects.update_or_create(
        device=device,
        account=account,
        defaults={"starts_at": now, "ends_at": night, "pin_tries": 0},
    )


@open_to_all(AT_COUNTER)
def switch_by_pin(
    device: CounterDevice, account_id: int, pin: str, *, actor: Actor, now: datetime
) -> Account:
    """Return the account whose PIN fits on this computer today; a wrong try counts.

    Refuses with PinRefused, PinSpent, PinClosed.
    """
    with transaction.atomic():
        presence = _presence(device, account_id, now)
        if presence is None:
            raise PinClosed()
        account = presence.account
        fits = check_password(pin, account.pin_hash) if account.pin_hash else False
        tries = 0 if fits else F("pin_tries") + 1
        CounterPresence.objects.filter(pk=presence.pk).update(pin_tries=tries)
    if not fits:
        left = rules.tries_left(presence.pin_tries + 1, rules.PIN_TRIES)
        raise PinRefused(left=left) if left else PinSpent()
    return account


@open_to_all(AT_COUNTER)
def switch_by_badge(device: CounterDevice, badge: str, *, actor: Actor, now: datetime) -> Account:
    """Return the account of a scanned badge. Refuses with PinClosed."""
    number = rules.normal_badge(badge)
    account = account_of_badge(number) if number else None
    if account is not None and account.badge_waits:
        raise PinClosed()
    with transaction.atomic():
        presence = _presence(device, account.pk if account else 0, now)
    if presence is None:
        raise PinClosed()
    return presence.account


def _presence(device: CounterDevice, account_id: int, now: datetime) -> CounterPresence | None:
    found = (
        CounterPresence.objects.select_for_update(of=("self",))
        .filter(
            device=device,
            account_id=account_id,
            # a morning that begins later than now was noted by a clock that has jumped back
            starts_at__lte=now + rules.CLOCK_SLACK,
            ends_at__gt=now,
            pin_tries__lt=rules.PIN_TRIES,
        )
        .select_related("account")
        .first()
    )
    if found is None or not found.account.is_active:
        return None
    # rights that came since the morning may ask for two factors again
    return found if is_second_factor(device, found.account, now=now) else None


@open_to_all("the clock locks a counter, and so does anybody who leaves it")
def lock_session(session_id: int, *, actor: Actor, now: datetime) -> None:
    """Lock the session on a counter computer; a PIN or a badge opens it again."""
    SignIn.objects.filter(pk=session_id, ended_at__isnull=True, device__isnull=False).update(
        locked_at=now
    )
