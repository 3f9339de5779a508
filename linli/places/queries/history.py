"""Places as they were, what became of them, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.kernel.registries import REFERENCES
from linli.places.models import Place, PlaceChange, PlaceChangePart, PlaceDecision, PlaceVersion
from linli.places.rules import Part, restated
from linli.places.types import PlaceRow


@dataclass(frozen=True, slots=True)
class PlaceThen:
    """A place under the name and path it had on a day."""

    id: int
    code: str
    path: str
    kind: str
    name: str
    name_en: str


def places_on(level: str, on: date) -> list[PlaceThen]:
    """Return the places of a level as they were on a day, in the order of their codes."""
    alive = Place.objects.filter(level=level).filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
    )
    then = {
        version.place_id: version
        for version in PlaceVersion.objects.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), place__in=alive, valid_to__gt=on
        )
    }
    rows = []
    for place in alive.order_by("code"):
        was = then.get(place.pk, place)
        rows.append(PlaceThen(place.pk, was.code, was.path, was.kind, was.name, was.name_en))
    return rows


def versions_of(place: Place) -> QuerySet[PlaceVersion]:
    """Earlier names and paths of a place, latest first."""
    return PlaceVersion.objects.filter(place=place).order_by("-valid_to")


def changes_of(place: Place) -> QuerySet[PlaceChange]:
    """Changes that a place came from or went into, latest first."""
    found = Q(parts__old=place) | Q(parts__new=place)
    return (
        PlaceChange.objects.filter(found)
        .distinct()
        .prefetch_related("parts__old", "parts__new")
        .order_by("-effective_on", "-pk")
    )


def successors_of(place: Place | PlaceRow) -> list[Place]:
    """Return the places that a merge or split let follow one that ended, in the order of codes."""
    if place.valid_to is None:
        return []
    found = PlaceChangePart.objects.filter(old_id=place.pk, change__kind__in=["merge", "split"])
    return list(Place.objects.filter(pk__in=found.values("new_id")).order_by("code"))


def restate(values: Mapping[int, int], *, measured_on: date, on: date) -> dict[int, int]:
    """Carry figures by place id of one day to the places of a later day; the sum stays.

    Only merges and splits move figures; a renamed or moved place keeps its own.
    """
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
    return restated(values, list(steps.values()))


def decision_on(place: Place, topic: str, on: date) -> PlaceDecision | None:
    """Return what was decided about a village for a day: topic settlement or category."""
    return decisions_on([place.pk], topic, on).get(place.pk)


def decisions_on(place_ids: Iterable[int], topic: str, on: date) -> dict[int, PlaceDecision]:
    """Return the decisions in force on a day by place id; undecided places are missing."""
    found = PlaceDecision.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        place__in=list(place_ids),
        topic=topic,
        valid_from__lte=on,
    )
    return {decision.place_id: decision for decision in found}


def decisions_of(place: Place) -> QuerySet[PlaceDecision]:
    """Return everything that was decided about a village, latest first."""
    return PlaceDecision.objects.filter(place=place).order_by("-valid_from", "-pk")


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many things of one kind hang on a place, and whether they can follow a change."""

    title: Any
    count: int
    moves: bool


def hanging_on(place: Place) -> list[Hanging]:
    """Return what a change of this place would touch, by every app that registered it."""
    return [
        Hanging(entry.title, entry.count(place.pk), entry.move is not None)
        for entry in REFERENCES
        if entry.to == "place"
    ]
