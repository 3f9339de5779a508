"""Badges of counter computers: tied by the office, at work once their owner confirmed them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.access import permits, rules
from linli.access.clients.messages import tell
from linli.access.models import Account
from linli.access.queries.accounts import account_of_badge
from linli.access.secrets import put_badge
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.permits import Actor, open_to_all, require
from linli.notify.types import Link
from linli.trail.services import record

KEPT_IN = ["badge_sealed", "badge_index", "badge_index_next", "badge_waits"]


@transaction.atomic
def set_badge(account: Account, badge: str, *, actor: Actor, now: datetime) -> Account:
    """Tie a badge to an account, or untie it with an empty number; the owner is told.

    A badge opens what its owner may, so one that somebody else tied waits until she confirms it.
    Refuses with NotAllowed, Invalid.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    require(actor, permits.ENROL, at=account.path)
    number = rules.normal_badge(badge) if badge.strip() else None
    if badge.strip() and number is None:
        raise Invalid({"badge": [_("A badge has 6 to 32 letters and digits. Scan it again.")]})
    owner = account_of_badge(number) if number else None
    if owner not in (None, account):
        raise Invalid({"badge": [_("This badge belongs to another account.")]})
    if owner is None and (number or account.badge_sealed is not None):
        _write(account, number, waits=account.pk != actor.account_id, actor=actor, now=now)
        said = "access.badge_tied" if number else "access.badge_taken_off"
        tell(said, account, link=Link("access:security"), actor=actor, now=now)
    return account


@open_to_all("everybody answers for the badge of their own account")
@transaction.atomic
def answer_badge(*, keep: bool, actor: Actor, now: datetime) -> Account:
    """Confirm the badge that somebody tied to one's own account, or take it off.

    Refuses with WrongState.
    """
    account = Account.objects.select_for_update().get(pk=actor.account_id or 0)
    if account.badge_sealed is None or (keep and not account.badge_waits):
        raise WrongState(move="badge", state="waits" if account.badge_waits else "none")
    if not keep:
        _write(account, None, waits=False, actor=actor, now=now)
        return account
    account.badge_waits = False
    account.save(update_fields=["badge_waits"])
    record("access.badge_confirmed", on=account, actor=actor, now=now, place=account.path)
    return account


def _write(
    account: Account, number: str | None, *, waits: bool, actor: Actor, now: datetime
) -> None:
    account.badge_waits = waits
    put_badge(account, number)
    account.save(update_fields=KEPT_IN)
    record("access.badge_set", on=account, actor=actor, now=now, place=account.path)
