"""Rolls: opened, entries added and ended by evidence, closed. No roll is ever made from another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.errors import OnRollAlready, RollClosed, RollNameTaken
from linli.people.models import Person, Roll, RollEntry
from linli.people.queries.scopes import node_of_code
from linli.people.rules.cells import clean_text
from linli.people.rules.names import name_key
from linli.people.types import Fault, RollKind
from linli.people.types.titles import fields_of
from linli.trail.services import record


@transaction.atomic
def open_roll(
    village: str, kind: RollKind, name: str, basis: str, *, on: date, actor: Actor, now: datetime
) -> Roll:
    """Open a roll of one body. Refuses with NotAllowed, NotFound, Invalid, RollNameTaken."""
    node = node_of_code(village)
    if node is None or node.town_id is None:
        raise NotFound(code=village)
    require(actor, permits.EDIT_ROLLS, at=node.path)
    name, basis = clean_text(name)[:200], clean_text(basis)[:200]
    empty = [
        Fault(field, "value_missing") for field, v in (("name", name), ("basis", basis)) if not v
    ]
    if empty:
        raise Invalid(fields_of(empty))
    known = Roll.objects.filter(village_id=node.id, kind=kind, name=name, closed_on__isnull=True)
    if known.exists():
        raise RollNameTaken(name=name)
    roll = Roll.objects.create(
        kind=kind.value, name=name, basis=basis, opened_on=on, path=node.path,
        city_id=node.city_id, town_id=node.town_id, village_id=node.id,
    )  # fmt: skip
    record("people.roll_opened", on=roll, actor=actor, now=now, place=node.path, kind=kind.value)
    return roll


@dataclass(frozen=True, slots=True)
class Entered:
    """How somebody came onto a roll. `quantity` are shares held or square metres owned."""

    since: date
    evidence: str
    detail: str = ""
    quantity: Decimal | None = None


@transaction.atomic
def enter_on_roll(
    roll: Roll, person: Person, entered: Entered, *, actor: Actor, now: datetime
) -> RollEntry:
    """Put somebody on a roll, by evidence. Refuses with NotAllowed, RollClosed, Invalid, OnRollAlready."""
    roll = Roll.objects.select_for_update().get(pk=roll.pk)
    require(actor, permits.EDIT_ROLLS, at=roll.path)
    if roll.closed_on is not None:
        raise RollClosed()
    _check(entered)
    detail = clean_text(entered.detail)[:200]
    open_ = RollEntry.objects.filter(roll=roll, person=person, detail=detail, until__isnull=True)
    if open_.exists():
        raise OnRollAlready(name=person.name)
    entry = RollEntry.objects.create(
        roll=roll, person=person, since=entered.since, detail=detail, quantity=entered.quantity,
        evidence=clean_text(entered.evidence)[:200], name_key=name_key(person.name),
    )  # fmt: skip
    record(
        "people.roll_entered", on=roll, actor=actor, now=now, place=roll.path, person_id=person.pk
    )
    return entry


@transaction.atomic
def end_entry(
    entry: RollEntry, on: date, because: str, *, actor: Actor, now: datetime
) -> RollEntry:
    """Take somebody off a roll, by a reason. Refuses with NotAllowed, RollClosed, WrongState, Invalid."""
    roll = Roll.objects.select_for_update().get(pk=entry.roll_id)
    require(actor, permits.EDIT_ROLLS, at=roll.path)
    if roll.closed_on is not None:
        raise RollClosed()
    entry = RollEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.until is not None:
        raise WrongState(move="end_entry", state="left")
    faults = [] if because.strip() else [Fault("because", "value_missing")]
    if entry.since and on < entry.since:
        faults.append(Fault("until", "ends_before_it_begins"))
    if faults:
        raise Invalid(fields_of(faults))
    entry.until, entry.ended_because = on, clean_text(because)[:500]
    entry.save(update_fields=["until", "ended_because"])
    record("people.roll_left", on=roll, actor=actor, now=now, place=roll.path,
           person_id=entry.person_id)  # fmt: skip
    return entry


@transaction.atomic
def close_roll(roll: Roll, on: date, *, actor: Actor, now: datetime) -> Roll:
    """Close a roll; its entries stay as they were. Refuses with NotAllowed, RollClosed."""
    roll = Roll.objects.select_for_update().get(pk=roll.pk)
    require(actor, permits.EDIT_ROLLS, at=roll.path)
    if roll.closed_on is not None:
        raise RollClosed()
    roll.closed_on = on
    roll.save(update_fields=["closed_on"])
    record("people.roll_closed", on=roll, actor=actor, now=now, place=roll.path)
    return roll


def _check(entered: Entered) -> None:
    faults = [] if entered.evidence.strip() else [Fault("evidence", "value_missing")]
    if entered.quantity is not None and entered.quantity <= 0:
        faults.append(Fault("quantity", "not_positive"))
    if faults:
        raise Invalid(fields_of(faults))
