"""Local values: a city, town or body sets one by its document, and withdraws it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel import locks
from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.rulebook import permits, rules
from linli.rulebook.errors import AlreadyWithdrawn, Overlaps
from linli.rulebook.events import LocalValueAdded, LocalValueWithdrawn
from linli.rulebook.law.model import Parameter
from linli.rulebook.law.values import NotAValue, form_of, parse_value
from linli.rulebook.models import LocalValue
from linli.rulebook.queries import get_parameter, value_above, words
from linli.rulebook.queries.cache import forget
from linli.rulebook.types import Tighten, Value
from linli.trail.services import record
from linli.ui.formats import is_chinese

SPANS = frozenset({"days", "working_days", "months", "years", "hours", "working_hours"})


@dataclass(frozen=True, slots=True)
class Proposed:
    """A value as somebody proposes it: for which place or body, by which document, for when.

    `for_province` enters what the province decided, for all places of the city: the permit is then
    asked at the city, whatever the place.
    """

    value: Any
    place: str
    document_number: str
    document_date: date
    issuer: str
    valid_from: date
    valid_to: date | None = None
    body_id: int | None = None
    for_province: bool = False
    reading: str = ""
    note: str = ""

    @property
    def jurisdiction(self) -> str:
        """Return for whom the value holds."""
        path = rules.chain(self.place, self.body_id)
        return path[1] if self.for_province else path[-1]

    @property
    def asked_at(self) -> str:
        """Return the path at which the permit is asked."""
        return f"{self.place.split('/')[0]}/" if self.for_province else self.place


@transaction.atomic
def add_local_value(key: str, new: Proposed, *, actor: Actor, now: datetime) -> LocalValue:
    """Add a value of a province, city, town, village or body with its document.

    It may only tighten what holds above it, unless the parameter is free to be set.
    Refuses with NotAllowed, UnknownParameter, Invalid, Overlaps.
    """
    locks.hold("rulebook.value", key, new.jurisdiction)
    if new.for_province:
        new = replace(new, place=new.asked_at)
    require(actor, permits.SET_VALUE, at=new.asked_at)
    parameter = get_parameter(key)
    faults = _faults(parameter, new, localdate(now))
    if faults:
        raise Invalid(faults)
    _refuse_overlap(key, new)
    row = _insert(key, new, actor, now)
    forget()
    record(
        "rulebook.value_added", on=row, actor=actor, now=now, place=new.place,
        key=key, jurisdiction=row.jurisdiction, value=row.value, document=new.document_number,
    )  # fmt: skip
    publish(LocalValueAdded(key, row.jurisdiction, new.place, new.valid_from))
    return row


@transaction.atomic
def withdraw_local_value(
    row: LocalValue, *, from_day: date, reason: str, document: str = "", actor: Actor, now: datetime
) -> LocalValue:
    """Withdraw a value from a day on; it stays readable, and decisions keep what they froze.

    Refuses with NotAllowed, AlreadyWithdrawn, Invalid.
    """
    row = LocalValue.objects.select_for_update().get(pk=row.pk)
    require(actor, permits.SET_VALUE, at=row.place)
    if row.withdrawn_from is not None:
        raise AlreadyWithdrawn(move="withdraw", state="withdrawn")
    faults: dict[str, list[str]] = {}
    if from_day < row.valid_from:
        faults["from_day"] = [_("The value begins later than this day.")]
    if not reason.strip():
        faults["reason"] = [_("Say why the value is withdrawn.")]
    if faults:
        raise Invalid(faults)
    row.withdrawn_from, row.withdrawn_at, row.withdrawn_by = from_day, now, actor.label
    row.withdrawal_reason, row.withdrawal_document = reason.strip(), document.strip()
    row.save(
        update_fields=[
            "withdrawn_from", "withdrawn_at", "withdrawn_by",
            "withdrawal_reason", "withdrawal_document",
        ]
    )  # fmt: skip
    forget()
    record(
        "rulebook.value_withdrawn", on=row, actor=actor, now=now, place=row.place,
        key=row.key, jurisdiction=row.jurisdiction, from_day=from_day.isoformat(),
    )  # fmt: skip
    publish(LocalValueWithdrawn(row.key, row.jurisdiction, row.place, from_day))
    return row


def _faults(parameter: Parameter, new: Proposed, today: date) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    for field in ("document_number", "issuer"):
        if not getattr(new, field).strip():
            faults[field] = [_("A value needs its document.")]
    if new.document_date > today:
        faults["document_date"] = [_("A document of the future cannot be entered yet.")]
    if new.valid_from < new.document_date:
        faults["valid_from"] = [_("A document does not hold before its own date.")]
    if new.valid_to is not None and new.valid_to < new.valid_from:
        faults["valid_to"] = [_("The last day is before the first.")]
    if new.for_province and new.body_id is not None:
        faults["body"] = [_("What holds for the whole province holds for no single organisation.")]
    faults |= _value_faults(parameter, new)
    return faults


def _value_faults(parameter: Parameter, new: Proposed) -> dict[str, list[str]]:
    try:
        value = parse_value(new.value)
    except NotAValue:
        return {"value": [_("This is not a value of the kind that this parameter has.")]}
    if value is None or form_of(value) != form_of(parameter.pattern):
        return {"value": [_("This is not a value of the kind that this parameter has.")]}
    least = min(_numbers_in(new.value), default=0)
    if least < 0:
        return {"value": [_("No value of the rulebook is below zero.")]}
    if value == 0 and parameter.unit in SPANS and parameter.pattern != 0:
        # nobody could do it in no time: every matter would be late as it comes
        return {"value": [_("A term has at least one day or hour.")]}
    upper = value_above(parameter, new.jurisdiction, new.place, new.body_id, new.valid_from)
    if upper is None:
        return {}
    if not rules.may_replace(parameter.tighten, upper.value, value):
        return {"value": [_too_loose(parameter, upper)]}
    named = {upper.reading, *(one.name for one in upper.alternatives)} - {""}
    if new.reading and new.reading not in named:
        return {"reading": [_("The law has no such reading.")]}
    return {}


def _numbers_in(raw: Any) -> Iterator[int]:
    """Yield each number in the written form of a value."""
    match raw:
        case bool():
            return
        case int():
            yield raw
        case list():
            for one in raw:
                yield from _numbers_in(one)
        case dict():
            for one in raw.values():
                yield from _numbers_in(one)


def _too_loose(parameter: Parameter, upper: Value) -> str:
    facts = {"value": words(upper)[0 if is_chinese() else 1]}
    match parameter.tighten:
        case Tighten.UP:
            return _("Above you holds: %(value)s. A local value may only be higher.") % facts
        case Tighten.DOWN:
            return _("Above you holds: %(value)s. A local value may only be lower.") % facts
        case Tighten.INSIDE:
            return _("Above you holds: %(value)s. A local value must lie inside.") % facts
    return _("Above you holds: %(value)s. It cannot be changed locally.") % facts


def _refuse_overlap(key: str, new: Proposed) -> None:
    """Refuse a second value for the same days, with the document of the first."""
    same = LocalValue.objects.filter(key=key, jurisdiction=new.jurisdiction)
    for row in same.exclude(withdrawn_from=F("valid_from")):
        last = row.last_day
        if (new.valid_to is None or row.valid_from <= new.valid_to) and (
            last is None or new.valid_from <= last
        ):
            raise Overlaps(issuer=row.issuer, document=row.document_number)


def _insert(key: str, new: Proposed, actor: Actor, now: datetime) -> LocalValue:
    return LocalValue.objects.create(
        key=key,
        jurisdiction=new.jurisdiction,
        level=rules.level_of(new.jurisdiction),
        place=new.place,
        body_id=new.body_id,
        value=new.value,
        reading=new.reading,
        document_number=new.document_number.strip(),
        document_date=new.document_date,
        issuer=new.issuer.strip(),
        note=new.note.strip(),
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        added_by=actor.label,
        added_at=now,
    )
