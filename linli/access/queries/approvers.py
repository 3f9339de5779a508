"""Who may approve what takes a second person: the names that whoever asks turns to."""

from __future__ import annotations

from datetime import datetime

from linli.access import permits
from linli.access.models import Account
from linli.access.queries.actors import account_actor
from linli.access.queries.duties import approvers_at
from linli.access.states import AccountKind
from linli.kernel.paths import chain_of_path

MOST_NAMED = 5
MOST_ASKED = 20


def approvers_of(account: Account, *, but: int, now: datetime) -> list[str]:
    """Return the names of up to five others who may approve an act with an account, nearest first."""
    found = Account.objects.filter(
        pk__in=approvers_at(account.path, now=now),
        kind=AccountKind.STAFF,
        path__in=chain_of_path(account.path),
    )
    others = found.exclude(pk__in=[account.pk, but]).order_by("-path", "pk")[:MOST_ASKED]
    may = (
        one.display_name
        for one in others
        if account_actor(one.pk, now=now).may(permits.APPROVE_RESET, at=account.path)
    )
    return [name for name, _ in zip(may, range(MOST_NAMED), strict=False)]
