"""Contact persons of households: named with their consent, shown with a reason, let go."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.grid import permits
from linli.grid.clients import envelopes
from linli.grid.clients.envelopes import CONTACTS
from linli.grid.errors import WhyMissing
from linli.grid.models import CellContact, ContactVault
from linli.grid.queries.cells import find_layer, is_cell_of
from linli.grid.queries.entries_of_people import entry_of
from linli.grid.rules.endings import refuse_over
from linli.grid.types import CellKey, ContactFacts
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import PERSONAL, Actor, require
from linli.kernel.texts import clean_text
from linli.places import services as register
from linli.trail.services import record, record_read
from linli.ui.masks import mask_name, mask_phone

if TYPE_CHECKING:
    from linli.places.models import Place

SHORTEST_WHY, MOST_WHY = 2, 200


@transaction.atomic
def name_contact(
    place: Place, cell: CellKey, facts: ContactFacts, *, actor: Actor, now: datetime
) -> CellContact:
    """Enter somebody who agreed to be named. Refuses with NotAllowed, Invalid."""
    require(actor, permits.CONTACTS, at=place.path)
    register.refuse_ended(place)
    if not is_cell_of(place, cell):
        raise Invalid({"cell": [_("No cell of today has this code here.")]})
    if facts.consent_on > localdate(now):
        raise Invalid({"consent_on": [_("The consent comes first: give a day up to today.")]})
    contact = CellContact.objects.create(
        path=place.path, layer=find_layer(cell.layer), cell_code=cell.code,
        masked_name=mask_name(facts.name), masked_phone=mask_phone(facts.phone),
        covers=clean_text(facts.covers), consent=facts.consent,
        consent_on=facts.consent_on, since=localdate(now),
        person_id=entry_of(facts.person_id, actor),
    )  # fmt: skip
    with scope.acting(actor):
        ContactVault.objects.create(
            contact=contact,
            name=envelopes.sealed(facts.name, CONTACTS, "name", contact.pk),
            phone=envelopes.sealed(facts.phone, CONTACTS, "phone", contact.pk),
        )
    _record("grid.contact_named", contact, actor, now)
    return contact


@transaction.atomic
def end_contact(contact: CellContact, *, actor: Actor, now: datetime) -> None:
    """Let a contact person go today: name and telephone are gone at once.

    Refuses with NotAllowed, NotFound, Over.
    """
    row = _held(contact, actor)
    refuse_over(row, ends="until")
    today: date = localdate(now)
    with scope.acting(actor):
        ContactVault.objects.filter(contact=row).delete()
    row.until, row.edition = max(today, row.since), row.edition + 1
    row.masked_name, row.masked_phone, row.person_id = "", "", None
    row.save(update_fields=["until", "edition", "masked_name", "masked_phone", "person_id"])
    _record("grid.contact_ended", row, actor, now)


@transaction.atomic
def show_contact(contact: CellContact, why: str, *, actor: Actor, now: datetime) -> tuple[str, str]:
    """Return name and telephone in full; the reading and its reason are recorded.

    Refuses with NotAllowed, NotFound, Over, WhyMissing.
    """
    row = _held(contact, actor)
    refuse_over(row, ends="until")
    reason = why.strip()[:MOST_WHY]
    if len(reason) < SHORTEST_WHY:
        raise WhyMissing()
    record_read(on=row, fields=["name", "phone"], actor=actor, now=now, reason=reason,
                place=row.path, level=PERSONAL)  # fmt: skip
    with scope.acting(actor):
        vault = ContactVault.objects.filter(contact=row).first()
    if vault is None:
        raise NotFound()
    name = envelopes.opened(vault.name, CONTACTS, "name", row.pk)
    return name, envelopes.opened(vault.phone, CONTACTS, "phone", row.pk)


def _held(contact: CellContact, actor: Actor) -> CellContact:
    require(actor, permits.CONTACTS, at=contact.path)
    return CellContact.objects.select_for_update().get(pk=contact.pk)


def _record(verb: str, contact: CellContact, actor: Actor, now: datetime) -> None:
    record(verb, on=contact, actor=actor, now=now, place=contact.path, level=PERSONAL,
           cell=contact.cell_code)  # fmt: skip
