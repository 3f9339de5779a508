"""Dwellings: entered, changed, who answers for them, what was declared to the police."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel.errors import Invalid, NotFound, Stale
from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.errors import AddressTaken
from linli.people.models import Dwelling, DwellingParty, Person
from linli.people.queries.scopes import node_of_code
from linli.people.rules.addresses import address_key
from linli.people.rules.cells import clean_text, text_fault
from linli.people.types import DwellingKind, Fault, PartyRole
from linli.people.types.titles import fields_of
from linli.trail.services import record

MOST_BEDS = 5000


@dataclass(frozen=True, slots=True)
class Home:
    """What is kept of a dwelling."""

    address: str
    kind: str
    beds: int | None = None
    employer: str = ""
    note: str = ""


@transaction.atomic
def enter_dwelling(village: str, home: Home, *, actor: Actor, now: datetime) -> Dwelling:
    """Enter a dwelling at a village. Refuses with NotAllowed, NotFound, Invalid, AddressTaken."""
    node = node_of_code(village)
    if node is None or node.town_id is None:
        raise NotFound(code=village)
    require(actor, permits.EDIT, at=node.path)
    home = _checked(home)
    _refuse_twice(node.id, home)
    dwelling = Dwelling.objects.create(
        path=node.path, city_id=node.city_id, town_id=node.town_id, village_id=node.id,
        address_key=address_key(home.address), changed_at=now,
        **{name: getattr(home, name) for name in Home.__slots__},
    )  # fmt: skip
    record("people.dwelling_entered", on=dwelling, actor=actor, now=now, place=node.path)
    return dwelling


@transaction.atomic
def change_dwelling(
    dwelling: Dwelling, home: Home, *, version: int, actor: Actor, now: datetime
) -> Dwelling:
    """Correct a dwelling. Refuses with NotAllowed, Stale, Invalid, AddressTaken."""
    dwelling = Dwelling.objects.select_for_update().get(pk=dwelling.pk)
    require(actor, permits.EDIT, at=dwelling.path)
    if dwelling.version != version:
        raise Stale(move="change_dwelling", state="")
    home = _checked(home)
    _refuse_twice(dwelling.village_id, home, but=dwelling.pk)
    for name in Home.__slots__:
        setattr(dwelling, name, getattr(home, name))
    dwelling.address_key = address_key(home.address)
    return _saved(dwelling, "people.dwelling_changed", [*Home.__slots__, "address_key"], actor, now)


@transaction.atomic
def note_declaration(
    dwelling: Dwelling,
    on: date | None,
    until: date | None,
    number: str,
    *,
    actor: Actor,
    now: datetime,
) -> Dwelling:
    """Note what was declared in the police system, and until when it holds; nothing is sent there.

    Refuses with NotAllowed, Invalid.
    """
    dwelling = Dwelling.objects.select_for_update().get(pk=dwelling.pk)
    require(actor, permits.EDIT, at=dwelling.path)
    if on and until and until < on:
        raise Invalid(fields_of([Fault("declared_until", "ends_before_it_begins")]))
    dwelling.declared_on, dwelling.declared_until = on, until
    dwelling.declared_number = clean_text(number)[:60]
    columns = ["declared_on", "declared_until", "declared_number"]
    return _saved(dwelling, "people.declaration_noted", columns, actor, now)


@transaction.atomic
def name_party(
    dwelling: Dwelling,
    role: PartyRole,
    *,
    person: Person | None,
    name: str,
    actor: Actor,
    now: datetime,
) -> DwellingParty:
    """Name the landlord, or who sub-lets (二房东); the one before ends today.

    Refuses with NotAllowed, Invalid.
    """
    dwelling = Dwelling.objects.select_for_update().get(pk=dwelling.pk)
    require(actor, permits.EDIT, at=dwelling.path)
    name = clean_text(name)[:100]
    if person is None and not name:
        raise Invalid(fields_of([Fault("name", "value_missing")]))
    open_ = DwellingParty.objects.filter(dwelling=dwelling, role=role, until__isnull=True)
    open_.update(until=localdate(now))
    party = DwellingParty.objects.create(
        dwelling=dwelling, role=role.value, person=person, name="" if person else name,
        since=localdate(now),
    )  # fmt: skip
    record("people.party_named", on=dwelling, actor=actor, now=now, place=dwelling.path,
           person_id=person.pk if person else None, role=role.value)  # fmt: skip
    return party


@transaction.atomic
def end_party(party: DwellingParty, on: date, *, actor: Actor, now: datetime) -> None:
    """Somebody no longer answers for a dwelling. Refuses with NotAllowed."""
    dwelling = Dwelling.objects.select_for_update().get(pk=party.dwelling_id)
    require(actor, permits.EDIT, at=dwelling.path)
    DwellingParty.objects.filter(pk=party.pk, until__isnull=True).update(until=on)
    record("people.party_ended", on=dwelling, actor=actor, now=now, place=dwelling.path,
           person_id=party.person_id, role=party.role)  # fmt: skip


def _saved(
    dwelling: Dwelling, verb: str, columns: list[str], actor: Actor, now: datetime
) -> Dwelling:
    dwelling.version, dwelling.changed_at = dwelling.version + 1, now
    dwelling.save(update_fields=[*columns, "version", "changed_at"])
    record(verb, on=dwelling, actor=actor, now=now, place=dwelling.path)
    return dwelling


def _checked(home: Home) -> Home:
    address = clean_text(home.address)
    faults = []
    if not address:
        faults.append(Fault("address", "value_missing"))
    elif fault := text_fault(address):
        faults.append(Fault("address", fault))
    if home.kind not in set(DwellingKind):
        faults.append(Fault("kind", "word_unknown"))
    if home.beds is not None and not 1 <= home.beds <= MOST_BEDS:
        faults.append(Fault("beds", "beds_range"))
    if faults:
        raise Invalid(fields_of(faults))
    return Home(
        address, home.kind, home.beds, clean_text(home.employer)[:100], clean_text(home.note)[:500]
    )


def _refuse_twice(village_id: int, home: Home, but: int = 0) -> None:
    found = Dwelling.objects.filter(village_id=village_id, address_key=address_key(home.address))
    if found.exclude(pk=but).exists():
        raise AddressTaken(address=home.address)


@transaction.atomic
def dwelling_at(
    village: str, address: str, kind: str, *, actor: Actor, now: datetime
) -> Dwelling | None:
    """Return the dwelling with an address at a village, entering it if it is new; none for no address.

    Refuses with NotAllowed, NotFound, Invalid.
    """
    node = node_of_code(village)
    if node is None:
        raise NotFound(code=village)
    require(actor, permits.EDIT, at=node.path)
    if not address.strip():
        return None
    key = address_key(clean_text(address))
    known = Dwelling.objects.filter(village_id=node.id, address_key=key).first()
    return known or enter_dwelling(village, Home(address, kind), actor=actor, now=now)
