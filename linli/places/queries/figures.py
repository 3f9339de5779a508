"""What the register itself counts on a day, by village and by town; never guessed, never zero for unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import CharField, Count, F, Func, Q, Value

from linli.places.models import Cell
from linli.places.queries.history import decisions_on
from linli.places.queries.restating import steps_between
from linli.places.queries.then import PlaceThen, as_then, places_on, then
from linli.places.rules import Carried, carried, figure, together
from linli.places.types import FIGURES, WITH_COMMITTEE, Category, Settlement

Figures = dict[str, Carried]
UNIT_LAYER = "unit"
NOTHING: Figures = {key: figure(None) for key in FIGURES}
# a town without villages: the register knows that there are none, but not who lives there
EMPTY: Figures = {key: figure(None if key == "households" else 0) for key in FIGURES}


def figures_on(level: str, on: date, *, with_invented: bool = True) -> dict[int, Figures]:
    """Return the figures of a day by place id, for the towns or the villages of that day."""
    villages = places_on("village", on, with_invented=with_invented)
    counted = _of_villages(villages, on)
    return _by_level(level, on, counted, villages, with_invented=with_invented)


def figures_below(path: str, on: date) -> dict[str, Figures]:
    """Return the figures of a day of the villages at a path of that day and below, by their paths."""
    found = then(on).filter(level="village", path_then__startswith=path).order_by("code")
    villages = [as_then(one) for one in found]
    counted = _of_villages(villages, on)
    return {one.path: counted[one.id] for one in villages}


def figures_carried(
    level: str, *, measured_on: date, on: date, with_invented: bool = True
) -> dict[int, Figures]:
    """Return the figures of one day under the towns or villages of a later one; sums stay.

    Villages carry them through merges and splits; a town of the later day has what the villages
    have that lie in it then, so a village that moved takes its figures along.
    """
    villages = places_on("village", measured_on, with_invented=with_invented)
    counted, steps = _of_villages(villages, measured_on), steps_between(measured_on, on)
    moved: dict[int, Figures] = {}
    for key in FIGURES:
        one = carried({place: figures[key] for place, figures in counted.items()}, steps)
        for place, value in one.items():
            moved.setdefault(place, {})[key] = value
    later = places_on("village", on, with_invented=with_invented)
    return _by_level(level, on, moved, later, with_invented=with_invented)


def whole_of(figures: Iterable[Figures]) -> Figures:
    """Return the sum of figures, by key."""
    rows = list(figures)
    return {key: together(row[key] for row in rows) for key in FIGURES}


def _by_level(
    level: str,
    on: date,
    counted: Mapping[int, Figures],
    villages: Iterable[PlaceThen],
    *,
    with_invented: bool,
) -> dict[int, Figures]:
    if level == "village":
        return {one.id: counted.get(one.id, NOTHING) for one in villages}
    inside: dict[str, list[Figures]] = {}
    for one in villages:
        inside.setdefault(one.above, []).append(counted.get(one.id, NOTHING))
    towns = places_on("town", on, with_invented=with_invented)
    return {town.id: whole_of(inside.get(town.code, [EMPTY])) for town in towns}


def _of_villages(villages: list[PlaceThen], on: date) -> dict[int, Figures]:
    ids = {one.code: one.id for one in villages}
    settlement = decisions_on(ids.values(), "settlement", on)
    category = decisions_on(ids.values(), "category", on)
    below = {level: _below(level, on, ids) for level in ("group", "building")}
    cells, households = _cells(ids.values(), on)
    found: dict[int, Figures] = {}
    for one in villages:
        counts_as = settlement[one.id].value if one.id in settlement else ""
        belongs = category[one.id].value if one.id in category else ""
        values: dict[str, int | None] = {
            "villages": 1,
            "with_committee": int(one.kind in WITH_COMMITTEE),
            **{value.value: int(counts_as == value) for value in Settlement},
            "undecided": int(not counts_as),
            **{value.value: int(belongs == value) for value in Category},
            "groups": below["group"].get(one.id, 0),
            "buildings": below["building"].get(one.id, 0),
            "cells": cells.get(one.id, 0),
            "households": households.get(one.id),
        }
        found[one.id] = {key: figure(value) for key, value in values.items()}
    return found


def _below(level: str, on: date, ids: Mapping[str, int]) -> dict[int, int]:
    """Count what stood below each village on the day, by its path of that day; one query."""
    village = Func(
        F("path_then"), Value("/"), Value(3), function="split_part", output_field=CharField()
    )
    found = then(on).filter(level=level).annotate(village_then=village).order_by()
    counts = found.values_list("village_then").annotate(Count("pk"))
    return {ids[code]: count for code, count in counts if code in ids}


def _cells(place_ids: Iterable[int], on: date) -> tuple[dict[int, int], dict[int, int | None]]:
    """Count unit cells and the households in them; one cell without a number and they are unknown."""
    found = Cell.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        layer__key=UNIT_LAYER, place__in=list(place_ids), valid_from__lte=on,
    )  # fmt: skip
    cells: dict[int, int] = {}
    households: dict[int, int | None] = {}
    for place, number in found.values_list("place_id", "households"):
        cells[place] = cells.get(place, 0) + 1
        before = households.get(place, 0)
        households[place] = None if before is None or number is None else before + number
    return cells, households
