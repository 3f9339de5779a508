"""A death closes the account of whoever died; one that was entered by mistake opens it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from linli.access.models import Account
from linli.access.services.accounts import close
from linli.access.states import ACCOUNT, AccountKind, AccountState
from linli.access.types import BY_DEATH
from linli.kernel.errors import NotAllowed
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all
from linli.people.queries.persons import current_id, ids_of_one, is_dead
from linli.trail.services import record


@open_to_all("the job that follows a death alone calls it")
@transaction.atomic
def close_of_dead(person_id: int, *, actor: Actor, now: datetime) -> int:
    """Close the resident's account of somebody who died, and return how many; her sessions end at once.

    Staff accounts stay with whoever looks after them: an entry in the register locks no office out.
    The number stays sealed for a while, since the death may be taken back. Mandates of hers hold no
    more by themselves (Civil Code art. 173). A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    if not is_dead(person_id):
        return 0
    found = list(_hers(person_id).exclude(state=AccountState.DISABLED).order_by("pk"))
    for account in found:
        close(account, BY_DEATH, actor=actor, now=now)
        record("access.closed_by_death", on=account, actor=actor, now=now, place=account.path,
               person_id=person_id)  # fmt: skip
    return len(found)


@open_to_all("the job that follows a death that was taken back alone calls it")
@transaction.atomic
def open_of_living(person_id: int, *, actor: Actor, now: datetime) -> int:
    """Open the account again that a death entered by mistake had closed; return how many.

    A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    hold("access.person", current_id(person_id))
    # whoever was tied to another account meanwhile goes on with that one
    if is_dead(person_id) or _hers(person_id).exclude(state=AccountState.DISABLED).exists():
        return 0
    closed = _hers(person_id).filter(state=AccountState.DISABLED, disabled_reason=BY_DEATH)
    # one person has one account: of several from before that was so it is the one used last
    account = closed.order_by(F("last_year").desc(nulls_last=True), "-created_at", "-pk").first()
    if account is None:
        return 0
    account.state = ACCOUNT.after(ACCOUNT.after(account.state, "enable"), "activate")
    account.disabled_at, account.disabled_reason = None, ""
    account.save(update_fields=["state", "disabled_at", "disabled_reason"])
    record("access.opened_again", on=account, actor=actor, now=now, place=account.path,
           person_id=person_id)  # fmt: skip
    return 1


def _hers(person_id: int) -> QuerySet[Account]:
    hers = Account.objects.select_for_update().filter(person_id__in=ids_of_one(person_id))
    return hers.filter(kind=AccountKind.RESIDENT)
