"""What lies in a cell: people, homes, bodies, matters and things (人、房、企、事、物), as numbers alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from linli.cases.queries.intake import MILLION, spots_at
from linli.grid.models import CellPart, Sighting, Stop
from linli.grid.queries.rounds import visible_events
from linli.kernel.permits import Actor
from linli.orgs.queries.register import count_bodies
from linli.people.queries.counting import count_at
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.places.models import Cell, Layer, Place


@dataclass(frozen=True, slots=True)
class Objects:
    """How much of each lies in a cell.

    People, homes and bodies are None while neither somebody said nor a drawn ground tells which groups
    and buildings lie in it, unless it is the only cell of its village.
    """

    people: int | None
    homes: int | None
    bodies: int | None
    events: int
    stops: int
    things: int


def parts_in(place: Place, layer: Layer, code: str) -> QuerySet[CellPart]:
    """Return the groups and buildings of today that lie in a cell, in the order of their codes."""
    found = CellPart.objects.filter(path=place.path, layer=layer, cell_code=code)
    return found.filter(part__valid_to__isnull=True).select_related("part").order_by("part__code")


def places_in(place: Place, layer: Layer, code: str) -> list[Place]:
    """Return the groups and buildings of today that lie in a cell, in the order of their codes.

    Those that somebody put there, and those that nobody put anywhere whose drawn ground lies in it.
    """
    put = {one.part for one in parts_in(place, layer, code)}
    known = CellPart.objects.filter(path=place.path, layer=layer).values_list("part_id", flat=True)
    drawn = [one for one in places.points_of_parts(place) if one[0].pk not in set(known)]
    around = places.cells_around(layer.key, [(place.path, point) for _part, point in drawn])
    lying = {
        part
        for (part, _point), found in zip(drawn, around, strict=True)
        if found == (place.path, code)
    }
    return sorted(put | lying, key=lambda one: one.code)


def part_choices(place: Place, layer: Layer, code: str) -> list[tuple[str, str]]:
    """Return (id, name) of the village's groups and buildings, with the cell where another has it."""
    rows = CellPart.objects.filter(path=place.path, layer=layer)
    at = dict(rows.values_list("part_id", "cell_code"))
    return [
        (str(one.pk), one.name if at.get(one.pk, code) == code else f"{one.name} ({at[one.pk]})")
        for one in places.parts_of(place).order_by("path")
    ]


def objects_of(place: Place, layer: Layer, cell: Cell, on: date, actor: Actor) -> Objects:
    """Return what lies in a cell on a day, events as far as the actor sees them; a fixed number of queries."""
    parts = places_in(place, layer, cell.code)
    is_whole = not parts and places.cells_of(place, layer).count() == 1
    buildings = [one.name for one in parts if one.level == "building"]
    groups = [name for one in parts if one.level == "group" for name in (one.name, one.short_name)]
    people, homes, bodies = None, None, None
    if parts or is_whole:
        people, homes = count_at(place.pk, buildings=buildings, groups=groups, is_whole=is_whole)
        bodies = count_bodies(place.path, None if is_whole else buildings, on=on)
    here = {"path": place.path, "layer": layer, "cell_code": cell.code}
    seen = Sighting.objects.filter(**here).values("case_id")
    events = visible_events(actor).filter(pk__in=seen, is_open=True)
    stops = Stop.objects.filter(**here, until__isnull=True)
    things = _things(place, layer, cell.code)
    return Objects(people, homes, bodies, events.count(), stops.count(), things)


def _things(place: Place, layer: Layer, code: str) -> int:
    """Lamp posts, lifts and other spots with a printed code whose point lies in the cell."""
    spots = [
        (path, None if lon is None or lat is None else (lon / MILLION, lat / MILLION))
        for path, lon, lat in spots_at(place.path)
    ]
    return sum(found == (place.path, code) for found in places.cells_around(layer.key, spots))
