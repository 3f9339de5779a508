"""Passwords: set by a one-time link, changed by their owner."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.access import rules
from linli.access.clients.messages import tell
from linli.access.models import Account, OneTimeLink, ResetRequest
from linli.access.queries.accounts import live_link
from linli.access.queries.actors import self_actor
from linli.access.secrets import hash_secret
from linli.access.services.accounts import end_all
from linli.access.services.factors import drop_factors
from linli.access.states import ACCOUNT, RESET, AccountState, Act, ResetState
from linli.access.types import LinkUse
from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record


@open_to_all("whoever holds the link is let in by it, until they are in")
@transaction.atomic
def use_link(secret: str, password: str, *, actor: Actor, now: datetime) -> tuple[Account, LinkUse]:
    """Set the password by a one-time link, good until its owner is in. A reset also drops second
    factors and sessions.

    Refuses with LinkDead, Invalid.
    """
    found = live_link(hash_secret("link", secret), now=now)
    account = Account.objects.select_for_update().get(pk=found.account_id)
    link = live_link(hash_secret("link", secret), now=now)
    actor = self_actor(account)
    write_password(account, password, actor=actor, now=now)
    if account.state == AccountState.INVITED:
        account.state = ACCOUNT.after(account.state, "activate")
    account.save(update_fields=["password", "password_set_at", "state"])
    if link.use == LinkUse.RESET:
        _close_reset(account)
    drop_factors(account, actor=actor)
    end_all(account, actor=actor, now=now)
    # the link stays good until she is in: whoever stops before the second step begins again with it
    OneTimeLink.objects.filter(pk=link.pk).update(revoked_at=None)
    verb = "access.reset_used" if link.use == LinkUse.RESET else "access.activated"
    record(verb, on=account, actor=actor, now=now, place=account.path)
    if link.use == LinkUse.RESET:
        tell("access.password_set", account, actor=actor, now=now)
    return account, LinkUse(link.use)


@open_to_all("closes what let somebody in, once they are in")
def close_links(account: Account, *, actor: Actor, now: datetime) -> None:
    """The link by which an account got its password is used up once its owner has signed in."""
    if account.password_set_at is None:
        return
    OneTimeLink.objects.filter(
        account=account,
        used_at__isnull=True,
        revoked_at__isnull=True,
        made_at__lte=account.password_set_at,
    ).update(used_at=now)


def _close_reset(account: Account) -> None:
    reset = ResetRequest.objects.select_for_update().filter(
        account=account, what=Act.RESET, state=ResetState.APPROVED
    )
    for one in reset:
        one.state = RESET.after(one.state, "use")
        one.save(update_fields=["state"])


@open_to_all("everybody may change their own password; the old one is asked")
@transaction.atomic
def change_password(
    account: Account, old: str, new: str, *, keep: int | None, actor: Actor, now: datetime
) -> Account:
    """Change one's own password; every other session ends. `keep` is the session at hand.

    Refuses with Invalid.
    """
    account = Account.objects.select_for_update().get(pk=actor.account_id or 0)
    if not account.check_password(old):
        raise Invalid({"old_password": [_("This is not the password of today.")]})
    write_password(account, new, actor=actor, now=now, field="new_password")
    account.save(update_fields=["password", "password_set_at"])
    end_all(account, actor=actor, now=now, keep=keep or 0)
    record("access.password_changed", on=account, actor=actor, now=now, place=account.path)
    tell("access.password_set", account, actor=actor, now=now)
    return account


@open_to_all("called by services of access alone")
def write_password(
    account: Account, password: str, *, actor: Actor, now: datetime, field: str = "password"
) -> None:
    """Put a password into an account, unsaved. Refuses with Invalid and every fault at once."""
    faults: list[str] = []
    try:
        password_validation.validate_password(password, account)
    except ValidationError as error:
        faults += [_fault_words(one.code or "") for one in error.error_list]
    if rules.lacks_variety(password):
        faults.append(_("Mix letters with digits or signs."))
    if faults:
        raise Invalid({field: list(dict.fromkeys(faults))})
    account.set_password(password)
    account.password_set_at = now


def _fault_words(code: str) -> str:
    """Say what is wrong with a password; the words of the library are not in every language."""
    return {
        "password_too_short": _("Use ten characters or more."),
        "password_too_common": _("This password is on every list of guesses. Choose another."),
        "password_too_similar": _("It is too much like your name. Choose another."),
    }.get(code, _("Choose another password."))
