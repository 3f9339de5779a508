"""What access forgets when the law asks it to: the account of a resident who was erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from linli.access.clients.leftovers import forget_begun
from linli.access.clients.messages import forget_owner
from linli.access.events import AccountErased
from linli.access.models import Account, DataRequest, KeptForm
from linli.access.queries.requests import account_to_erase
from linli.access.services.accounts import end_all
from linli.access.states import ACCOUNT, OPEN_REQUESTS, AccountState
from linli.access.types import ERASED
from linli.kernel import sql
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.events import publish
from linli.kernel.permits import VAULT, Actor, open_to_all, require, system_actor
from linli.kernel.sealing import erasures
from linli.people.permits import ERASE
from linli.trail.services import record

# the service may draw numbers but not set them
USE_UP = """
SELECT max(nextval('access_account_id_seq')) FROM generate_series(1, (
    SELECT greatest(0, %s - last_value) FROM access_account_id_seq))
"""
FORGETTER = system_actor("access.forget_person")
BLANK: dict[str, Any] = {
    "display_name": "", "phone_sealed": None, "phone_index": None, "phone_index_next": None,
    "phone_masked": "", "disabled_reason": ERASED, "known_agents": [],
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
    found = list(hers.exclude(disabled_reason=ERASED).order_by("pk"))
    for account in found:
        _forget(account, account.path, actor, now)
    return len(found)


@transaction.atomic
def erase_account(request: DataRequest, *, actor: Actor, now: datetime) -> Account:
    """Erase the account of somebody of no entry in the register who asks for her data to be deleted.

    What hangs on it goes with it in every app. Refuses with NotAllowed, WrongState, Invalid. Basis:
    PIPL art. 47.
    """
    request = DataRequest.objects.select_for_update().get(pk=request.pk)
    require(actor, ERASE, at=request.path, level=VAULT)
    if request.state not in OPEN_REQUESTS:
        raise WrongState(move="erase", state=request.state)
    found = account_to_erase(request)
    if found is None:
        raise Invalid({"outcome": [_("Nothing hangs on this account, or it belongs to a person.")]})
    account = Account.objects.select_for_update().get(pk=found.pk)
    _forget(account, request.path, actor, now)
    return account


@open_to_all("called by a restore alone")
@transaction.atomic
def erase_again(erased: list[int], *, actor: Actor, now: datetime) -> int:
    """Erase in a restored backup the accounts that were erased since; return how many.

    Numbers up to the last erased one are used up, so that no newcomer is taken for one of them.
    """
    assert actor.is_system, "a restore is the system"
    back = Account.objects.select_for_update().filter(pk__in=erased, kind="resident")
    found = list(back.exclude(disabled_reason=ERASED).order_by("pk"))
    for account in found:
        _forget(account, account.path, actor, now)
    if erased:
        sql.execute("access.use_up", USE_UP, [max(erased)])
    return len(found)


def _forget(account: Account, path: str, actor: Actor, now: datetime) -> None:
    """Close an account and let it forget; the apps above hear of it and forget too."""
    if account.state != AccountState.DISABLED:
        account.state = ACCOUNT.after(account.state, "disable")
    for field, value in BLANK.items():
        setattr(account, field, value)
    account.disabled_at = now
    account.save(update_fields=[*BLANK, "state", "disabled_at"])
    end_all(account, actor=actor, now=now)
    KeptForm.objects.filter(account=account).delete()
    forget_owner(account.pk, actor=FORGETTER, now=now)
    forget_begun(account.pk, actor=FORGETTER, now=now)
    record("access.forgotten", on=account, actor=actor, now=now, place=path)
    publish(AccountErased(account.pk, account.person_id))
    transaction.on_commit(lambda: erasures.note_accounts(settings.LINLI_HOME, [(account.pk, now)]))
