"""One person enters the register, is corrected, or has died."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from linli.kernel import locks, scope
from linli.kernel.clock import age_on
from linli.kernel.errors import Invalid, Stale
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require, system_actor
from linli.people import permits
from linli.people.errors import NumberTaken
from linli.people.events import PersonCorrected, PersonDied, PersonRegistered
from linli.people.models import HouseholdMember, Person, Residency, RollEntry
from linli.people.models.shapes import ended
from linli.people.queries.persons import place_for
from linli.people.queries.scopes import node_of_code
from linli.people.queries.vault import born_and_sex_by_card
from linli.people.rules.names import clean_name, name_fault, name_key
from linli.people.services.mass.matching import holders, number_index
from linli.people.services.mass.taking import take_one
from linli.people.services.mass.terms import rebuild_terms
from linli.people.types import Fault, PersonRow
from linli.people.types.titles import fields_of
from linli.trail.services import record

OLDEST = 130


@transaction.atomic
def register_person(row: PersonRow, *, actor: Actor, now: datetime) -> Person:
    """Enter somebody at a village, by the same rules as a row of a list.

    Somebody who bears number and name elsewhere gets a residency here beside her other one.
    Refuses with NotAllowed, NumberTaken.
    """
    locks.hold("people.number", number_index(row.number).hex())
    node = node_of_code(row.village)
    assert node is not None, "the rules let villages through only"
    require(actor, permits.EDIT, at=node.path)
    with scope.acting(system_actor("people.register")):
        taken = take_one(row, now=now)
        if taken.words[0] in ("known", "name_differs"):
            raise NumberTaken(name=_bearer(row.number))
        person = Person.objects.get(pk=taken.persons[0])
    record(
        "people.registered", on=person, actor=actor, now=now, place=node.path, person_id=person.pk
    )
    publish(PersonRegistered(person.pk, node.path))
    return person


def _bearer(number: str) -> str:
    return holders([number])[number].name


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in the head of an entry."""

    name: str
    other_name: str
    sex: str
    born_on: date | None


@transaction.atomic
def correct_person(
    person: Person, facts: Facts, *, version: int, actor: Actor, now: datetime
) -> Person:
    """Correct name, sex or birth date; lists and search follow.

    Refuses with NotAllowed, Stale, Invalid.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    place = place_for(actor, permits.EDIT, person.pk)
    require(actor, permits.EDIT, at=place)
    if person.version != version:
        raise Stale(move="correct", state="")
    facts = _checked(person, facts)
    was_called = (person.name, person.other_name)
    changed = [name for name in Facts.__slots__ if getattr(person, name) != getattr(facts, name)]
    if not changed:
        return person
    for name in changed:
        setattr(person, name, getattr(facts, name))
    person.version, person.changed_at = F("version") + 1, now
    person.save(update_fields=[*changed, "version", "changed_at"])
    key = name_key(person.name)
    copies = {"name_key": key, "sex": person.sex}
    born = {"born_on": person.born_on} if person.born_on else {}
    Residency.objects.filter(person=person).update(**copies, **born)
    RollEntry.objects.filter(person=person).update(name_key=key)
    if was_called != (person.name, person.other_name):
        rebuild_terms([person.pk])
    record("people.corrected", on=person, actor=actor, now=now, place=place,
           person_id=person.pk, fields=changed)  # fmt: skip
    if actor.person_id != person.pk:
        publish(PersonCorrected(person.pk, place))
    person.refresh_from_db()
    return person


def _checked(person: Person, facts: Facts) -> Facts:
    """Return the facts as the register writes them. Refuses with Invalid."""
    name, other = clean_name(facts.name), clean_name(facts.other_name)
    faults = [Fault("name", fault) for fault in [name_fault(name)] if fault]
    if other and (fault := name_fault(other)):
        faults.append(Fault("other_name", fault))
    card = born_and_sex_by_card(person)
    if card and facts.born_on != card[0]:
        faults.append(Fault("born_on", "born_conflict"))
    if card and facts.sex != card[1]:
        faults.append(Fault("sex", "sex_conflict"))
    if facts.born_on is None and person.born_on is not None:
        faults.append(Fault("born_on", "day_empty"))
    if faults:
        raise Invalid(fields_of(faults))
    return Facts(name, other, facts.sex, facts.born_on)


@transaction.atomic
def record_death(person: Person, on: date, *, actor: Actor, now: datetime) -> Person:
    """Enter a death: residencies and memberships end, rolls are told and decide themselves.

    Refuses with NotAllowed, Invalid.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    place = place_for(actor, permits.EDIT, person.pk)
    require(actor, permits.EDIT, at=place)
    if person.died_on == on:
        return person  # entered already: nobody is told twice
    if on > localdate(now) or (person.born_on and not 0 <= age_on(person.born_on, on) <= OLDEST):
        raise Invalid(
            fields_of([Fault("died_on", "day_future" if on > localdate(now) else "before_birth")])
        )
    person.died_on, person.changed_at, person.version = on, now, person.version + 1
    person.save(update_fields=["died_on", "changed_at", "version"])
    Residency.objects.filter(person=person, until__isnull=True).update(
        until=ended(on), ended_because="died", version=F("version") + 1
    )
    HouseholdMember.objects.filter(person=person, until__isnull=True).update(until=ended(on))
    record("people.died", on=person, actor=actor, now=now, place=place, person_id=person.pk)
    publish(PersonDied(person.pk, on))
    return person
