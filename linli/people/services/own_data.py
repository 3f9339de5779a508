"""A copy of all that the register keeps about a person, for herself (PIPL art. 45)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.people.errors import OnlyHerself
from linli.people.models import Person
from linli.people.queries.persons import entry_of
from linli.people.queries.vault import opened_vault
from linli.trail.services import record_read


@open_to_all("everybody may have a copy of her own data")
@transaction.atomic
def own_copy(person: Person, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return everything about a person in plain values; the reading is recorded.

    Refuses with OnlyHerself while she acts for another, and with NotAllowed for anybody else.
    """
    if actor.acting_for is not None:
        raise OnlyHerself()
    if actor.person_id not in (person.pk, *_joined(person)):
        raise NotAllowed()
    entry = entry_of(actor, person)
    record_read(on=person, fields=["copy"], actor=actor, now=now, person_id=person.pk)
    return {
        "name": person.name,
        "other_name": person.other_name,
        "sex": person.sex,
        "born_on": person.born_on,
        **opened_vault(actor, person),
        "residencies": [
            {
                "path": row.path, "since": row.since, "until": row.until, "standing": row.standing,
                "basis": row.basis, "basis_until": row.basis_until, "group": row.group,
                "employer": row.employer, "address": row.dwelling.address if row.dwelling else "",
            }
            for row in entry.residencies
        ],
        "households": [
            {"number": m.household.number, "relation": m.relation, "since": m.since, "until": m.until}
            for m in entry.memberships
        ],
        "rolls": [
            {
                "roll": e.roll.name, "kind": e.roll.kind, "since": e.since, "until": e.until,
                "evidence": e.evidence, "detail": e.detail, "quantity": e.quantity,
            }
            for e in entry.rolls
        ],
    }  # fmt: skip


def _joined(person: Person) -> list[int]:
    return list(Person.objects.filter(merged_into=person).values_list("pk", flat=True))
