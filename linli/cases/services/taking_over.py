"""Reports follow whoever has a new number to the account that goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.cases.models import Reporter
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all


@open_to_all("the job that follows a new number alone calls it")
@transaction.atomic
def take_over_account(gone_id: int, kept_id: int, *, actor: Actor, now: datetime) -> int:
    """Bring what was reported by an account to another one of the same person; return how many.

    A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    return Reporter.objects.filter(account_id=gone_id).update(account_id=kept_id)
