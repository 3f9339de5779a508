"""Whether a number is known: here, elsewhere, or not at all. Nothing more is ever answered."""

from __future__ import annotations

from django.db import transaction

from linli.kernel import scope, sealing, sql
from linli.kernel.permits import Actor, system_actor
from linli.people import permits
from linli.people.queries.persons import may_see_person
from linli.people.types import Whereabouts

NUMBER_PURPOSE = "people.document.number"


def whereabouts(actor: Actor, number: str) -> Whereabouts:
    """Return where a cleaned number is known. Internal: ask services.looking_up, which traces."""
    ((column, value),) = sealing.blind_lookup(
        "number_index", number, purpose=NUMBER_PURPOSE
    ).items()
    statement = f"SELECT person_id FROM people_persondocument WHERE {column} = %s AND until IS NULL"  # noqa: S608 - one of two names of ours
    with scope.acting(system_actor("people.whereabouts")), transaction.atomic():
        found = [row[0] for row in sql.tuples("people.whereabouts", statement, [value])]
    if not found:
        return Whereabouts.NONE
    is_here = any(may_see_person(actor, person_id, permits.LOOK_UP) for person_id in found)
    return Whereabouts.HERE if is_here else Whereabouts.ELSEWHERE
