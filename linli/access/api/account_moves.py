"""What is done with an account: changed, closed, opened, linked anew, reset, given a badge."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from linli.access import permits
from linli.access.api.accounts import (
    AccountIn,
    AccountOut,
    InvitedOut,
    OpenedOut,
    account_out,
    new_account,
)
from linli.access.api.frame import ReasonIn, herself, holder_of, link_out
from linli.access.api.resets import ResetOut, reset_out
from linli.access.forms import BadgeForm, ReasonForm
from linli.access.models import Account
from linli.access.queries.accounts import get_account
from linli.access.services import accounts as services
from linli.access.services.badges import set_badge
from linli.access.services.resets import ask_reset_for, enable_account
from linli.access.services.two_people import ask_act
from linli.access.types import Issued
from linli.kernel.web import Request

router = Router()


class AskIn(ReasonIn):
    """What shall be done: close, number or link."""

    what: str


class BadgeIn(Schema):
    """The number of a badge, kept sealed; an empty one unties it."""

    badge: str = ""


@router.post("/access/accounts/{int:account_id}/change", response=AccountOut)
def change(request: Request, account_id: int, given: AccountIn) -> dict[str, Any]:
    """Write another name, office, place or number; the sign-in name stays. Not by a key."""
    found = _managed(request, account_id)
    new = new_account(request, given)
    changed = services.change_account(found, new, actor=request.actor, now=timezone.now())
    return account_out(changed)


@router.post("/access/accounts/{int:account_id}/disable", response=AccountOut)
def disable(request: Request, account_id: int, given: ReasonIn) -> dict[str, Any]:
    """Close an account; its sessions, keys and links end in the same moment. Not by a key."""
    found, reason = _managed(request, account_id), ReasonForm(given.dict()).accepted()["reason"]
    closed = services.disable_account(found, reason, actor=request.actor, now=timezone.now())
    return account_out(closed)


@router.post("/access/accounts/{int:account_id}/enable", response=OpenedOut)
def enable(request: Request, account_id: int) -> dict[str, Any]:
    """Open a closed account again; a first link stands in this answer alone. Not by a key.

    Whoever signed in before gets theirs as in a reset, once two other people approved it.
    """
    found = _managed(request, account_id)
    link = enable_account(found, actor=request.actor, now=timezone.now())
    return _with_link(request, account_id, link)


@router.post("/access/accounts/{int:account_id}/link", response=InvitedOut)
def link(request: Request, account_id: int) -> dict[str, Any]:
    """Make a new first link, told in this answer alone; the older ones die. Not by a key."""
    found = _managed(request, account_id)
    made = services.send_new_link(found, actor=request.actor, now=timezone.now())
    return _with_link(request, account_id, made)


@router.post("/access/accounts/{int:account_id}/reset", response=ResetOut)
def reset(request: Request, account_id: int, given: ReasonIn) -> dict[str, Any]:
    """Ask for a reset on somebody's behalf; two other people approve it. Not by a key."""
    found, reason = _managed(request, account_id), ReasonForm(given.dict()).accepted()["reason"]
    return reset_out(ask_reset_for(found, reason, actor=request.actor, now=timezone.now()))


@router.post("/access/accounts/{int:account_id}/ask", response=ResetOut)
def ask(request: Request, account_id: int, given: AskIn) -> dict[str, Any]:
    """Ask a second person to let the caller close an account that runs the system, gives rights or
    checks, write another number (`change`), make a first link or take that right back. Not by a key."""
    found, reason = _managed(request, account_id), ReasonForm(given.dict()).accepted()["reason"]
    return reset_out(ask_act(found, given.what, reason, actor=request.actor, now=timezone.now()))


@router.post("/access/accounts/{int:account_id}/badge", response=AccountOut)
def badge(request: Request, account_id: int, given: BadgeIn) -> dict[str, Any]:
    """Tie a badge to an account or untie it; its owner is told and confirms it. Not by a key."""
    holder_of(request, permits.ENROL)
    found = get_account(request.actor, account_id)
    number = BadgeForm(given.dict()).accepted()["badge"]
    set_badge(found, number, actor=request.actor, now=timezone.now())
    return account_out(found)


def _managed(request: Request, account_id: int) -> Account:
    herself(request)
    return get_account(request.actor, account_id)


def _with_link(request: Request, account_id: int, link: Issued | None) -> dict[str, Any]:
    account = get_account(request.actor, account_id)
    return {**account_out(account), "link": link and link_out(request, link)}
