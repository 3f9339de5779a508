"""Reads on resets that wait for approval."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from linli.access import permits
from linli.access.models import Account, ResetRequest
from linli.access.queries.duties import takes_two
from linli.access.queries.rights import below
from linli.access.states import OPEN_RESETS, Act, ResetState
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor

OLDEST = Keyset("asked", ("asked_at", "pk"))


def open_resets(actor: Actor) -> QuerySet[ResetRequest]:
    """Return open resets at places where the actor approves, but for her own account."""
    return (
        ResetRequest.objects.filter(below(actor, permits.APPROVE_RESET), state__in=OPEN_RESETS)
        .exclude(account_id=actor.account_id or 0)
        .select_related("account", "first_by", "second_by", "asked_by")
        .order_by("asked_at", "pk")
    )


def waiting_for(actor: Actor) -> QuerySet[ResetRequest]:
    """Return those of them that she may approve now: not asked, and not approved by her before."""
    found = open_resets(actor).exclude(state=ResetState.APPROVED)
    own = actor.account_id or 0
    return found.exclude(asked_by_id=own).exclude(first_by_id=own)


def approved_for(actor: Actor, *, now: datetime) -> QuerySet[ResetRequest]:
    """Return what the actor asked for and may do now, since somebody else approved it."""
    mine = ResetRequest.objects.filter(asked_by_id=actor.account_id or 0, ends_at__gt=now)
    return (
        mine.filter(state=ResetState.APPROVED)
        .exclude(what=Act.RESET)
        .select_related("account")
        .order_by("asked_at", "pk")
    )


def may_do(actor: Actor, account: Account, what: Act, *, now: datetime) -> bool:
    """Say whether the actor needs nobody else for an act, or somebody approved it."""
    if not takes_two(account.pk, now=now):
        return True
    return approved_for(actor, now=now).filter(account=account, what=what).exists()


def asked_for(account_id: int, *, now: datetime) -> list[ResetRequest]:
    """Return what two people were asked about an account and is open."""
    found = ResetRequest.objects.filter(
        account_id=account_id, state__in=OPEN_RESETS, ends_at__gt=now
    )
    return list(found.select_related("asked_by", "second_by").order_by("asked_at", "pk"))


def get_reset(actor: Actor, reset_id: int) -> ResetRequest:
    """Return one open reset. Refuses with NotFound."""
    found = open_resets(actor).filter(pk=reset_id).first()
    if found is None:
        raise NotFound(reset=reset_id)
    return found
