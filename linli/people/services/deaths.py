"""A death that was entered on the wrong person is taken back: what it ended goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.kernel.errors import Invalid, WrongState
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.events import DeathWithdrawn
from linli.people.models import Person
from linli.people.queries.persons import place_for
from linli.people.services.mass.reopening import reopen
from linli.people.types import Fault
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
    reopen(person.pk, died_on)
    person.died_on, person.changed_at, person.version = None, now, person.version + 1
    person.save(update_fields=["died_on", "changed_at", "version"])
    record("people.death_withdrawn", on=person, actor=actor, now=now, place=place,
           person_id=person.pk, reason=reason.strip()[:LONGEST])  # fmt: skip
    publish(DeathWithdrawn(person.pk, died_on))
    return person
