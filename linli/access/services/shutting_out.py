"""Whose account is closed does no work of a post: it falls to others until somebody takes the post."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.access.models import Account
from linli.access.queries.seats import is_shut_out
from linli.access.states import AccountKind
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.orgs import queries as orgs
from linli.orgs import services as register
from linli.people.queries import entries_of, ids_of_one


@open_to_all("called by services that close, open or tie an account and have required their permit")
def follow_posts(account: Account, *, actor: Actor, now: datetime) -> None:
    """Let the posts of an account go on as its state says; one that is invited counts as open."""
    if account.kind != AccountKind.STAFF:
        return
    _follow(account.pk, entries_of(account.person_id), actor, now)


def _follow(account_id: int, entries: Sequence[int], actor: Actor, now: datetime) -> None:
    held = orgs.holdings_going_on(account_id, entries, localdate(now))
    shut_out = {one.pk for one in held if is_shut_out(one.account_id, one.person_id)}
    working = {one.pk for one in held} - shut_out
    register.note_shut_out(shut_out, working, actor=actor, now=now)


@open_to_all("the job that follows a joining or parting alone calls it")
@transaction.atomic
def follow_entries(person_ids: Collection[int], *, actor: Actor, now: datetime) -> None:
    """Say anew which holders are shut out, by some entries and by their accounts. Refuses with NotAllowed.

    An entry may hold a post and have no account: as long as two are one, it has the other's.
    """
    if not actor.is_system:
        raise NotAllowed()
    entries = {entry for person in person_ids for entry in ids_of_one(person)}
    _follow(0, sorted(entries), actor, now)
    for account in Account.objects.filter(person_id__in=entries).order_by("pk"):
        follow_posts(account, actor=actor, now=now)
