"""A copy of all that the register keeps about a person, for herself (PIPL art. 45)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.identity import tidy_id
from linli.kernel.own_data import OWN_DATA, Herself
from linli.kernel.permits import Actor, open_to_all
from linli.people.errors import OnlyHerself
from linli.people.models import Person
from linli.people.queries.persons import entry_of
from linli.people.queries.vault import opened_vault
from linli.runtime.services import limits
from linli.runtime.types import Rate
from linli.trail.queries.readings import readings_of
from linli.trail.services import record_read

TRIES = Rate(10, timedelta(hours=24), burst=5)
MOST_READINGS = 5000


@open_to_all("everybody may have a copy of their own data")
def own_copy(person: Person, number: str, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return everything about a person in plain values, of all apps; the reading is recorded.

    A code to a telephone opens her page, and a number may be another's by now: for what stands in the
    copy in full she types the number of her document too. Of whom the register has no document there
    is none to compare, and no number in the copy. A wrong try is counted, so that it must not be
    undone with a transaction. Refuses with OnlyHerself while she acts for another, with NotAllowed
    for anybody else, TooMany, Invalid.
    """
    if actor.acting_for is not None:
        raise OnlyHerself()
    if actor.person_id not in (person.pk, *_joined(person)):
        raise NotAllowed()
    limits.take("people.own_copy", f"person {person.pk}", rate=TRIES, now=now)
    with transaction.atomic():
        vault = opened_vault(actor, person)
        _check_number(vault["documents"], number)
        record_read(on=person, fields=["copy"], actor=actor, now=now, person_id=person.pk)
        herself = Herself(actor.account_id, [person.pk, *_joined(person)])
        others = {one.key: one.gather(herself, actor=actor, now=now) for one in OWN_DATA}
        return {**_entry(person, vault, actor), **others, "readings": _readings(person)}


def _check_number(documents: list[dict[str, Any]], number: str) -> None:
    known = {tidy_id(one["number"]) for one in documents}
    if known and tidy_id(number) not in known:
        raise Invalid(
            {"number": [_("This is not the number of a document of yours in the register.")]}
        )


def _readings(person: Person) -> list[dict[str, Any]]:
    """Return who read her data, without what the law keeps secret."""
    names = ("at", "label", "path", "purpose", "details")
    return list(readings_of(person.pk).order_by("-at", "-id").values(*names)[:MOST_READINGS])


def _entry(person: Person, vault: dict[str, Any], actor: Actor) -> dict[str, Any]:
    entry = entry_of(actor, person)
    return {
        "name": person.name,
        "other_name": person.other_name,
        "sex": person.sex,
        "born_on": person.born_on,
        **vault,
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
