"""Places that are visited in a rhythm, and the visits; what was learnt there becomes a case."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.grid import permits
from linli.grid.models import Stop, Visit
from linli.grid.queries.cells import find_layer, is_cell_of
from linli.grid.rules.endings import refuse_over
from linli.grid.rules.rounds import believed, due_after
from linli.grid.services.events import report_event
from linli.grid.types import CellKey, Outcome, Sight, StopFacts
from linli.kernel.errors import Invalid
from linli.kernel.locks import hold
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.places import queries as places
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def add_stop(place: Place, cell: CellKey, facts: StopFacts, *, actor: Actor, now: datetime) -> Stop:
    """Let a place be visited in a rhythm, the first time today. Refuses with NotAllowed, Invalid."""
    require(actor, permits.WORK, at=place.path)
    register.refuse_ended(place)
    faults: dict[str, list[str]] = {}
    title = clean_text(facts.title).strip()
    if not is_cell_of(place, cell):
        faults["cell"] = [_("No cell of today has this code here.")]
    if not title:
        faults["title"] = [_("Say which place it is.")]
    if not 1 <= facts.every_days <= 366:
        faults["every_days"] = [_("Give a number of days from 1 to 366.")]
    part = None
    if facts.part_code:
        part = places.all_places(with_invented=True).filter(code=facts.part_code).first()
        if part is None or not part.path.startswith(place.path):
            faults["part_code"] = [_("This building or group is not in the village.")]
    if faults:
        raise Invalid(faults)
    today = localdate(now)
    stop = Stop.objects.create(
        path=place.path, layer=find_layer(cell.layer), cell_code=cell.code, part=part,
        title=title, every_days=facts.every_days, since=today, due_on=today,
    )  # fmt: skip
    record("grid.stop_added", on=stop, actor=actor, now=now, place=place.path, cell=cell.code,
           every_days=facts.every_days)  # fmt: skip
    return stop


@transaction.atomic
def end_stop(stop: Stop, *, actor: Actor, now: datetime) -> Stop:
    """Visit a place no more. Refuses with NotAllowed, Over."""
    stop = Stop.objects.select_for_update().get(pk=stop.pk)
    require(actor, permits.WORK, at=stop.path)
    refuse_over(stop, ends="until")
    stop.until, stop.edition = localdate(now), stop.edition + 1
    stop.save(update_fields=["until", "edition"])
    record("grid.stop_ended", on=stop, actor=actor, now=now, place=stop.path)
    return stop


@transaction.atomic
def record_visit(
    stop: Stop,
    outcome: str,
    *,
    learnt: Sight | None = None,
    on: date | None = None,
    key: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Visit:
    """Record a visit; the same key twice does nothing twice. Refuses with NotAllowed, Over, Invalid."""
    require(actor, permits.WORK, at=stop.path)
    if key is not None:
        hold("grid.visit", key)
        known = Visit.objects.filter(key=key, stop=stop).first()
        if known is not None:
            return known
    stop = Stop.objects.select_for_update().select_related("layer").get(pk=stop.pk)
    refuse_over(stop, ends="until")
    day = _check(outcome, learnt, on, localdate(now))
    case_id = None
    if learnt is not None:
        place = places.open_place(code_of(stop.path))
        cell = CellKey(stop.layer.key, stop.cell_code)
        case_id = report_event(place, cell, learnt, actor=actor, now=now).case_id
    visit = Visit.objects.create(stop=stop, on=day, outcome=outcome, case_id=case_id, key=key)
    # nobody there: the place stays due, it was not seen
    if outcome != Outcome.NOBODY and (stop.last_on is None or day > stop.last_on):
        stop.last_on, stop.due_on = day, due_after(day, stop.every_days)
        stop.save(update_fields=["last_on", "due_on"])
    record("grid.visited", on=stop, actor=actor, now=now, place=stop.path, outcome=outcome)
    return visit


def _check(outcome: str, learnt: Sight | None, on: date | None, today: date) -> date:
    faults: dict[str, list[str]] = {}
    if outcome not in {str(one) for one in Outcome}:
        faults["outcome"] = [_("Choose how it was.")]
    if outcome == Outcome.LEARNT and learnt is None:
        faults["text"] = [_("Say what was learnt, or choose another answer.")]
    elif outcome != Outcome.LEARNT and learnt is not None:
        faults.setdefault(
            "outcome",
            [_("You wrote what was learnt: choose “something was learnt”, or clear the words.")],
        )
    day = believed(on or today, today)
    if day is None:
        faults["on"] = [_("The day of the phone cannot be right. Set its clock.")]
    if faults or day is None:
        raise Invalid(faults)
    return day
