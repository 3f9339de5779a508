"""What hangs on the account of a head: her name goes when it is erased."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.grid.models import Headship, HeadVault
from linli.grid.services.heads import VAULT, close_headship
from linli.grid.states import LIVE
from linli.kernel import scope
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all


@open_to_all("the job that follows an erasure alone calls it")
@transaction.atomic
def forget_account(account_id: int, *, actor: Actor, now: datetime) -> int:
    """Forget the name of whose account was erased wherever she stood or served; return how often.

    She serves no more: whoever is erased is called by no neighbour. A second run changes nothing.
    Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    hers = Headship.objects.select_for_update().filter(account_id=account_id)
    found = list(hers.order_by("pk"))
    for head in found:
        _forget(head, actor, now)
    return len(found)


def _forget(head: Headship, actor: Actor, now: datetime) -> None:
    if head.state in LIVE:
        close_headship(head, localdate(now), actor=actor, now=now)
    with scope.acting(VAULT):
        HeadVault.objects.filter(head=head).delete()
    head.public_name, head.handed_over, head.account_id = "", "", None
    head.edition += 1
    head.save(update_fields=["public_name", "handed_over", "account_id", "edition"])
