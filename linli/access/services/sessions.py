"""Sessions that somebody ends from her list, and with what she enters."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.access import rules
from linli.access.models import Account, SignIn
from linli.access.queries.sessions import agents_before, own_sessions
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record


@open_to_all("entering calls it for whoever enters")
@transaction.atomic
def note_agent(account_id: int, agent: str, *, actor: Actor, now: datetime) -> bool:
    """Remember with what somebody enters; say whether she entered before, but never with such a one.

    Sessions are forgotten after a day: what is known is kept with the account, so many and no more.
    """
    account = Account.objects.select_for_update().only("known_agents", "kind").get(pk=account_id)
    known = account.known_agents or agents_before(account_id)
    text = rules.agent_text(agent)
    account.known_agents = [*(one for one in known if one != text), text][-rules.AGENTS_KNOWN :]
    if not account.is_staff_member:
        account.last_year = localdate(now).year
    account.save(update_fields=["known_agents", "last_year"])
    return bool(known) and text not in known


@open_to_all("everybody ends their own sessions")
@transaction.atomic
def end_session(session_id: int, *, actor: Actor, now: datetime) -> None:
    """End one of the actor's own sessions. Refuses with NotFound."""
    ended = (
        own_sessions(actor, now=now).filter(pk=session_id).order_by().update(ended_at=now, data={})
    )
    if not ended:
        raise NotFound(session=session_id)
    record("access.session_ended", on=("access.signin", session_id), actor=actor, now=now)


@open_to_all("everybody ends their own sessions")
@transaction.atomic
def end_others(keep: int | None, *, actor: Actor, now: datetime) -> int:
    """End all of the actor's sessions but the one at hand, and return how many."""
    mine = SignIn.objects.filter(account_id=actor.account_id or 0, ended_at__isnull=True)
    ended = mine.exclude(pk=keep or 0).update(ended_at=now, data={})
    record(
        "access.sessions_ended",
        on=("access.account", actor.account_id),
        actor=actor,
        now=now,
        count=ended,
    )
    return ended
