"""Households: opened, joined, left, closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.errors import HeadTaken, HouseholdNumberTaken, InHouseholdAlready
from linli.people.models import Dwelling, Household, HouseholdMember, Person
from linli.people.models.shapes import ended
from linli.people.queries.persons import may_see_person
from linli.people.queries.scopes import node_of_code
from linli.people.rules.cells import clean_text
from linli.people.types import Fault, HouseholdKind, Relation
from linli.people.types.titles import fields_of
from linli.trail.services import record


@transaction.atomic
def open_household(
    village: str, kind: HouseholdKind, number: str, *, name: str, dwelling: Dwelling | None,
    actor: Actor, now: datetime,
) -> Household:  # fmt: skip
    """Open a household at a village. Refuses with NotAllowed, NotFound, HouseholdNumberTaken."""
    node = node_of_code(village)
    if node is None or node.town_id is None:
        raise NotFound(code=village)
    require(actor, permits.EDIT, at=node.path)
    number = clean_text(number)[:40]
    if not number:
        raise Invalid(fields_of([Fault("household", "value_missing")]))
    if Household.objects.filter(village_id=node.id, number=number, until__isnull=True).exists():
        raise HouseholdNumberTaken(number=number)
    household = Household.objects.create(
        kind=kind.value, number=number, name=clean_text(name)[:100], dwelling=dwelling,
        path=node.path, city_id=node.city_id, town_id=node.town_id, village_id=node.id,
        since=localdate(now),
    )  # fmt: skip
    record("people.household_opened", on=household, actor=actor, now=now, place=node.path)
    return household


@transaction.atomic
def join_household(
    household: Household,
    person: Person,
    relation: Relation,
    *,
    bed: str,
    actor: Actor,
    now: datetime,
) -> HouseholdMember:
    """Put somebody into a household. Refuses with NotAllowed, NotFound, HeadTaken, InHouseholdAlready."""
    household = Household.objects.select_for_update().get(pk=household.pk)
    require(actor, permits.EDIT, at=household.path)
    if household.until is not None or not may_see_person(actor, person.pk):
        raise NotFound()
    members = HouseholdMember.objects.filter(household=household, until__isnull=True)
    if members.filter(person=person).exists():
        raise InHouseholdAlready(name=person.name)
    if relation == Relation.HEAD and members.filter(relation=Relation.HEAD).exists():
        raise HeadTaken()
    member = HouseholdMember.objects.create(
        household=household, person=person, relation=relation.value, bed=clean_text(bed)[:20],
        since=localdate(now),
    )  # fmt: skip
    record("people.household_joined", on=household, actor=actor, now=now, place=household.path,
           person_id=person.pk)  # fmt: skip
    return member


@transaction.atomic
def change_relation(
    member: HouseholdMember, relation: Relation, *, actor: Actor, now: datetime
) -> HouseholdMember:
    """Change what somebody is in the household; the new head replaces the one before.

    Refuses with NotAllowed, WrongState.
    """
    household = Household.objects.select_for_update().get(pk=member.household_id)
    require(actor, permits.EDIT, at=household.path)
    member = _still_in(member, "change_relation")
    if relation == Relation.HEAD:
        others = HouseholdMember.objects.filter(household=household, until__isnull=True)
        others.filter(relation=Relation.HEAD).exclude(pk=member.pk).update(
            relation=Relation.OTHER.value
        )
    member.relation = relation.value
    member.save(update_fields=["relation"])
    record("people.relation_changed", on=household, actor=actor, now=now, place=household.path,
           person_id=member.person_id)  # fmt: skip
    return member


@transaction.atomic
def leave_household(member: HouseholdMember, on: date, *, actor: Actor, now: datetime) -> None:
    """Take somebody out of a household. Refuses with NotAllowed, WrongState, Invalid."""
    household = Household.objects.select_for_update().get(pk=member.household_id)
    require(actor, permits.EDIT, at=household.path)
    member = _still_in(member, "leave_household")
    if member.since and on < member.since:
        raise Invalid(fields_of([Fault("until", "ends_before_it_begins")]))
    HouseholdMember.objects.filter(pk=member.pk).update(until=on)
    record("people.household_left", on=household, actor=actor, now=now, place=household.path,
           person_id=member.person_id)  # fmt: skip


def _still_in(member: HouseholdMember, move: str) -> HouseholdMember:
    """Return a membership as it is now. Refuses with WrongState once it has ended."""
    member = HouseholdMember.objects.select_for_update().get(pk=member.pk)
    if member.until is not None:
        raise WrongState(move=move, state="left")
    return member


@transaction.atomic
def close_household(household: Household, on: date, *, actor: Actor, now: datetime) -> None:
    """Close a household, with it all memberships. Refuses with NotAllowed, WrongState, Invalid."""
    household = Household.objects.select_for_update().get(pk=household.pk)
    require(actor, permits.EDIT, at=household.path)
    if household.until is not None:
        raise WrongState(move="close_household", state="closed")
    if household.since and on < household.since:
        raise Invalid(fields_of([Fault("until", "ends_before_it_begins")]))
    household.until = on
    household.save(update_fields=["until"])
    HouseholdMember.objects.filter(household=household, until__isnull=True).update(until=ended(on))
    record("people.household_closed", on=household, actor=actor, now=now, place=household.path)
