"""Whether somebody else may do a thing at a place, and which posts may: for rules of two people."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from linli.access.models import Account, GivenRight
from linli.access.queries.posts import accounts_holding
from linli.access.queries.rights import live, posts_that_may
from linli.access.states import AccountState
from linli.access.templates_of_rights import TEMPLATES, permits_of
from linli.kernel.paths import chain_of_path
from linli.kernel.permits import Permit
from linli.kernel.registries import POST_NAMES


def others_may(permit: Permit, path: str, account_id: int, *, now: datetime) -> bool:
    """Say whether an account in use other than this one holds a permit given at a place, by post or itself, today."""
    templates = [key for key in TEMPLATES if permit.name in permits_of(key)]
    own = GivenRight.objects.filter(
        live(now), Q(template__in=templates) | Q(permit=permit.name),
        account__state=AccountState.ACTIVE, path=path,
    )  # fmt: skip
    if own.exclude(account_id=account_id).exists():
        return True
    on = localdate(now)
    holding = {
        account
        for post in posts_that_may(permit, [path], now=now)[path]
        for account in accounts_holding(post, "", path, on=on, begun=True)
    } - {account_id}
    return Account.objects.filter(pk__in=holding, state=AccountState.ACTIVE).exists()


def posts_in_reach(permit: Permit, path: str, *, now: datetime) -> dict[int, str]:
    """Return the posts at a place or above that hold a permit there, with body and title, nearest first."""
    around = chain_of_path(path)[::-1]
    found = posts_that_may(permit, around, now=now)
    ids = [post for at in around for post in found[at]]
    names = POST_NAMES.call(ids) if ids else {}
    return {post: str(names[post]) for post in ids if post in names}
