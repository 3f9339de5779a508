"""Starting anew when somebody cannot sign in: asked by her or for her, approved by two others."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.access import permits, rules
from linli.access.clients.messages import tell
from linli.access.errors import AnotherIsOpen, NotForYourself, SecondPersonNeeded
from linli.access.models import Account, ResetRequest
from linli.access.queries.accounts import account_named
from linli.access.services.accounts import issue_link
from linli.access.services.shutting_out import follow_posts
from linli.access.services.two_people import lapse, use_approval
from linli.access.states import ACCOUNT, OPEN_RESETS, RESET, AccountState, Act, ResetState
from linli.access.types import Issued, LinkUse
from linli.kernel import locks
from linli.kernel.permits import Actor, open_to_all, require
from linli.people.queries import entries_of
from linli.trail.services import record


@open_to_all("whoever forgot the password cannot sign in; the answer is the same for any name")
@transaction.atomic
def ask_reset(name: str, reason: str, *, actor: Actor, now: datetime) -> None:
    """Ask for a reset of the account of a name, if there is one. Tells nothing either way."""
    account = account_named(name)
    if account is None or account.state != AccountState.ACTIVE:
        return
    _open_request(account, reason, actor=actor, now=now)


@transaction.atomic
def ask_reset_for(account: Account, reason: str, *, actor: Actor, now: datetime) -> ResetRequest:
    """Ask for a reset on somebody's behalf. Refuses with NotAllowed."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    require(actor, permits.MANAGE, at=account.path)
    return _open_request(account, reason, actor=actor, now=now)


@transaction.atomic
def enable_account(account: Account, *, actor: Actor, now: datetime) -> Issued | None:
    """Open a closed account again; its owner starts with a new link.

    Where she signed in before it is handed over as in a reset, once two others approved: None comes
    back, and she is told. Refuses with NotAllowed, NotForYourself, WrongState, AnotherIsOpen,
    TwoPeopleNeeded.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    require(actor, permits.MANAGE, at=account.path)
    if account.pk == actor.account_id:
        raise NotForYourself()
    account.state = ACCOUNT.after(account.state, "enable")
    _refuse_second(account)
    account.disabled_at, account.disabled_reason = None, ""
    account.set_unusable_password()
    account.save(update_fields=["state", "disabled_at", "disabled_reason", "password"])
    follow_posts(account, actor=actor, now=now)
    record("access.enabled", on=account, actor=actor, now=now, place=account.path)
    if not account.was_used:
        use_approval(account, Act.LINK, actor=actor, now=now)
        return issue_link(account, LinkUse.INVITE, actor=actor, now=now)
    # one that was approved before the closing has a dead link
    ResetRequest.objects.filter(account=account, what=Act.RESET, state__in=OPEN_RESETS).update(
        state=ResetState.LAPSED
    )
    reason = _("The account was closed and is opened again.")
    _open_request(account, reason, actor=actor, now=now)
    return None


def _refuse_second(account: Account) -> None:
    """Refuse with AnotherIsOpen where the person of a closed account has an open one, by any of her entries."""
    hers = entries_of(account.person_id)
    others = Account.objects.filter(kind=account.kind, person_id__in=hers)
    other = others.exclude(pk=account.pk).exclude(state=AccountState.DISABLED).first()
    if other is not None:
        raise AnotherIsOpen(name=account.display_name, other=other.username)


def _open_request(account: Account, reason: str, *, actor: Actor, now: datetime) -> ResetRequest:
    locks.hold("access.reset", account.pk)
    lapse(account, actor=actor, now=now)
    known = ResetRequest.objects.filter(
        account=account, what=Act.RESET, state__in=OPEN_RESETS
    ).first()
    if known is not None:
        return known
    request = ResetRequest.objects.create(
        account=account,
        path=account.path,
        reason=reason[:200],
        asked_at=now,
        asked_by_id=actor.account_id,
        ends_at=now + rules.RESET_LIFE,
    )
    record("access.reset_asked", on=account, actor=actor, now=now, place=account.path)
    tell("access.reset_asked", account, actor=actor, now=now)
    return request


@transaction.atomic
def approve_reset(
    request: ResetRequest, *, actor: Actor, now: datetime
) -> tuple[ResetRequest, Issued | None]:
    """Approve a reset or another act, as the first or the second of two people.

    The second approval of a reset makes the one-time link, which is shown to her once, to hand it
    over; another act is done by whoever asked, within a day.
    Refuses with NotAllowed, NotForYourself, SecondPersonNeeded, WrongState.
    """
    request = ResetRequest.objects.select_for_update().get(pk=request.pk)
    require(actor, permits.APPROVE_RESET, at=request.path)
    assert actor.account_id is not None, "a job never approves"
    move = "second" if request.state == ResetState.ASKED else "approve"
    request.state = RESET.after(request.state if request.ends_at > now else "lapsed", move)
    fault = rules.may_approve(
        actor.account_id,
        subject=request.account_id,
        asker=request.asked_by_id,
        first=request.first_by_id,
    )
    if fault is not None:
        raise NotForYourself() if fault == "self" else SecondPersonNeeded()
    link = _note_approval(request, move, actor=actor, now=now)
    request.save()
    verb = f"access.reset_{move}" if request.what == Act.RESET else "access.act_approved"
    record(verb, on=request.account, actor=actor, now=now, place=request.path)
    if link is not None:
        tell("access.reset_approved", request.account, actor=actor, now=now)
    return request, link


def _note_approval(
    request: ResetRequest, move: str, *, actor: Actor, now: datetime
) -> Issued | None:
    if move == "second":
        request.first_by_id, request.first_at = actor.account_id, now
        return None
    request.second_by_id, request.second_at = actor.account_id, now
    if request.what != Act.RESET:
        request.ends_at = now + rules.RESET_LINK_LIFE
        return None
    return issue_link(
        request.account, LinkUse.RESET, actor=actor, now=now, life=rules.RESET_LINK_LIFE
    )


@transaction.atomic
def refuse_reset(request: ResetRequest, note: str, *, actor: Actor, now: datetime) -> ResetRequest:
    """Refuse a reset or another act with a reason. Refuses with NotAllowed, WrongState."""
    request = ResetRequest.objects.select_for_update().get(pk=request.pk)
    require(actor, permits.APPROVE_RESET, at=request.path)
    request.state = RESET.after(request.state, "refuse")
    request.refused_by_id, request.note = actor.account_id, note[:200]
    request.save(update_fields=["state", "refused_by", "note"])
    is_reset = request.what == Act.RESET
    record(
        "access.reset_refused" if is_reset else "access.act_refused",
        on=request.account,
        actor=actor,
        now=now,
        place=request.path,
        reason=note,
    )
    if is_reset:
        tell(
            "access.reset_refused", request.account, {"reason": request.note}, actor=actor, now=now
        )
    elif request.asked_by is not None:
        values = {"name": request.account.display_name, "reason": request.note}
        tell("access.act_refused", request.asked_by, values, actor=actor, now=now)
    return request
