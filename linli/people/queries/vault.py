"""Reads of the vault. Row security shows an actor only rows of her own places, and her own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from linli.kernel import scope, sealing
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, system_actor
from linli.people.models import Contact, Person, PersonDocument
from linli.people.queries.persons import may_see_person
from linli.people.rules.documents import DocumentKind, check_document


@dataclass(frozen=True, slots=True)
class Vault:
    """What the vault holds on one person: masked until somebody gives a reason."""

    documents: list[PersonDocument]
    contacts: list[Contact]


def vault_of(actor: Actor, person: Person) -> Vault:
    """Return documents and contacts with their masks; nothing is opened."""
    with scope.acting(actor), transaction.atomic():
        return Vault(
            list(
                PersonDocument.objects.filter(person=person).defer("number").order_by("until", "pk")
            ),
            list(
                Contact.objects.filter(person=person).defer("value").order_by("until", "kind", "pk")
            ),
        )


def get_document(actor: Actor, document_id: int) -> PersonDocument:
    """Return a document of somebody whom the actor may see. Refuses with NotFound."""
    with scope.acting(actor), transaction.atomic():
        found = PersonDocument.objects.filter(pk=document_id).first()
    if found is None or not may_see_person(actor, found.person_id):
        raise NotFound()
    return found


def get_contact(actor: Actor, contact_id: int) -> Contact:
    """Return a contact of somebody whom the actor may see. Refuses with NotFound."""
    with scope.acting(actor), transaction.atomic():
        found = Contact.objects.filter(pk=contact_id).first()
    if found is None or not may_see_person(actor, found.person_id):
        raise NotFound()
    return found


def born_and_sex_by_card(person: Person) -> tuple[date, str] | None:
    """Return what the valid identity card says; the number does not leave this function."""
    with scope.acting(system_actor("people.card")), transaction.atomic():
        card = PersonDocument.objects.filter(
            person=person, kind=DocumentKind.RESIDENT_ID, until__isnull=True, is_disputed=False
        ).first()
    if card is None:
        return None
    number = sealing.open_sealed(
        bytes(card.number), table="people_persondocument", column="number", row=card.pk
    )
    checked = check_document(DocumentKind.RESIDENT_ID, number, today=date.max)
    return (checked.born_on, checked.sex) if checked.born_on else None


def with_number(actor: Actor, person_ids: Collection[int]) -> frozenset[int]:
    """Return which of some people have a valid document, as far as the actor may see; nothing is opened."""
    with scope.acting(actor), transaction.atomic():
        valid = PersonDocument.objects.filter(person_id__in=person_ids, until__isnull=True)
        return frozenset(valid.values_list("person_id", flat=True))


def opened_vault(actor: Actor, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return documents and contacts in full; the caller records the reading first."""
    with scope.acting(actor), transaction.atomic():
        documents = list(PersonDocument.objects.filter(person=person).order_by("pk"))
        contacts = list(Contact.objects.filter(person=person).order_by("pk"))
    return {
        "documents": [
            {
                "kind": row.kind, "valid_until": row.valid_until, "until": row.until,
                "number": sealing.open_sealed(
                    bytes(row.number), table="people_persondocument", column="number", row=row.pk
                ),
            }
            for row in documents
        ],
        "contacts": [
            {
                "kind": row.kind, "until": row.until,
                "value": sealing.open_sealed(
                    bytes(row.value), table="people_contact", column="value", row=row.pk
                ),
            }
            for row in contacts
        ],
    }  # fmt: skip
