"""Heads and contact persons are tied to their entry in the register, where it is known."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.grid import permits
from linli.grid.models import CellContact, Headship
from linli.grid.queries.entries_of_people import entry_of
from linli.grid.rules.endings import refuse_over
from linli.grid.states import LIVE
from linli.kernel.errors import Stale, WrongState
from linli.kernel.permits import PERSONAL, Actor, require
from linli.trail.services import record


@transaction.atomic
def tie_head(
    head: Headship, person_id: int | None, *, edition: int, actor: Actor, now: datetime
) -> Headship:
    """Say which entry of the register a head is, or none: what becomes of the entry then reaches her.

    Refuses with NotAllowed, Stale, WrongState, Invalid.
    """
    head = Headship.objects.select_for_update().get(pk=head.pk)
    require(actor, permits.HEADS, at=head.path)
    if head.edition != edition:
        raise Stale()
    if head.state not in LIVE:
        raise WrongState()
    head.person_id, head.edition = entry_of(person_id, actor), head.edition + 1
    head.save(update_fields=["person_id", "edition"])
    record("grid.head_tied", on=head, actor=actor, now=now, place=head.path)
    return head


@transaction.atomic
def tie_contact(
    contact: CellContact, person_id: int | None, *, edition: int, actor: Actor, now: datetime
) -> CellContact:
    """Say which entry of the register a contact person is, or none. Refuses as `tie_head`, and with Over."""
    require(actor, permits.CONTACTS, at=contact.path)
    row = CellContact.objects.select_for_update().get(pk=contact.pk)
    refuse_over(row, edition=edition, ends="until")
    row.person_id, row.edition = entry_of(person_id, actor), row.edition + 1
    row.save(update_fields=["person_id", "edition"])
    record(
        "grid.contact_tied", on=row, actor=actor, now=now, place=row.path, level=PERSONAL,
        cell=row.cell_code,
    )  # fmt: skip
    return row
