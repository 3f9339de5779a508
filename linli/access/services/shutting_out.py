"""Whose account is closed does no work of a post: it falls to others until somebody takes the post."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from linli.access.models import Account
from linli.access.states import AccountKind, AccountState
from linli.kernel.permits import Actor, open_to_all
from linli.orgs import queries as orgs
from linli.orgs import services as register
from linli.people.queries import entries_of


@open_to_all("called by services that close, open or tie an account and have required their permit")
def follow_posts(account: Account, *, actor: Actor, now: datetime) -> None:
    """Let the posts of an account go on as its state says; one that is invited counts as there soon."""
    if account.kind != AccountKind.STAFF:
        return
    held = orgs.holdings_going_on(account.pk, entries_of(account.person_id), localdate(now))
    shut_out = {one.pk for one in held if not _opens(one)}
    working = {one.pk for one in held} - shut_out
    register.note_shut_out(shut_out, working, actor=actor, now=now)


def _opens(holding: Any) -> bool:
    """Say whether any account that stands for a holder is not closed; one without any is on paper alone."""
    hers = Account.objects.filter(
        kind=AccountKind.STAFF, person_id__in=entries_of(holding.person_id)
    )
    own = Account.objects.filter(pk=holding.account_id or 0)
    states = {*hers.values_list("state", flat=True), *own.values_list("state", flat=True)}
    return not states or bool(states - {AccountState.DISABLED})
