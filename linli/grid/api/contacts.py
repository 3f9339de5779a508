"""Contact persons of households over the API: always masked; in full they are shown on a page alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.grid import permits
from linli.grid.api.heads import TieIn
from linli.grid.forms.cells import ContactForm, ContactTieForm
from linli.grid.queries import cells
from linli.grid.queries.contacts import get_contact, visible_contacts
from linli.grid.services import contacts, register_ties
from linli.grid.types import CellKey
from linli.kernel.api import PagedIn, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of
from linli.kernel.permits import require, require_somewhere
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()
NEWEST = Keyset("new", ("-since", "-id"))


class ContactOut(Schema):
    id: int
    village: str
    layer: str
    cell: str
    masked_name: str
    masked_phone: str
    covers: str
    consent: str
    consent_on: date
    since: date
    until: date | None
    person: int | None
    edition: int


class ContactsOut(Schema):
    count: int
    items: list[ContactOut]
    next: str | None


class ContactsIn(PagedIn):
    village: str = ""


class ContactIn(Schema):
    """`person` is the number of their entry in the register of people, if it is known."""

    village: str
    layer: str
    cell: str
    name: str
    phone: str
    covers: str
    consent: str
    consent_on: date
    person: int | None = None


def _shown(one: Any) -> dict[str, Any]:
    columns = ("id", "masked_name", "masked_phone", "covers", "consent", "consent_on", "since")
    return {
        **plain(one, *columns, "until", "edition"), "village": code_of(one.path), "layer": one.layer.key,
        "cell": one.cell_code, "person": one.person_id,
    }  # fmt: skip


@router.get("/contacts/", response=ContactsOut)
def list_contacts(request: Request, asked: Query[ContactsIn]) -> dict[str, Any]:
    """Contact persons that are not over, masked, the latest first."""
    require_somewhere(request.actor, permits.CONTACTS)
    found = visible_contacts(request.actor).filter(until__isnull=True).select_related("layer")
    if asked.village:
        found = found.filter(path=cells.village_for(request.actor, asked.village).path)
    return paged(found, NEWEST, asked, _shown)


@router.post("/contacts/", response={201: ContactOut})
def name_contact(request: Request, given: ContactIn) -> Status[dict[str, Any]]:
    """Enter somebody who agreed to be named to some households."""
    cells.village_for(request.actor, given.village)
    place = places.open_place(given.village)
    require(request.actor, permits.CONTACTS, at=place.path)
    form = ContactForm({**given.dict(), "person_id": given.person})
    form.accepted()
    made = contacts.name_contact(
        place, CellKey(given.layer, given.cell), form.facts, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _shown(get_contact(request.actor, made.pk)))


@router.post("/contacts/{int:contact_id}/end", response=ContactOut)
def end_contact(request: Request, contact_id: int) -> dict[str, Any]:
    """Let a contact person go; name and telephone are gone at once."""
    found = get_contact(request.actor, contact_id)
    contacts.end_contact(found, actor=request.actor, now=timezone.now())
    return _shown(get_contact(request.actor, contact_id))


@router.post("/contacts/{int:contact_id}/tie", response=ContactOut)
def tie_contact(request: Request, contact_id: int, given: TieIn) -> dict[str, Any]:
    """Say which entry of the register a contact person is: what becomes of the entry then reaches them."""
    found = get_contact(request.actor, contact_id)
    ContactTieForm({"person_id": given.person, "edition": given.edition}).accepted()
    register_ties.tie_contact(
        found, given.person, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _shown(get_contact(request.actor, contact_id))
