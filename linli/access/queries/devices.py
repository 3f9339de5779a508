"""Reads on counter computers and on who is present at them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from linli.access import permits, rules
from linli.access.models import Account, CounterDevice, CounterPresence
from linli.access.queries.rights import below
from linli.access.queries.sessions import account_row
from linli.access.states import AccountState
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor

BY_PLACE = Keyset("place", ("path", "name", "pk"))


def live_device(token_hash: bytes, *, now: datetime) -> CounterDevice | None:
    """Return the enrolled computer of a cookie, or None."""
    return CounterDevice.objects.filter(
        token_hash=token_hash, revoked_at__isnull=True, ends_at__gt=now
    ).first()


def is_second_factor(device: CounterDevice, account: Account, *, now: datetime) -> bool:
    """Say whether an account needs no other second factor at this computer."""
    row = account_row(account.pk, now=now)
    return row is not None and rules.counts_at_counter(
        device.path,
        account.path,
        (post[2] for post in row.posts),
        ((right[0], right[1], right[2]) for right in row.rights),
    )


def present_at(device: CounterDevice, *, now: datetime) -> QuerySet[CounterPresence]:
    """Return who typed her password on this computer today and may switch by PIN."""
    return (
        CounterPresence.objects.filter(
            device=device,
            starts_at__lte=now + rules.CLOCK_SLACK,
            ends_at__gt=now,
            pin_tries__lt=rules.PIN_TRIES,
            account__state=AccountState.ACTIVE,
        )
        .select_related("account")
        .order_by("account__display_name", "account_id")
    )


def visible_devices(actor: Actor) -> QuerySet[CounterDevice]:
    """Return computers at places where the actor enrols them."""
    return (
        CounterDevice.objects.filter(below(actor, permits.ENROL))
        .select_related("enrolled_by")
        .order_by("path", "name", "pk")
    )


def get_device(actor: Actor, device_id: int) -> CounterDevice:
    """Return one computer. Refuses with NotFound."""
    found = visible_devices(actor).filter(pk=device_id).first()
    if found is None:
        raise NotFound(device=device_id)
    return found
