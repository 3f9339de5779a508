"""Whoever holds the telephone of an entry in a draw takes it over: her code was lost, or a stranger entered her."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.access.services import codes
from linli.kernel.errors import Invalid
from linli.kernel.ids import public_code
from linli.kernel.permits import NOBODY, Actor, open_to_all
from linli.offerings.clients.contacts import APPOINTMENTS, ENTRIES, as_kept, contact_of, mark_of
from linli.offerings.models import Appointment, DrawEntry, DrawRound
from linli.trail.services import record

HERS = "whoever reads what is sent to a number holds it"
CODE_SIGNS, VISIT_SIGNS = 10, 8


@open_to_all(HERS)
def send_code(phone: str, *, address: str, language: str, actor: Actor, now: datetime) -> None:
    """Send a one-time code to a number, whether it entered a draw or not: nobody learns who did. Refuses with TooMany."""
    codes.send_code(phone, address=address, language=language, actor=actor, now=now)


@open_to_all(HERS)
def take_over(
    one: DrawRound, phone: str, typed: str, *, address: str, actor: Actor, now: datetime
) -> DrawEntry:
    """Give an entry to whoever holds its number, under a new code; the old one opens nothing any more.

    A wrong try is counted: not inside a transaction. Refuses with TooMany, Invalid.
    """
    if not codes.proves_number(phone, typed, address=address, actor=actor, now=now):
        raise Invalid({"code": [_("The code does not fit or has run out. Ask for a new one.")]})
    entry = _taken_over(one, phone, now)
    if entry is None:
        raise Invalid({"phone": [_("No entry of this draw has this number.")]})
    return entry


@transaction.atomic
def _taken_over(one: DrawRound, phone: str, now: datetime) -> DrawEntry | None:
    rows = DrawEntry.objects.select_for_update(of=("self",)).select_related("round", "visit")
    found = rows.filter(round=one, contact_mark=mark_of(phone), withdrawn_at__isnull=True)
    entry = found.first()
    if entry is None:
        return None
    contact, entry.code = contact_of(entry, ENTRIES), public_code(CODE_SIGNS)
    _keep(entry, as_kept(contact, entry.code, ENTRIES))
    if entry.visit is not None:
        # the date that was drawn hangs on a code of its own, which the old one showed
        visit = entry.visit
        reached, visit.code = contact_of(visit), public_code(VISIT_SIGNS)
        _keep(visit, as_kept(reached, visit.code, APPOINTMENTS))
    record("offerings.entry_claimed", on=entry, actor=NOBODY, now=now, place=one.path)
    return entry


def _keep(row: DrawEntry | Appointment, columns: dict[str, object]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=["code", *columns])
