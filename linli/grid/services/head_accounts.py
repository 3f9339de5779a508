"""What hangs on the account or the entry of somebody named to neighbours: her name goes when it is erased."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.grid.models import CellContact, Headship, HeadVault
from linli.grid.services.contacts import end_contact
from linli.grid.services.heads import VAULT, close_headship
from linli.grid.states import LIVE
from linli.kernel import scope
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.people.queries import entries_of


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


@open_to_all("the job that follows an erasure alone calls it")
@transaction.atomic
def forget_person(person_id: int, *, actor: Actor, now: datetime) -> int:
    """Forget the name of whose entry was erased wherever the office named her; return how often.

    A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    hers = entries_of(person_id)
    heads = list(Headship.objects.select_for_update().filter(person_id__in=hers).order_by("pk"))
    for head in heads:
        _forget(head, actor, now)
    contacts = list(CellContact.objects.filter(person_id__in=hers).order_by("pk"))
    for contact in contacts:
        end_contact(contact, actor=actor, now=now)
    return len(heads) + len(contacts)


def _forget(head: Headship, actor: Actor, now: datetime) -> None:
    if head.state in LIVE:
        close_headship(head, localdate(now), actor=actor, now=now)
    with scope.acting(VAULT):
        HeadVault.objects.filter(head=head).delete()
    head.public_name, head.handed_over = "", ""
    head.account_id = head.person_id = None
    head.edition += 1
    head.save(update_fields=["public_name", "handed_over", "account_id", "person_id", "edition"])
