"""Posts that look after cells: named, and relieved."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.grid import permits
from linli.grid.errors import AlreadyThere, Over
from linli.grid.models import CellDuty
from linli.grid.queries.cells import find_layer, is_cell_of
from linli.grid.rules.cells import Span, overlap
from linli.grid.types import CellKey, DutyFacts
from linli.kernel.errors import Invalid, NotFound, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.orgs import queries as orgs
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def name_duty(
    place: Place, cell: CellKey, facts: DutyFacts, *, actor: Actor, now: datetime
) -> CellDuty:
    """Let a post look after a cell from a day on. Refuses with NotAllowed, Invalid, AlreadyThere."""
    require(actor, permits.KEEP, at=place.path)
    register.refuse_ended(place)
    hold("grid.duty", place.pk)
    layer = find_layer(cell.layer)
    _check(place, cell, facts, actor=actor, today=localdate(now))
    span = Span(facts.since, facts.until)
    same = CellDuty.objects.filter(
        path=place.path, layer=layer, cell_code=cell.code, post_id=facts.post_id,
        role=facts.role, shift=facts.shift,
    )  # fmt: skip
    if any(overlap(span, Span(one.since, one.until)) for one in same):
        raise AlreadyThere()
    duty = CellDuty.objects.create(
        path=place.path, layer=layer, cell_code=cell.code, post_id=facts.post_id,
        role=facts.role, shift=facts.shift, since=facts.since, until=facts.until, made_at=now,
    )  # fmt: skip
    _record("grid.duty_named", duty, actor, now)
    return duty


@transaction.atomic
def end_duty(
    duty: CellDuty, *, on: date, edition: int | None = None, actor: Actor, now: datetime
) -> CellDuty:
    """Relieve a post of a cell from a day on; one that never began leaves no day.

    Refuses with NotAllowed, Over, Stale, Invalid.
    """
    duty = CellDuty.objects.select_for_update().get(pk=duty.pk)
    require(actor, permits.KEEP, at=duty.path)
    if edition is not None and edition != duty.edition:
        raise Stale()
    if duty.until is not None and duty.until <= localdate(now):
        raise Over()
    if on < duty.since:
        raise Invalid({"on": [_("It cannot end before it begins.")]})
    duty.until, duty.edition = on, duty.edition + 1
    duty.save(update_fields=["until", "edition"])
    _record("grid.duty_ended", duty, actor, now)
    return duty


def _record(verb: str, duty: CellDuty, actor: Actor, now: datetime) -> None:
    record(
        verb, on=duty, actor=actor, now=now, place=duty.path, cell=duty.cell_code,
        post_id=duty.post_id, role=duty.role, shift=duty.shift,
    )  # fmt: skip


def _check(place: Place, cell: CellKey, facts: DutyFacts, *, actor: Actor, today: date) -> None:
    if not is_cell_of(place, cell):
        raise Invalid({"cell": [_("No cell of today has this code here.")]})
    faults: dict[str, list[str]] = {}
    if facts.until is not None and facts.until <= facts.since:
        faults["until"] = [_("The last day must be after the first.")]
    try:
        post = orgs.get_post(actor, facts.post_id)
    except NotFound:
        faults["post_id"] = [_("Choose one of the posts shown.")]
    else:
        if not place.path.startswith(post.path):
            faults["post_id"] = [_("This post works elsewhere.")]
        elif post.closed_on is not None and post.closed_on <= max(facts.since, today):
            faults["post_id"] = [_("This post is closed.")]
    if faults:
        raise Invalid(faults)
