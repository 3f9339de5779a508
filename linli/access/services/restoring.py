"""After a restore: nobody is signed in any more, and what was ended since the backup is ended again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.access.models import (
    Account,
    ApiToken,
    CounterDevice,
    CounterPresence,
    Deputy,
    GivenRight,
    Mandate,
    OneTimeLink,
    SignIn,
    SignInCode,
)
from linli.access.services.accounts import close
from linli.access.states import AccountState
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record

BY_RESTORE = "called by restore alone, before anybody is served"
# kind → table, and when a row began: a number may have been given again to something that is not meant
ENDS: dict[str, tuple[Any, str]] = {
    "token": (ApiToken, "starts_at"),
    "device": (CounterDevice, "enrolled_at"),
    "right": (GivenRight, "given_at"),
    "deputy": (Deputy, "given_at"),
    "mandate": (Mandate, "starts_at"),
}


@open_to_all(BY_RESTORE)
@transaction.atomic
def end_ways_in(epoch: int, *, actor: Actor, now: datetime) -> int:
    """End all sessions, links, codes and days at a counter's computer; return how many sessions.

    Some were ended since the backup, and nobody knows which. Passwords, keys and rights stay.
    """
    ended = SignIn.objects.filter(ended_at__isnull=True).update(ended_at=now, data={})
    OneTimeLink.objects.filter(used_at__isnull=True, revoked_at__isnull=True).update(revoked_at=now)
    SignInCode.objects.filter(used_at__isnull=True).update(used_at=now)
    CounterPresence.objects.filter(ends_at__gt=now).update(ends_at=now)
    record("access.sessions_ended", on=("trail.epoch", epoch), actor=actor, now=now, count=ended)
    return ended


@open_to_all(BY_RESTORE)
@transaction.atomic
def end_again(ended: Mapping[tuple[str, int], datetime], *, actor: Actor, now: datetime) -> int:
    """End once more keys, computers, rights, deputies, mandates and accounts that had been ended; return how many."""
    count = 0
    for kind, (table, began) in ENDS.items():
        ids = [key for name, key in ended if name == kind]
        rows = table.objects.select_for_update().filter(pk__in=ids, revoked_at__isnull=True)
        for row in rows.order_by("pk"):
            at = ended[kind, row.pk]
            if getattr(row, began) <= at:
                table.objects.filter(pk=row.pk).update(revoked_at=at)
                record("access.ended_again", on=row, actor=actor, now=now)
                count += 1
    return count + _close_again(ended, actor, now)


def _close_again(ended: Mapping[tuple[str, int], datetime], actor: Actor, now: datetime) -> int:
    ids = [key for name, key in ended if name == "account"]
    held = Account.objects.select_for_update().filter(pk__in=ids)
    count = 0
    for account in held.exclude(state=AccountState.DISABLED).order_by("pk"):
        if account.created_at <= ended["account", account.pk]:
            close(account, _("It had been closed before the restore."), actor=actor, now=now)
            record("access.ended_again", on=account, actor=actor, now=now, place=account.path)
            count += 1
    return count
