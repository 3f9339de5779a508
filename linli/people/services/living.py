"""Where somebody lives: moving in, moving out, and what a residency rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from linli.kernel.errors import Invalid, NotFound, Stale, WrongState
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.errors import EnteredAsDead, LivesThereAlready
from linli.people.events import PersonCorrected, PersonLeft
from linli.people.models import HouseholdMember, Person, Residency
from linli.people.models.shapes import ended
from linli.people.queries.scopes import node_of_code
from linli.people.rules.names import name_key
from linli.people.services.mass.terms import rebuild_terms
from linli.people.types import Basis, Fault, Standing
from linli.people.types.titles import fields_of
from linli.trail.services import record


@dataclass(frozen=True, slots=True)
class Stay:
    """How somebody lives at a place."""

    standing: str
    basis: str
    since: date | None = None
    basis_until: date | None = None
    group: str = ""
    employer: str = ""
    dwelling_id: int | None = None


@transaction.atomic
def move_in(person: Person, village: str, stay: Stay, *, actor: Actor, now: datetime) -> Residency:
    """Note that somebody lives at a village from now on; other residencies stay as they are.

    Refuses with NotAllowed, NotFound, EnteredAsDead, Invalid, LivesThereAlready.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    node = node_of_code(village)
    if node is None or node.level != "village":
        raise NotFound(code=village)
    require(actor, permits.EDIT, at=node.path)
    _refuse_dead(person)
    _check(stay, person, today=localdate(now))
    there = Residency.objects.filter(
        person=person, village_id=node.id, until__isnull=True, is_shadowed=False
    )
    if there.exists():
        raise LivesThereAlready(name=person.name)
    assert node.town_id is not None and person.born_on is not None
    row = Residency.objects.create(
        person=person, path=node.path, city_id=node.city_id, town_id=node.town_id,
        village_id=node.id, name_key=name_key(person.name), sex=person.sex, born_on=person.born_on,
        **{name: getattr(stay, name) for name in Stay.__slots__},
    )  # fmt: skip
    rebuild_terms([person.pk])
    record("people.moved_in", on=row, actor=actor, now=now, place=node.path, person_id=person.pk)
    return row


@transaction.atomic
def change_stay(
    row: Residency, stay: Stay, *, version: int, actor: Actor, now: datetime
) -> Residency:
    """Correct how somebody lives at a place. Refuses with NotAllowed, Stale, Invalid."""
    row = Residency.objects.select_for_update().select_related("person").get(pk=row.pk)
    require(actor, permits.EDIT, at=row.path)
    if row.version != version:
        raise Stale(move="change_stay", state="")
    _check(stay, row.person, today=localdate(now))
    for name in Stay.__slots__:
        setattr(row, name, getattr(stay, name))
    row.version += 1
    row.save(update_fields=[*Stay.__slots__, "version"])
    record("people.stay_changed", on=row, actor=actor, now=now, place=row.path,
           person_id=row.person_id)  # fmt: skip
    if actor.person_id != row.person_id:
        publish(PersonCorrected(row.person_id, row.path))
    return row


@transaction.atomic
def move_out(row: Residency, on: date, because: str, *, actor: Actor, now: datetime) -> Residency:
    """End a residency, and the memberships in households there. The entry stays.

    Refuses with NotAllowed, WrongState where it has ended, Invalid.
    """
    row = Residency.objects.select_for_update().get(pk=row.pk)
    require(actor, permits.EDIT, at=row.path)
    if row.until is not None:
        raise WrongState(move="move_out", state="left")
    if row.since and on < row.since:
        raise Invalid(fields_of([Fault("until", "ends_before_it_begins")]))
    if on > localdate(now):
        raise Invalid(fields_of([Fault("until", "day_future")]))
    row.until, row.ended_because, row.version = on, because.strip()[:500], row.version + 1
    row.save(update_fields=["until", "ended_because", "version"])
    members = HouseholdMember.objects.filter(
        person_id=row.person_id, household__village_id=row.village_id, until__isnull=True
    )
    members.update(until=ended(on))
    record("people.moved_out", on=row, actor=actor, now=now, place=row.path,
           person_id=row.person_id)  # fmt: skip
    publish(PersonLeft(row.person_id, row.path, on))
    return row


@transaction.atomic
def move_back(row: Residency, *, actor: Actor, now: datetime) -> Residency:
    """Take a moving out back that was entered by mistake. Refuses as move_in does."""
    row = Residency.objects.select_for_update().select_related("person").get(pk=row.pk)
    require(actor, permits.EDIT, at=row.path)
    _refuse_dead(row.person)
    open_ = Residency.objects.filter(
        person_id=row.person_id, village_id=row.village_id, until__isnull=True, is_shadowed=False
    )
    if row.until is None or open_.exists():
        raise LivesThereAlready(name=row.person.name)
    row.until, row.ended_because = None, ""
    row.version = F("version") + 1
    row.save(update_fields=["until", "ended_because", "version"])
    record("people.moved_back", on=row, actor=actor, now=now, place=row.path,
           person_id=row.person_id)  # fmt: skip
    row.refresh_from_db()
    return row


def _refuse_dead(person: Person) -> None:
    if person.died_on is not None:
        raise EnteredAsDead(name=person.name)


def _check(stay: Stay, person: Person, *, today: date) -> None:
    faults = []
    if person.born_on is None:
        faults.append(Fault("born_on", "born_missing"))
    if stay.since and stay.since > today:
        faults.append(Fault("since", "day_future"))
    if stay.since and person.born_on and stay.since < person.born_on:
        faults.append(Fault("since", "before_birth"))
    if stay.standing == Standing.REGISTERED and stay.basis == Basis.RESIDENCE_PERMIT:
        faults.append(Fault("basis", "registered_with_permit"))
    if faults:
        raise Invalid(fields_of(faults))
