"""What becomes of a head or contact person who died or moved away; `head_accounts` has who was erased."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from linli.access.queries.hearing import nearest_that_hear
from linli.access.queries.persons import accounts_of_person
from linli.grid import permits
from linli.grid.models import CellContact, Headship
from linli.grid.services.contacts import end_contact
from linli.grid.services.heads import close_headship
from linli.grid.states import LIVE
from linli.kernel.errors import NotAllowed
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.people.queries import entries_of

MOVED, CONTACT_MOVED = "grid.head_moved", "grid.contact_moved"
BY_JOB = "the job that follows what happened to a person alone calls it"


@open_to_all(BY_JOB)
@transaction.atomic
def end_of_dead(person_id: int, on: date, *, actor: Actor, now: datetime) -> int:
    """End the terms of somebody who died, and let her go as a contact person; return of how many.

    What was handed over is noted later. Refuses with NotAllowed.
    """
    found = [head for head in _of(person_id, actor) if head.state in LIVE]
    for head in found:
        last = on if head.since is None else max(on, head.since)
        close_headship(head, min(last, localdate(now)), actor=actor, now=now)
    contacts = _contacts(person_id)
    for contact in contacts:
        end_contact(contact, actor=actor, now=now)
    return len(found) + len(contacts)


@open_to_all(BY_JOB)
@transaction.atomic
def tell_of_moved(person_id: int, path: str, *, actor: Actor, now: datetime) -> int:
    """Tell whoever keeps heads and contact persons that one of them moved away.

    An entry may be wrong, so nothing ends by itself. Returns how many it is about. Refuses with NotAllowed.
    """
    found = [
        head for head in _of(person_id, actor) if head.state in LIVE and path.startswith(head.path)
    ]
    for head in found:
        near = nearest_that_hear(permits.HEADS, head.path, now=now)
        told = [(To(post_id=post, is_staff=True), {"ground": head.ground}) for post in near]
        about = About(head.path, Link("grid:heads_kept", (code_of(head.path),)))
        notify.send_many(MOVED, told, actor=actor, now=now, about=about)
    contacts = [one for one in _contacts(person_id) if path.startswith(one.path)]
    for contact in contacts:
        near = nearest_that_hear(permits.CONTACTS, contact.path, now=now)
        told = [(To(post_id=post, is_staff=True), {"cell": contact.cell_code}) for post in near]
        cell = (code_of(contact.path), contact.layer.key, contact.cell_code)
        about = About(contact.path, Link("grid:cell", cell))
        notify.send_many(CONTACT_MOVED, told, actor=actor, now=now, about=about)
    return len(found) + len(contacts)


def _contacts(person_id: int) -> list[CellContact]:
    """The cells for which somebody is named as one that households may turn to."""
    found = CellContact.objects.filter(person_id__in=entries_of(person_id), until__isnull=True)
    return list(found.select_related("layer").order_by("pk"))


def _of(person_id: int, actor: Actor) -> list[Headship]:
    """Hold what somebody stands or stood for. Refuses with NotAllowed."""
    if not actor.is_system:
        raise NotAllowed()
    by_account = Q(account_id__in=accounts_of_person(person_id))
    own = Headship.objects.filter(by_account | Q(person_id__in=entries_of(person_id)))
    return list(own.select_for_update().order_by("pk"))
