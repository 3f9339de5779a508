"""What covers the ground of a place ends with it; of merged places the new one takes it over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q
from django.db.models.functions import Greatest

from linli.places.ground import united
from linli.places.models.tables import Cell, Outline, Place


def holds_on(day: date) -> Q:
    """Say of outlines that they hold on a day: one may be on record that begins later."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & lasts_beyond(day)


def lasts_beyond(day: date) -> Q:
    """Say of outlines that they do not end by a day."""
    return Q(valid_to__isnull=True) | Q(valid_to__gt=day)


def close_ground(place: Place, on: date) -> None:
    """End outline and cells of a place that ends; an outline of a later day then never holds."""
    Outline.objects.filter(lasts_beyond(on), place=place).update(
        # GREATEST passes over NULL: an outline without a first day ends on this one
        valid_to=Greatest(F("valid_from"), on)
    )
    Cell.objects.filter(place=place, valid_to__isnull=True).update(
        valid_to=Greatest(F("valid_from"), on), version=F("version") + 1
    )


def carry_ground(olds: Sequence[Place], new: Place, on: date, *, today: date) -> None:
    """Give the ground of merged places to the one that follows: one outline, and every cell.

    It is that of today also where the merge looks back; what was loaded for a later day goes with them.
    """
    outlines = list(Outline.objects.filter(holds_on(today), place__in=olds))
    cells = list(Cell.objects.filter(place__in=olds, valid_to__isnull=True))
    for old in olds:
        close_ground(old, on)
    geometry = united([outline.geometry for outline in outlines])
    if geometry is not None and len(outlines) == len(olds):
        Outline.objects.create(
            place=new,
            geometry=geometry,
            is_schematic=any(outline.is_schematic for outline in outlines),
            source="; ".join(sorted({outline.source for outline in outlines}))[:200],
            valid_from=on,
        )
    Cell.objects.bulk_create(
        Cell(
            layer_id=cell.layer_id,
            place=new,
            code=cell.code,
            name=cell.name,
            geometry=cell.geometry,
            households=cell.households,
            valid_from=max(cell.valid_from, on),
        )
        for cell in cells
    )
