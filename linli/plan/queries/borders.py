"""The towns of a board: those of its day, or those of a later day to whose borders it is carried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from linli.kernel.permits import Actor
from linli.places import queries as places
from linli.places.queries import PlaceThen
from linli.plan.models import PlanDocument
from linli.plan.queries.values import Shown, latest_values
from linli.plan.rules.progress import Count

Values = Mapping[tuple[str, str], Shown]


@dataclass(frozen=True, slots=True)
class When:
    """The day of a board, and the later day to whose towns its figures are carried, if to any."""

    on: date
    to: date | None = None

    @property
    def is_restated(self) -> bool:
        """Whether figures stand under other towns than those they were measured for."""
        return self.to is not None


@dataclass(frozen=True, slots=True)
class Restated(Shown):
    """A value carried from the towns of its day; `known` are the known parts of its counts."""

    is_partial: bool = False
    known: tuple[int | None, int | None] = (None, None)

    @property
    def count(self) -> Count:
        """Its counts, for rules."""
        return Count(self.numerator, self.denominator, self.is_partial, self.is_average)


@dataclass(frozen=True, slots=True)
class Towns:
    """The rows of a board, by what they came from; `moved` counts villages that changed towns."""

    rows: list[PlaceThen]
    before: list[PlaceThen]
    sources: dict[int, list[int]] = field(default_factory=dict)
    borders: places.Borders | None = None
    moved: dict[int, int] = field(default_factory=dict)

    def origins(self, town: PlaceThen) -> list[PlaceThen]:
        """The towns of the day of measuring that went into a town: itself, if nothing happened."""
        ids = self.sources.get(town.id, [])
        return [one for one in self.before if one.id in ids]

    def is_same(self, town: PlaceThen) -> bool:
        """Whether a town is the one that was measured, with nothing more and nothing less."""
        return self.borders is None or self.sources.get(town.id) == [town.id]


def towns_on(document: PlanDocument, when: When, *, with_invented: bool) -> Towns:
    """Return the towns of a board; a fixed number of queries."""
    before = _towns(document, when.on, with_invented=with_invented)
    if when.to is None:
        return Towns(before, before)
    rows = _towns(document, when.to, with_invented=with_invented)
    borders = places.borders_between(when.on, when.to)
    sources = borders.sources([one.id for one in before])
    return Towns(rows, before, sources, borders, _moved(when.on, when.to, sources, before))


def _towns(document: PlanDocument, on: date, *, with_invented: bool) -> list[PlaceThen]:
    """Invented towns stand first. Kept values follow their town, so its path is that of today."""
    found = places.then(on, with_invented=with_invented).filter(
        level="town", path__startswith=document.path
    )
    ordered = found.order_by("-is_invented", "code")
    return [replace(places.as_then(one), path=one.path) for one in ordered]


def _moved(
    on: date, to: date, sources: Mapping[int, list[int]], before: Sequence[PlaceThen]
) -> dict[int, int]:
    """Count by town the villages that came to it out of another town, or left it for another."""
    by_code = {one.code: one.id for one in before}
    town_then = {one.id: by_code.get(one.above) for one in places.places_on("village", on)}
    villages = places.borders_between(on, to).sources(town_then)
    towns_now = {one.code: one.id for one in places.places_on("town", to)}
    moved: dict[int, int] = {}
    for village in places.places_on("village", to):
        town = towns_now.get(village.above, 0)
        came = {town_then[old] for old in villages.get(village.id, [])}
        for other in came - {None, *sources.get(town, [])}:
            left = [new for new, olds in sources.items() if other in olds]
            for one in {town, *left}:
                moved[one] = moved.get(one, 0) + 1
    return moved


def values_on(
    actor: Actor, keys: Iterable[str], towns: Towns, when: When
) -> dict[tuple[str, str], Shown]:
    """Return what indicators said up to the day, under the towns of the board."""
    wanted = sorted(set(keys))
    values = latest_values(actor, wanted, [one.path for one in towns.before], when.on)
    if towns.borders is None:
        return values
    carried: dict[tuple[str, str], Shown] = {}
    for key in wanted:
        carried.update(_carried(key, towns, towns.borders, values))
    return carried


def _carried(
    key: str, towns: Towns, borders: places.Borders, values: Values
) -> dict[tuple[str, str], Shown]:
    by_id = {one.id: values.get((key, one.path)) for one in towns.before}
    numerators = borders.carry({pk: one.numerator if one else None for pk, one in by_id.items()})
    denominators = borders.carry(
        {pk: one.denominator if one else None for pk, one in by_id.items()}
    )
    found: dict[tuple[str, str], Shown] = {}
    for town in towns.rows:
        origins = towns.origins(town)
        parts = [shown for one in origins if (shown := by_id[one.id])]
        if not parts:
            continue
        above, below = numerators[town.id], denominators[town.id]
        lacks = len(parts) < len(origins) or any(one.numerator is None for one in parts)
        found[key, town.path] = Restated(
            key, town.path, min(one.as_of for one in parts), above.value, below.value,
            sum(one.evidence_count for one in parts), max(one.level for one in parts),
            is_partial=lacks and above.known is not None, known=(above.known, below.known),
        )  # fmt: skip
    return found
