"""What becomes of the posts and neighbours that were named for a cell, once it is no more."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest
from django.utils.timezone import localdate

from linli.grid.models import CellContact, CellDuty
from linli.grid.services.contacts import end_contact
from linli.grid.services.duties import end_duty
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.places import queries as places


@open_to_all("the job that follows the end of a cell or a layer alone calls it")
def follow(layer_id: int, code: str, *, actor: Actor, now: datetime) -> int:
    """Let contact persons of cells that ended go, and relieve their posts; return how many.

    Each by itself: a layer may have thousands, and begun again the job goes on. What was drawn anew
    meanwhile keeps its own. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    today: date = localdate(now)
    drawn = places.cells_drawn(layer_id).filter(code=OuterRef("cell_code"))
    over = ~Exists(drawn) & Q(layer_id=layer_id) & (Q(cell_code=code) if code else Q())
    contacts = list(CellContact.objects.filter(over, until__isnull=True).order_by("pk"))
    for contact in contacts:
        end_contact(contact, actor=actor, now=now)
    still = Q(until__isnull=True) | Q(until__gt=Greatest(F("since"), today))
    duties = list(CellDuty.objects.filter(over & still).order_by("pk"))
    for duty in duties:
        end_duty(duty, on=max(today, duty.since), actor=actor, now=now)
    return len(contacts) + len(duties)
