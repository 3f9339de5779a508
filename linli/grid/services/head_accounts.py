"""What hangs on the account of a head: her name goes when it is erased, and follows her new number."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.grid.models import Headship, HeadVault
from linli.grid.services.heads import VAULT
from linli.grid.services.words import lapse_words
from linli.grid.states import HEAD, HeadState
from linli.kernel import scope
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record

ENDS = {HeadState.STANDS: "withdraw", HeadState.SERVING: "end"}


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
    was_serving = head.state == HeadState.SERVING
    move = ENDS.get(HeadState(head.state))
    if move is not None:
        head.state = HEAD.after(head.state, move)
    if was_serving:
        head.ended_on = localdate(now)
    head.public_name, head.handed_over, head.account_id = "", "", None
    head.edition += 1
    head.save(
        update_fields=["state", "ended_on", "public_name", "handed_over", "account_id", "edition"]
    )
    with scope.acting(VAULT):
        HeadVault.objects.filter(head=head).delete()
    if was_serving:
        lapse_words(head, actor=actor, now=now)
    if move is not None:
        verb = "grid.head_ended" if was_serving else "grid.head_withdrew"
        record(verb, on=head, actor=actor, now=now, place=head.path, kind=head.kind)


@open_to_all("the job that follows a new number alone calls it")
@transaction.atomic
def take_over_account(gone_id: int, kept_id: int, *, actor: Actor, now: datetime) -> int:
    """Bring what a head has by one account to another one of hers; return how often.

    A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    return Headship.objects.filter(account_id=gone_id).update(account_id=kept_id)
