"""A death that was entered on the wrong person is taken back: what it ended goes on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from linli.kernel.errors import Invalid, WrongState
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.events import DeathWithdrawn
from linli.people.models import HouseholdMember, Person, Residency
from linli.people.queries.persons import place_for
from linli.people.types import Fault, Relation
from linli.people.types.titles import fields_of
from linli.trail.services import record

LONGEST = 200


@transaction.atomic
def withdraw_death(person: Person, reason: str, *, actor: Actor, now: datetime) -> Person:
    """Take a death back that was entered by mistake: residencies and memberships that it ended go on.

    Whatever else rested on it hears of it. Refuses with NotAllowed, WrongState where no death is
    entered, Invalid without a reason.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    place = place_for(actor, permits.EDIT, person.pk)
    require(actor, permits.EDIT, at=place)
    if person.died_on is None:
        raise WrongState(move="withdraw_death", state="living")
    if not reason.strip():
        raise Invalid(fields_of([Fault("because", "value_missing")]))
    died_on = person.died_on
    days = _reopen_residencies(person)
    _reopen_memberships(person, {died_on, *days})
    person.died_on, person.changed_at, person.version = None, now, person.version + 1
    person.save(update_fields=["died_on", "changed_at", "version"])
    record("people.death_withdrawn", on=person, actor=actor, now=now, place=place,
           person_id=person.pk, reason=reason.strip()[:LONGEST])  # fmt: skip
    publish(DeathWithdrawn(person.pk, died_on))
    return person


def _reopen_residencies(person: Person) -> set[date]:
    """Let the residencies that the death ended go on; return the days on which they had ended.

    Where she was entered anew meanwhile, that one stands.
    """
    ended = Residency.objects.filter(person=person, ended_because="died", until__isnull=False)
    anew = Residency.objects.filter(person=person, until__isnull=True, is_shadowed=False)
    taken, days = set(anew.values_list("village_id", flat=True)), set[date]()
    for row in ended.order_by("-until", "-pk"):
        assert row.until is not None, "it has ended"
        days.add(row.until)
        if row.is_shadowed or row.village_id not in taken:
            taken.add(row.village_id)
            row.until, row.ended_because, row.version = None, "", row.version + 1
            row.save(update_fields=["until", "ended_because", "version"])
    return days


def _reopen_memberships(person: Person, days: set[date]) -> None:
    """Let the memberships that ended with the death go on, unless somebody else took her place.

    One that had begun later ended on the day on which it began.
    """
    ended = HouseholdMember.objects.filter(
        Q(until__in=days) | Q(until=F("since"), since__gte=min(days)),
        person=person, household__until__isnull=True,
    )  # fmt: skip
    for row in ended.order_by("-pk"):
        there = HouseholdMember.objects.filter(household=row.household_id, until__isnull=True)
        in_her_place = Q(person=person)
        if row.relation == Relation.HEAD:
            in_her_place |= Q(relation=Relation.HEAD.value)
        if not there.filter(in_her_place).exists():
            row.until = None
            row.save(update_fields=["until"])
