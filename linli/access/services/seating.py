"""Which account whoever holds a post signs in with: by it the rights of the post reach her."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.access.clients.messages import tell
from linli.access.models import Account
from linli.access.states import AccountState
from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.notify.types import Link
from linli.orgs import permits
from linli.orgs import services as orgs

POSTS = Link("access:posts")


@transaction.atomic
def tie_holder(holding: Any, account: Account, *, actor: Actor, now: datetime) -> Any:
    """Let an account stand for the holder of a post; return the holding.

    Refuses with NotAllowed, Invalid, NotForYourself, DutiesClash, HoldingOver.
    """
    post = holding.post
    require(actor, permits.appointer_of(post.organisation.level), at=holding.path)
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not account.is_staff_member or account.state == AccountState.DISABLED:
        raise Invalid({"account": [_("Choose the account of somebody who works here.")]})
    tied = orgs.link_account(holding, account.pk, actor=actor, now=now)
    if tied.edition == holding.edition:
        return tied
    values = {"post": post.title}
    tell("access.post_tied", account, values, link=POSTS, actor=actor, now=now)
    former = Account.objects.filter(pk=holding.account_id or 0).first()
    if former is not None:
        tell("access.post_untied", former, values, link=POSTS, actor=actor, now=now)
    return tied
