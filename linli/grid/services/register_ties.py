"""Heads and contact persons are tied to their entry in the register, where it is known."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.grid import permits
from linli.grid.models import Headship
from linli.grid.queries.entries_of_people import entry_of
from linli.grid.states import LIVE
from linli.kernel.errors import Stale, WrongState
from linli.kernel.permits import Actor, require
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
