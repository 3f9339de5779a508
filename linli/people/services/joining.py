"""Joining two entries of one person; every change is kept for parting them again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from linli.kernel import scope
from linli.kernel.events import publish
from linli.kernel.joined import ACCOUNTS_OF, JOIN_RIGHTS
from linli.kernel.permits import Actor, require, system_actor
from linli.people import models as tables
from linli.people import permits
from linli.people.errors import NotOnePerson
from linli.people.events import PeopleJoined
from linli.people.models import DuplicatePair, Person
from linli.people.queries.meanwhile import marks_of_today
from linli.people.queries.pairs import locked, side_of, villages_of
from linli.people.queries.persons import ids_of_one
from linli.people.rules.joining import why_not_one
from linli.people.rules.names import name_key, same_name
from linli.people.services.mass.terms import rebuild_terms
from linli.people.states import PAIR
from linli.people.types import Relation
from linli.trail.services import record


class Undo:
    """Every change of a joining with the value before it."""

    def __init__(self) -> None:
        self.steps: list[list[Any]] = []

    def set(self, row: models.Model, **values: Any) -> None:
        """Write columns of a row, and keep what stood there."""
        before = {name: getattr(row, name) for name in values}
        plain = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in before.items()}
        self.steps.append([type(row).__name__, row.pk, plain])
        type(row)._default_manager.filter(pk=row.pk).update(**values)

    @staticmethod
    def back(steps: list[list[Any]]) -> None:
        """Put everything back, the last change first."""
        for name, pk, before in reversed(steps):
            getattr(tables, name)._default_manager.filter(pk=pk).update(**before)


@transaction.atomic
def join_pair(
    pair: DuplicatePair, keep_id: int, reason: str, *, actor: Actor, now: datetime
) -> DuplicatePair:
    """Join two entries: what hangs on the one goes over to the one that is kept.

    What other registers hold keeps pointing to its entry, which points to the kept one.
    Refuses with NotAllowed, WrongState, NotOnePerson, and with what the hook on rights refuses.
    """
    pair = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    require(actor, permits.MERGE, at=pair.path)
    pair.state = PAIR.after(pair.state, "join")
    with scope.acting(system_actor("people.join")):
        both = {p.pk: p for p in locked(pair)}
        kept = both.pop(keep_id if keep_id in both else pair.one_id)
        (gone,) = both.values()
        why = why_not_one(side_of(kept), side_of(gone))
        if why:
            raise NotOnePerson(why)
        entries = (ids_of_one(kept.pk), ids_of_one(gone.pk))
        JOIN_RIGHTS.call(*entries, actor=actor, now=now)
        undo = Undo()
        _move(gone, kept, undo, now)
        _retarget(gone, kept, undo)
        marks = marks_of_today()
    pair.undo = {
        "kept": kept.pk, "gone": gone.pk, "steps": undo.steps, "marks": marks,
        "accounts": list(ACCOUNTS_OF.call([kept.pk, gone.pk])),
    }  # fmt: skip
    pair.came_since = None
    pair.decided_at, pair.decided_by, pair.reason = now, actor.label, reason.strip()[:500]
    pair.save()
    record("people.joined", on=pair, actor=actor, now=now, place=pair.path,
           person_id=kept.pk, gone=gone.pk)  # fmt: skip
    publish(PeopleJoined(kept_id=kept.pk, gone_id=gone.pk))
    return pair


def _move(gone: Person, kept: Person, undo: Undo, now: datetime) -> None:
    before = villages_of(gone.pk, kept.pk)
    _move_residencies(gone, kept, undo)
    _move_vault(gone, kept, undo, now)
    _move_memberships(gone, kept, undo, now)
    for party in tables.DwellingParty.objects.filter(person=gone):
        undo.set(party, person_id=kept.pk)
    _move_rolls(gone, kept, undo, now)
    if not same_name(gone.name, kept.name) and not kept.other_name:
        undo.set(kept, other_name=gone.name)
    undo.set(gone, merged_into_id=kept.pk)
    Person.objects.filter(pk__in=[gone.pk, kept.pk]).update(
        version=F("version") + 1, changed_at=now
    )
    rebuild_terms([gone.pk, kept.pk], also_in=before)


def _move_residencies(gone: Person, kept: Person, undo: Undo) -> None:
    lives = tables.Residency.objects.filter(until__isnull=True, is_shadowed=False)
    there = set(lives.filter(person=kept).values_list("village_id", flat=True))
    for row in tables.Residency.objects.filter(person=gone, is_shadowed=False):
        if row.until is None and row.village_id in there:
            undo.set(row, is_shadowed=True)
        else:
            undo.set(
                row, person_id=kept.pk, name_key=name_key(kept.name), sex=kept.sex,
                born_on=kept.born_on or row.born_on,
            )  # fmt: skip


def _move_vault(gone: Person, kept: Person, undo: Undo, now: datetime) -> None:
    """Documents and contacts go over; what the kept entry has already ends here."""
    for table, index in ((tables.PersonDocument, "number_index"), (tables.Contact, "value_index")):
        mine = table._default_manager.filter(person=kept, until__isnull=True)
        held = {bytes(v) for pair in mine.values_list(index, f"{index}_next") for v in pair if v}
        for row in table._default_manager.filter(person=gone):
            indexes = {bytes(v) for v in (getattr(row, index), getattr(row, f"{index}_next")) if v}
            if indexes & held:
                undo.set(row, until=row.until or localdate(now))
            else:
                undo.set(row, person_id=kept.pk)


def _move_memberships(gone: Person, kept: Person, undo: Undo, now: datetime) -> None:
    members = tables.HouseholdMember.objects.filter(until__isnull=True)
    there = {row.household_id: row for row in members.filter(person=kept)}
    for row in tables.HouseholdMember.objects.filter(person=gone):
        same = there.get(row.household_id)
        if row.until is None and same:
            undo.set(row, until=localdate(now))
            if row.relation == Relation.HEAD:
                undo.set(same, relation=Relation.HEAD.value)
        else:
            undo.set(row, person_id=kept.pk)


def _move_rolls(gone: Person, kept: Person, undo: Undo, now: datetime) -> None:
    entries = tables.RollEntry.objects.filter(until__isnull=True)
    there = set(entries.filter(person=kept).values_list("roll_id", "detail"))
    for row in tables.RollEntry.objects.filter(person=gone):
        if row.until is None and (row.roll_id, row.detail) in there:
            undo.set(row, until=localdate(now))
        else:
            undo.set(row, person_id=kept.pk, name_key=name_key(kept.name))


def _retarget(gone: Person, kept: Person, undo: Undo) -> None:
    """Entries that were joined to the one that goes now point to the kept one."""
    for person in Person.objects.filter(Q(merged_into=gone)):
        undo.set(person, merged_into_id=kept.pk)
