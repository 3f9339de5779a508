"""Outlines that a city loads: what is wrong with them, what they would change, and what was loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.kernel.reach import below
from linli.places import permits
from linli.places.ground import Ground, outside, square_km
from linli.places.models import Cell, Outline, OutlineLoad, Place
from linli.places.models.covering import holds_on
from linli.places.queries.cells import LEAST_OUTSIDE
from linli.places.queries.outline_faults import (
    Shapes,
    is_odd,
    outline_faults,
    outlines_of,
    places_coded,
)


@dataclass(frozen=True, slots=True)
class OutlineChange:
    """What one outline of a file would change; `given_up` is the share of the old ground left out.

    `overlaps` are codes of places of its level whose own outline covers ground of it too;
    `cells_outside` how many cells of the village lie outside then; what `is_odd` is only taken
    by whoever says that it is right.
    """

    code: str
    place: Place | None
    faults: list[str]
    is_first: bool = False
    replaces_sketch: bool = False
    km2_before: float | None = None
    km2_after: float | None = None
    given_up: float = 0.0
    overlaps: tuple[str, ...] = ()
    cells_outside: int = 0
    is_odd: bool = False


def outline_changes(
    shapes: Shapes, valid_from: date, *, actor: Actor, today: date
) -> list[OutlineChange]:
    """Say what outlines would change, in the order of their codes; nothing is saved.

    Refuses with Invalid for a day too far ahead. What else is wrong stands beside each, also that a place is
    not the actor's.
    """
    faults, known = outline_faults(shapes, valid_from, today), places_coded(shapes)
    for place in known.values():
        if not actor.may(permits.DRAW, at=place.path):
            faults.setdefault(place.code, []).append(_("This place is outside your area."))
    sound = {code: shapes[code] for code in shapes if code not in faults}
    old = {one.place_id: one for one in outlines_of(known[code] for code in sound)}
    both = _overlaps({code: known[code] for code in sound}, sound, max(valid_from, today))
    away = _cells_outside({known[code].pk: geometry for code, geometry in sound.items()})
    return [
        _change(known[code], shapes[code], old.get(known[code].pk), both.get(code, ()), away)
        if code in sound
        else OutlineChange(code, known.get(code), faults[code])
        for code in sorted(shapes)
    ]


def _change(
    place: Place, geometry: Mapping[str, Any], old: Outline | None, overlaps: tuple[str, ...],
    away: Mapping[int, int],
) -> OutlineChange:  # fmt: skip
    return OutlineChange(
        place.code, place, [],
        is_first=old is None, replaces_sketch=old is not None and old.is_schematic,
        km2_before=square_km(old.geometry) if old else None, km2_after=square_km(geometry),
        given_up=outside(old.geometry, geometry) if old else 0.0,
        overlaps=overlaps, cells_outside=away.get(place.pk, 0), is_odd=is_odd(old, geometry),
    )  # fmt: skip


def _overlaps(known: Mapping[str, Place], shapes: Shapes, day: date) -> dict[str, tuple[str, ...]]:
    """Return by code which other own outlines of the level cover ground of it then, in the file or on record."""
    found: dict[str, set[str]] = {}
    for level in {place.level for place in known.values()}:
        mine = {code: shapes[code] for code, place in known.items() if place.level == level}
        beside = Outline.objects.filter(
            holds_on(day), place__level=level, is_schematic=False,
            place__parent__in={known[code].parent_id for code in mine} - {None},
        ).exclude(place__code__in=mine)  # fmt: skip
        ground = Ground({**mine, **dict(beside.values_list("place__code", "geometry"))})
        for one, other in ground.overlaps():
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {code: tuple(sorted(others)) for code, others in found.items()}


def _cells_outside(shapes: Mapping[int, Mapping[str, Any]]) -> dict[int, int]:
    counts: dict[int, int] = {}
    cells = Cell.objects.filter(place__in=list(shapes), valid_to__isnull=True)
    for place_id, geometry in cells.values_list("place_id", "geometry"):
        if outside(geometry, shapes[place_id]) > LEAST_OUTSIDE:
            counts[place_id] = counts.get(place_id, 0) + 1
    return counts


def loads_of(actor: Actor) -> QuerySet[OutlineLoad]:
    """What was loaded for places where the actor draws."""
    reach = below(actor.paths(permits.DRAW), "place__path")
    return OutlineLoad.objects.filter(Exists(Outline.objects.filter(reach, load=OuterRef("pk"))))


def get_load(actor: Actor, pk: int) -> OutlineLoad:
    """Return what was loaded at once. Refuses with NotFound."""
    load = loads_of(actor).filter(pk=pk).first()
    if load is None:
        raise NotFound(load=pk)
    return load
