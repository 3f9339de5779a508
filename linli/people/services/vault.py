"""Documents and contacts of one person: added, ended, revealed with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from linli.kernel import locks, scope, sealing
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import VAULT, Actor, open_to_all, require, system_actor
from linli.people import permits
from linli.people.errors import NumberTaken, PhoneAtOffice, ReasonMissing
from linli.people.models import Contact, Person, PersonDocument, PersonKey
from linli.people.queries.persons import may_see_person, place_for
from linli.people.rules.cells import clean_text, text_fault
from linli.people.rules.documents import DocumentKind, check_document
from linli.people.rules.phones import clean_phone
from linli.people.services.mass import bulk
from linli.people.services.mass.disputes import dispute
from linli.people.services.mass.matching import holders, number_index
from linli.people.services.mass.vault_rows import (
    CONTACTS,
    DOCUMENTS,
    sealed_contacts,
    sealed_documents,
)
from linli.people.types import ContactKind, Fault
from linli.people.types.titles import fields_of
from linli.trail.services import record, record_read

SHORTEST_REASON = 2


@transaction.atomic
def add_document(
    person: Person, kind: str, number: str, *, valid_until: date | None, actor: Actor, now: datetime
) -> None:
    """Add a document. A number that somebody elsewhere bears is kept as disputed, without a word.

    Refuses with NotAllowed, Invalid, NumberTaken.
    """
    place = place_for(actor, permits.EDIT, person.pk)
    require(actor, permits.EDIT, at=place)
    checked = check_document(DocumentKind(kind), number, today=localdate(now))
    if checked.fault:
        raise Invalid(fields_of([Fault("document_number", checked.fault)]))
    locks.hold("people.number", number_index(checked.number).hex())
    fresh = NewDocument(person.pk, kind, checked.number, valid_until, place)
    try:
        with transaction.atomic():
            _put(fresh, actor, now)
    except IntegrityError:
        # another worker took the number a moment ago: look again
        _put(fresh, actor, now)
    record("people.document_added", on=person, actor=actor, now=now, place=place,
           person_id=person.pk, kind=kind)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document on its way into the vault."""

    person_id: int
    kind: str
    number: str
    valid_until: date | None
    place: str


def _put(new: NewDocument, actor: Actor, now: datetime) -> None:
    with scope.acting(system_actor("people.add_document")):
        holder = holders([new.number]).get(new.number)
        if holder and may_see_person(actor, holder.person_id):
            raise NumberTaken(name=holder.name)
        batch = bulk.Batch()
        batch.documents += sealed_documents(
            [new.person_id], [new.kind], [new.number], [new.valid_until], [holder is not None]
        )
        bulk.write(batch)
        if holder:
            claim = (new.person_id, holder.person_id, new.place, holder.villages)
            dispute([claim], now=now)


@transaction.atomic
def end_document(document: PersonDocument, on: date, *, actor: Actor, now: datetime) -> None:
    """A document was replaced or given back. Refuses with NotAllowed."""
    place = place_for(actor, permits.EDIT, document.person_id)
    require(actor, permits.EDIT, at=place)
    with scope.acting(actor):
        PersonDocument.objects.filter(pk=document.pk, until__isnull=True).update(until=on)
    record("people.document_ended", on=document, actor=actor, now=now, place=place,
           person_id=document.person_id)  # fmt: skip


@transaction.atomic
def reveal_document(document: PersonDocument, reason: str, *, actor: Actor, now: datetime) -> str:
    """Return a number in full; the person reads who saw it and why.

    Refuses with NotAllowed, ReasonMissing.
    """
    _trace(document, document.person_id, "number", reason, actor, now)
    with scope.acting(actor):
        row = PersonDocument.objects.filter(pk=document.pk).first()
    if row is None:
        raise NotFound()
    return sealing.open_sealed(bytes(row.number), table=DOCUMENTS, column="number", row=row.pk)


@transaction.atomic
def reveal_contact(contact: Contact, reason: str, *, actor: Actor, now: datetime) -> str:
    """Return a telephone or an address in full. Refuses with NotAllowed, ReasonMissing."""
    _trace(contact, contact.person_id, contact.kind, reason, actor, now)
    with scope.acting(actor):
        row = Contact.objects.filter(pk=contact.pk).first()
    if row is None:
        raise NotFound()
    return sealing.open_sealed(bytes(row.value), table=CONTACTS, column="value", row=row.pk)


def _trace(
    thing: PersonDocument | Contact, person_id: int, field: str, reason: str,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    place = place_for(actor, permits.REVEAL, person_id)
    if person_id != actor.person_id:
        require(actor, permits.REVEAL, at=place, level=VAULT)
        if len(reason.strip()) < SHORTEST_REASON:
            raise ReasonMissing()
    record_read(
        on=thing, fields=[field], actor=actor, now=now, reason=reason.strip()[:200],
        place=place, person_id=person_id, level=VAULT,
    )  # fmt: skip


@transaction.atomic
def set_contact(person: Person, kind: str, value: str, *, actor: Actor, now: datetime) -> None:
    """Note how a person is reached; the one before of the same kind ends.

    A person does it for herself except for her telephone, else it takes the permit.
    Refuses with NotAllowed, PhoneAtOffice, Invalid.
    """
    place = _may_keep(actor, person.pk, kind)
    clean = _clean_contact(kind, value)
    batch = bulk.Batch()
    batch.contacts += sealed_contacts([person.pk], [kind], [clean])
    with scope.acting(actor):
        old = Contact.objects.filter(person=person, kind=kind, until__isnull=True)
        old.update(until=localdate(now))
        bulk.write(batch)
    record("people.contact_set", on=person, actor=actor, now=now, place=place,
           person_id=person.pk, kind=kind)  # fmt: skip


@transaction.atomic
def end_contact(contact: Contact, *, actor: Actor, now: datetime) -> None:
    """A telephone or address does not hold any more. Refuses with NotAllowed, PhoneAtOffice."""
    place = _may_keep(actor, contact.person_id, contact.kind)
    with scope.acting(actor):
        Contact.objects.filter(pk=contact.pk, until__isnull=True).update(until=localdate(now))
    record("people.contact_ended", on=contact, actor=actor, now=now, place=place,
           person_id=contact.person_id, kind=contact.kind)  # fmt: skip


def _may_keep(actor: Actor, person_id: int, kind: str) -> str:
    """Return the place where a contact is kept. Refuses with NotAllowed, PhoneAtOffice."""
    place = place_for(actor, permits.EDIT, person_id)
    if person_id != actor.person_id:
        require(actor, permits.EDIT, at=place)
    elif kind == ContactKind.PHONE and not actor.may(permits.EDIT, at=place):
        raise PhoneAtOffice()
    return place


def _clean_contact(kind: str, value: str) -> str:
    clean: str | None = clean_text(value)
    fault = text_fault(clean or "")
    if kind == ContactKind.PHONE:
        clean = clean_phone(value)
        fault = None if clean else "phone_shape"
    elif kind == ContactKind.EMAIL and clean and ("@" not in clean or " " in clean):
        fault = "email_shape"
    if not clean:
        fault = fault or "value_missing"
    if fault:
        raise Invalid(fields_of([Fault("value", fault)]))
    assert clean is not None
    return clean


@open_to_all("whatever seals under the key has required its own permit")
@transaction.atomic
def key_of_person(person_id: int, *, actor: Actor) -> bytes:
    """Return the key under which chained records seal what a person said, made when first needed."""
    with scope.acting(system_actor("people.key")):
        fresh = PersonKey(person_id=person_id, wrapped=sealing.new_person_key(person_id))
        PersonKey.objects.bulk_create([fresh], ignore_conflicts=True)
        kept = PersonKey.objects.get(person_id=person_id)
    return sealing.unwrap(bytes(kept.wrapped), person_id)
