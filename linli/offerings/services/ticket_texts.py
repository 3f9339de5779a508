"""A ticket told by message where the printer does not print; the number is used once and not kept here."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings.errors import TextedBefore
from linli.offerings.models import Ticket
from linli.offerings.queries.tickets import ticket_called
from linli.trail.services import record

TEXTED = "offerings.ticket_texted"


@open_to_all("whoever has the code of a ticket drew it; it is told once")
@transaction.atomic
def text_ticket(code: str, phone: str, *, actor: Actor, now: datetime) -> Ticket:
    """Send number and code of a ticket to a telephone, once. Refuses with NotFound, TextedBefore."""
    row = Ticket.objects.select_for_update().get(pk=ticket_called(code).pk)
    if row.texted_at is not None:
        raise TextedBefore()
    row.texted_at = now
    row.save(update_fields=["texted_at"])
    about = About(row.path, Link("offerings:ticket", (row.code,)))
    notify.send(TEXTED, To(phone=phone, language=row.language), {"ticket": row.name, "code": row.code},
                actor=actor, now=now, urgent=True, about=about)  # fmt: skip
    record(TEXTED, on=row, actor=actor, now=now, place=row.path)
    return row
