"""What access forgets when the law asks it to: the account of a resident who was erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from linli.access.clients.messages import forget_owner
from linli.access.models import Account
from linli.access.services.accounts import end_all
from linli.access.states import ACCOUNT, AccountState
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record

BLANK: dict[str, Any] = {
    "display_name": "", "phone_sealed": None, "phone_index": None, "phone_index_next": None,
    "phone_masked": "", "disabled_reason": "erased", "known_agents": [],
}  # fmt: skip


@open_to_all("the job that follows an erasure alone calls it")
@transaction.atomic
def forget_person(person_id: int, *, actor: Actor, now: datetime) -> int:
    """Close the resident's account of an erased person, take name and telephone out of it.

    Returns how many were closed. A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    hers = Account.objects.select_for_update().filter(person_id=person_id, kind="resident")
    closed = 0
    for account in hers.exclude(disabled_reason="erased"):
        if account.state != AccountState.DISABLED:
            account.state = ACCOUNT.after(account.state, "disable")
        for field, value in BLANK.items():
            setattr(account, field, value)
        account.disabled_at = now
        account.save(update_fields=[*BLANK, "state", "disabled_at"])
        end_all(account, actor=actor, now=now)
        forget_owner(account.pk, actor=actor, now=now)
        record("access.forgotten", on=account, actor=actor, now=now, place=account.path)
        closed += 1
    return closed
