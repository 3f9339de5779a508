"""Who may approve what takes a second person: the names that whoever asks turns to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from linli.access import permits
from linli.access.models import Account
from linli.access.queries.actors import account_actor
from linli.access.queries.duties import approvers_at
from linli.access.states import AccountKind, AccountState
from linli.kernel.paths import nearest_first

MOST_NAMED = 5


def approvers_of(account: Account, *, but: int, now: datetime) -> list[str]:
    """Return the names of up to five others who may approve an act with an account, nearest first."""
    return [one.display_name for one in islice(_others(account, but, now), MOST_NAMED)]


def has_approver(account: Account, *, but: int, now: datetime) -> bool:
    """Say whether anybody else may approve an act with an account now."""
    return next(_others(account, but, now), None) is not None


def _others(account: Account, but: int, now: datetime) -> Iterator[Account]:
    found = Account.objects.filter(
        pk__in=approvers_at(account.path, now=now),
        kind=AccountKind.STAFF,
        state=AccountState.ACTIVE,
    )
    near = nearest_first(account.path)
    for one in sorted(found.exclude(pk__in=[account.pk, but]), key=lambda one: _far(one, near)):
        if account_actor(one.pk, now=now).may(permits.APPROVE_RESET, at=account.path):
            yield one


def _far(one: Account, near: list[str]) -> tuple[int, int]:
    """Return how far off somebody is: whoever has her account elsewhere comes last."""
    return (near.index(one.path) if one.path in near else len(near), one.pk)
