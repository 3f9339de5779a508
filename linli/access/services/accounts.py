"""Staff accounts from invitation to end. A secret leaves a function once and is kept as a hash."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from linli.access import permits, rules
from linli.access.clients.messages import forget_reaching
from linli.access.errors import LastOperator, NameTaken, NotForYourself
from linli.access.events import AccountInvited
from linli.access.models import Account, ApiToken, GivenRight, OneTimeLink, SignIn
from linli.access.secrets import hash_secret, new_secret, put_phone
from linli.access.services.shutting_out import follow_posts
from linli.access.services.two_people import use_approval
from linli.access.states import ACCOUNT, AccountKind, AccountState, Act
from linli.access.types import Issued, LinkUse, NewAccount
from linli.kernel import locks
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.events import publish
from linli.kernel.permits import Actor, open_to_all, require
from linli.trail.services import record

CLOSING = ("state", "disabled_at", "disabled_reason", "known_agents")


@transaction.atomic
def invite_account(
    new: NewAccount, *, actor: Actor, now: datetime, is_demo: bool = False
) -> tuple[Account, Issued]:
    """Make a staff account and the link by which its owner sets the first password.

    Refuses with NotAllowed, NameTaken, Invalid.
    """
    require(actor, permits.MANAGE, at=new.path)
    _check_new(new)
    account = Account(
        username=new.username,
        kind=AccountKind.STAFF,
        display_name=new.display_name,
        path=new.path,
        unit=new.unit,
        language=new.language,
        person_id=new.person_id,
        created_at=now,
        created_by_id=actor.account_id,
        is_demo=is_demo,
    )
    account.set_unusable_password()
    account.save()
    if new.phone:
        _save_phone(account, new.phone)
    link = issue_link(account, LinkUse.INVITE, actor=actor, now=now)
    record("access.invited", on=account, actor=actor, now=now, place=account.path)
    publish(AccountInvited(account.pk))
    return account, link


def _check_new(new: NewAccount) -> None:
    if not rules.USERNAME.fullmatch(new.username):
        message = _("Small letters, digits, dot and dash, 3 to 40, beginning with a letter.")
        raise Invalid({"username": [message]})
    if not new.display_name.strip():
        raise Invalid({"display_name": [_("Write the name.")]})
    if Account.objects.filter(username=new.username).exists():
        raise NameTaken(name=new.username, move="invite", state="taken")


def _save_phone(account: Account, phone: str) -> None:
    normal = rules.normal_phone(phone)
    if normal is None:
        raise Invalid({"phone": [_("This is no mobile number.")]})
    put_phone(account, normal)
    taken = (
        Account.objects.filter(kind=account.kind)
        .exclude(pk=account.pk)
        .filter(phone_index=account.phone_index, phone_index_next=account.phone_index_next)
    )
    if account.phone_index is not None and taken.exists():
        # staff are told, so that nobody shares a number; residents sign in by it and own it
        raise Invalid({"phone": [_("Another account has this number. Nobody shares one.")]})
    account.save(update_fields=["phone_sealed", "phone_index", "phone_index_next", "phone_masked"])


@transaction.atomic
def change_account(account: Account, new: NewAccount, *, actor: Actor, now: datetime) -> Account:
    """Write another name, unit, place or telephone number; the sign-in name stays.

    Refuses with NotAllowed, TwoPeopleNeeded, Invalid.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    require(actor, permits.MANAGE, at=account.path)
    require(actor, permits.MANAGE, at=new.path)
    if new.phone:
        use_approval(account, Act.NUMBER, actor=actor, now=now)
    account.display_name, account.unit = new.display_name, new.unit
    account.path, account.language = new.path, new.language
    account.save(update_fields=["display_name", "unit", "path", "language"])
    if new.phone:
        _save_phone(account, new.phone)
    record("access.changed", on=account, actor=actor, now=now, place=account.path)
    return account


@transaction.atomic
def send_new_link(account: Account, *, actor: Actor, now: datetime) -> Issued:
    """Make a new first link for somebody who has not used hers; the older ones die.

    Whoever signed in before gets none: a link to her account takes two people, as a reset does.
    Refuses with NotAllowed, WrongState, TwoPeopleNeeded.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    require(actor, permits.MANAGE, at=account.path)
    ACCOUNT.after(account.state, "activate")
    if account.was_used:
        raise WrongState(move="link", state="used")
    use_approval(account, Act.LINK, actor=actor, now=now)
    link = issue_link(account, LinkUse.INVITE, actor=actor, now=now)
    record("access.link_made", on=account, actor=actor, now=now, place=account.path)
    return link


@transaction.atomic
def disable_account(account: Account, reason: str, *, actor: Actor, now: datetime) -> Account:
    """Close an account at once: sessions, keys and links of it end in the same moment.

    Refuses with NotAllowed, NotForYourself, WrongState, LastOperator, TwoPeopleNeeded.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    require(actor, permits.MANAGE, at=account.path)
    if account.pk == actor.account_id:
        raise NotForYourself()
    ACCOUNT.after(account.state, "disable")
    _keep_one_operator(account, now)
    use_approval(account, Act.CLOSE, actor=actor, now=now)
    close(account, reason, actor=actor, now=now)
    forget_reaching(account, actor=actor, now=now)
    record("access.disabled", on=account, actor=actor, now=now, place=account.path, reason=reason)
    return account


def _keep_one_operator(account: Account, now: datetime) -> None:
    operators = GivenRight.objects.filter(
        template="operator", revoked_at__isnull=True, account__isnull=False
    )
    if not operators.filter(account=account).exists():
        return
    locks.hold("access.operators")
    others = operators.exclude(account=account).filter(account__state=AccountState.ACTIVE)
    if not others.exists():
        raise LastOperator(move="disable", state=account.state)


@open_to_all("called by services of access that have required their own permit")
def issue_link(
    account: Account,
    use: LinkUse,
    *,
    actor: Actor,
    now: datetime,
    life: timedelta = rules.LINK_LIFE,
) -> Issued:
    """Make a one-time link; older links of the account die."""
    OneTimeLink.objects.filter(account=account, used_at__isnull=True).update(revoked_at=now)
    secret = new_secret()
    link = OneTimeLink.objects.create(
        account=account,
        use=use,
        token_hash=hash_secret("link", secret),
        made_at=now,
        made_by_id=actor.account_id,
        ends_at=now + life,
    )
    return Issued(link.pk, secret, link.ends_at)


@open_to_all("called by services of access that have required their own permit")
def close(
    account: Account, reason: str, *, actor: Actor, now: datetime, fields: Collection[str] = ()
) -> None:
    """Close an account that is held, and end what it has open; `fields` are saved with it.

    The browsers that she signed in with are forgotten, and the work of her posts falls to others.
    Refuses with WrongState.
    """
    account.state = ACCOUNT.after(account.state, "disable")
    account.disabled_at, account.disabled_reason, account.known_agents = now, reason, []
    account.save(update_fields=[*CLOSING, *fields])
    end_all(account, actor=actor, now=now)
    follow_posts(account, actor=actor, now=now)


@open_to_all("called by services of access that have required their own permit")
def end_all(account: Account, *, actor: Actor, now: datetime, keep: int | None = None) -> None:
    """End every session, key and link of an account; `keep` is a session that may stay."""
    SignIn.objects.filter(account=account, ended_at__isnull=True).exclude(pk=keep or 0).update(
        ended_at=now, data={}
    )
    OneTimeLink.objects.filter(account=account, used_at__isnull=True).update(revoked_at=now)
    if keep is None:
        ApiToken.objects.filter(account=account, revoked_at__isnull=True).update(
            revoked_at=now, revoked_by_id=actor.account_id
        )
