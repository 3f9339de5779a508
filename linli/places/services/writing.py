"""What every change of places writes down: its document, its parts, the trail, and the news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linli.kernel.events import publish
from linli.kernel.permits import Actor, open_to_all
from linli.places.events import PlacesChanged
from linli.places.models import Place, PlaceChange, PlaceChangePart
from linli.trail.services import record


@dataclass(frozen=True, slots=True)
class Decree:
    """The document that changes places, and the day from which it holds."""

    document: str
    effective_on: date
    reason: str = ""


@open_to_all("called inside a change of places, whose own service asked for the permit")
def write_change(
    kind: str,
    decree: Decree,
    shares: Sequence[tuple[Place, Place, int]],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Record a change with its parts: (old place, new place, weight)."""
    change = PlaceChange.objects.create(
        kind=kind,
        effective_on=decree.effective_on,
        document=decree.document,
        reason=decree.reason,
        made_by=actor.label,
        made_at=now,
    )
    PlaceChangePart.objects.bulk_create(
        PlaceChangePart(change=change, old=old, new=new, weight=weight)
        for old, new, weight in shares
    )
    at = shares[0][0]
    record(f"places.{kind}", on=at, actor=actor, now=now, place=at.path, document=decree.document)
    old_ids = tuple(sorted({old.pk for old, _, _ in shares}))
    new_ids = tuple(sorted({new.pk for _, new, _ in shares}))
    publish(PlacesChanged(change.pk, kind, decree.effective_on, old_ids, new_ids))
