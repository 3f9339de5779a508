"""What the page of an account says where one person alone may not do everything with it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from linli.access.forms import AskForm, with_choices
from linli.access.queries.approvers import approvers_of
from linli.access.queries.duties import special_rights, takes_two
from linli.access.queries.resets import approved_for, asked_for
from linli.access.states import ACT_STATE_WORDS, ACT_WORDS, AccountState, Act
from linli.access.types import AnyAccount
from linli.kernel.permits import Actor


def second_person(actor: Actor, account: AnyAccount) -> dict[str, object]:
    """Return who was asked about an account and what the actor may do now; nothing for most."""
    now = timezone.now()
    if not takes_two(account.pk, now=now):
        return {"by_two": False, "approved": [], "asked": [], "ask": None}
    found = approved_for(actor, now=now).filter(account_id=account.pk)
    approved = list(found.values_list("what", flat=True))
    duties = special_rights(account.pk, actor, now=now)
    return {
        "by_two": True,
        "approved": approved,
        "duties": duties if Act.RIGHT in approved else [],
        "asked": [one for one in asked_for(account.pk, now=now) if one.what != Act.RESET],
        "ask": with_choices(
            AskForm(auto_id="ask_%s"), what=_acts(account, with_right=bool(duties))
        ),
        "acts": ACT_WORDS,
        "said": ACT_STATE_WORDS,
        "approvers": approvers_of(account, but=actor.account_id or 0, now=now),
    }


def acts_of(actor: Actor, account: AnyAccount) -> list[tuple[Any, Any]]:
    """Return what the actor may ask about an account now."""
    duties = special_rights(account.pk, actor, now=timezone.now())
    return _acts(account, with_right=bool(duties))


def _acts(account: AnyAccount, *, with_right: bool) -> list[tuple[Any, Any]]:
    acts = [Act.NUMBER]
    if with_right:
        acts.append(Act.RIGHT)
    if account.state != AccountState.DISABLED:
        acts.append(Act.CLOSE)
    if not account.was_used:
        acts.append(Act.LINK)
    return [(act.value, ACT_WORDS[act]) for act in acts]
