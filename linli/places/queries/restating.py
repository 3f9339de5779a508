"""Figures of one day under the borders of another: what merges and splits carry along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from linli.places.models import PlaceChangePart
from linli.places.rules import Carried, Part, became, carried, figure, restated


def steps_between(measured_on: date, on: date) -> list[list[Part]]:
    """Return the merges and splits after one day and up to another, in their order."""
    found = (
        PlaceChangePart.objects.filter(
            change__kind__in=["merge", "split"],
            change__effective_on__gt=measured_on,
            change__effective_on__lte=on,
        )
        .order_by("change__effective_on", "change_id", "pk")
        .values_list("change_id", "old_id", "new_id", "weight")
    )
    steps: dict[int, list[Part]] = {}
    for change, old, new, weight in found:
        steps.setdefault(change, []).append(Part(old, new, weight))
    return list(steps.values())


@dataclass(frozen=True, slots=True)
class Borders:
    """The merges and splits between two days, read once to carry many figures."""

    steps: list[list[Part]]

    def carry(self, values: Mapping[int, int | None]) -> dict[int, Carried]:
        """Return figures by place id of the later day; the sum of what is known stays."""
        return carried({place: figure(value) for place, value in values.items()}, self.steps)

    def sources(self, place_ids: Iterable[int]) -> dict[int, list[int]]:
        """Return for each place of the later day those of the earlier one that went into it."""
        found: dict[int, list[int]] = {}
        for old, shares in became(place_ids, self.steps).items():
            for new in shares:
                found.setdefault(new, []).append(old)
        return found


def borders_between(measured_on: date, on: date) -> Borders:
    """Return what carries figures of one day to the places of a later one; one query."""
    return Borders(steps_between(measured_on, on))


def restate(values: Mapping[int, int], *, measured_on: date, on: date) -> dict[int, int]:
    """Carry figures by place id of one day to the places of a later day; the sum stays.

    Only merges and splits move figures; a renamed or moved place keeps its own.
    """
    return restated(values, steps_between(measured_on, on))


def became_of(
    place_ids: Iterable[int], *, measured_on: date, on: date
) -> dict[int, dict[int, Fraction]]:
    """Return what places of one day are on a later one: by id of the new place, its share."""
    return became(place_ids, steps_between(measured_on, on))
