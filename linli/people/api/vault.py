"""Documents and contacts over the API: added and ended. A number goes in, and never comes out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema, Status

from linli.kernel.web import Request
from linli.people import permits
from linli.people.api.entry import PersonOut, shown_person
from linli.people.api.frame import as_typed
from linli.people.forms import ContactForm, DocumentForm
from linli.people.queries.persons import get_person
from linli.people.queries.vault import get_contact, get_document
from linli.people.services import vault as services

router = Router()


class DocumentIn(Schema):
    kind: str
    document_number: str
    valid_until: date | None = None


@router.post("/people/{int:person_id}/documents/", response={201: PersonOut})
def add_document(request: Request, person_id: int, given: DocumentIn) -> Status[dict[str, Any]]:
    """Add a document of somebody."""
    person = get_person(request.actor, person_id, permits.EDIT)
    data = DocumentForm(as_typed(given)).accepted()
    services.add_document(
        person, data["kind"], data["document_number"], valid_until=data["valid_until"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, shown_person(request, person))


@router.post("/people/documents/{int:document_id}/end", response=PersonOut)
def end_document(request: Request, document_id: int) -> dict[str, Any]:
    """A document was replaced or given back."""
    found = get_document(request.actor, document_id)
    services.end_document(found, localdate(), actor=request.actor, now=timezone.now())
    return shown_person(request, get_person(request.actor, found.person_id))


class ContactIn(Schema):
    kind: str
    value: str


@router.post("/people/{int:person_id}/contacts/", response={201: PersonOut})
def add_contact(request: Request, person_id: int, given: ContactIn) -> Status[dict[str, Any]]:
    """Note a telephone or an address; the one before of its kind ends."""
    person = get_person(request.actor, person_id, permits.EDIT)
    data = ContactForm(as_typed(given)).accepted()
    services.set_contact(
        person, data["kind"], data["value"], actor=request.actor, now=timezone.now()
    )
    return Status(201, shown_person(request, person))


@router.post("/people/contacts/{int:contact_id}/end", response=PersonOut)
def end_contact(request: Request, contact_id: int) -> dict[str, Any]:
    """A telephone or address does not hold any more."""
    found = get_contact(request.actor, contact_id)
    services.end_contact(found, actor=request.actor, now=timezone.now())
    return shown_person(request, get_person(request.actor, found.person_id))
