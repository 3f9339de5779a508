"""Telling apart people who are alike by the end of a number: traced, and not often."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from linli.kernel import scope, sealing
from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.models import PersonDocument
from linli.runtime.services.limits import take
from linli.runtime.types import Rate
from linli.trail.services import record_read

# nobody finds a number out by trying
RATE = Rate(20, timedelta(hours=1))
BUCKET = "people.tell_apart"


def whose_ends_with(
    people: Mapping[int, str], end: str, *, actor: Actor, now: datetime
) -> list[int]:
    """Return which of some people have a valid document whose number ends so; no number leaves this function.

    `people`: the path of the place of each. That their numbers were compared is recorded with each of them.
    Refuses with NotAllowed, TooMany.
    """
    for path in sorted(set(people.values())):
        require(actor, permits.VIEW, at=path)
    take(BUCKET, f"account {actor.account_id}", rate=RATE, now=now)
    with transaction.atomic():
        for person_id, path in sorted(people.items()):
            record_read(on=("people.person", person_id), fields=["number_end"], actor=actor, now=now,
                        place=path, person_id=person_id)  # fmt: skip
        return sorted(_ending(actor, people, end.upper()))


def _ending(actor: Actor, people: Collection[int], end: str) -> set[int]:
    with scope.acting(actor):
        rows = list(PersonDocument.objects.filter(person_id__in=people, until__isnull=True))
    return {
        row.person_id
        for row in rows
        if sealing.open_sealed(
            bytes(row.number), table="people_persondocument", column="number", row=row.pk
        ).upper().endswith(end)
    }  # fmt: skip
