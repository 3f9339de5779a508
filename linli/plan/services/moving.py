"""Heads follow when places move or merge; what a town filed stays the town's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all
from linli.places.queries.rows_of_others import FOLLOW
from linli.plan.models import (
    FundingLine,
    Pilot,
    Practice,
    Report,
    TownPlan,
    Visit,
)
from linli.trail.services import record

WORK: tuple[Any, ...] = (Pilot, Practice, Visit, FundingLine)
HEADS = (*WORK, TownPlan, Report)


@open_to_all("follows a change of places, whose own service asked for the permit")
@transaction.atomic
def follow_places(*, actor: Actor, now: datetime) -> int:
    """Bring heads to where their places are now. Run again, it changes nothing."""
    hold("plan.moving")
    changed = _follow_heads()
    if changed:
        record("plan.followed_places", on=("plan.heads", 0), actor=actor, now=now, rows=changed)
    return changed


@open_to_all("called inside a merge of places, whose own service asked for the permit")
@transaction.atomic
def rehouse(old_place_id: int, new_place_id: int, *, actor: Actor, now: datetime) -> int:
    """Point pilots, cards, visits and money at the place that took another over."""
    moved = 0
    for model in WORK:
        moved += model.objects.filter(place_id=old_place_id).update(place_id=new_place_id)
    _follow_heads()
    if moved:
        record("plan.rehoused", on=("places.place", new_place_id), actor=actor, now=now, rows=moved)
    return moved


def _follow_heads() -> int:
    changed = 0
    with connection.cursor() as cursor:
        for model in HEADS:
            cursor.execute(FOLLOW.format(table=model._meta.db_table))
            changed += cursor.rowcount
    return changed
