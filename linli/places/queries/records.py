"""What was decided and drawn, as lists for programs: changes, decisions, cells, outlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.places.models import Cell, Outline, Place, PlaceChange, PlaceChangePart, PlaceDecision
from linli.places.models.covering import holds_on


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which places: one by its code, those of a town, official ones only unless asked."""

    place: str = ""
    town: str = ""
    with_invented: bool = False

    def of(self, prefix: str) -> Q:
        """The condition on a place that is reached by `prefix`, such as "place__"."""
        found = Q()
        if self.place:
            # who names an invented place means it
            return Q(**{f"{prefix}code": self.place})
        if self.town:
            found &= Q(**{f"{prefix}path__contains": f"/{self.town}/"})
        if not self.with_invented:
            found &= Q(**{f"{prefix}is_invented": False})
        return found


def changes_in(scope: Scope, *, kind: str = "", on: date | None = None) -> QuerySet[PlaceChange]:
    """Return dated changes with their parts; `on` is the day by which they hold."""
    parts = PlaceChangePart.objects.filter(scope.of("old__") | scope.of("new__"))
    found = PlaceChange.objects.filter(Exists(parts.filter(change=OuterRef("pk"))))
    if kind:
        found = found.filter(kind=kind)
    if on:
        found = found.filter(effective_on__lte=on)
    return found.prefetch_related("parts__old", "parts__new")


def decisions_in(
    scope: Scope, *, topic: str = "", value: str = "", on: date | None = None
) -> QuerySet[PlaceDecision]:
    """Return decisions of towns about villages: all of them, or those in force on a day."""
    found = PlaceDecision.objects.filter(scope.of("place__")).select_related("place")
    if topic:
        found = found.filter(topic=topic)
    if value:
        found = found.filter(value=value)
    if on:
        found = found.filter(_in_force(on), valid_from__lte=on)
    return found


def cells_in(scope: Scope, *, layer: str = "", on: date) -> QuerySet[Cell]:
    """Return the cells of a day, of one layer or of all."""
    found = Cell.objects.filter(scope.of("place__"), _in_force(on), valid_from__lte=on)
    if layer:
        found = found.filter(layer__key=layer)
    return found.select_related("place", "layer")


def outlines_in(scope: Scope, *, level: str = "", on: date) -> QuerySet[Outline]:
    """Return the outlines of a day."""
    found = Outline.objects.filter(scope.of("place__"), holds_on(on))
    if level:
        found = found.filter(place__level=level)
    return found.select_related("place")


def _in_force(on: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=on)


def parts_after(place: Place) -> QuerySet[PlaceChangePart]:
    """Return what a merge or split made of a place, each with its weight."""
    return _between(PlaceChangePart.objects.filter(old=place))


def parts_before(place: Place) -> QuerySet[PlaceChangePart]:
    """Return the places that a merge or split made a place of."""
    return _between(PlaceChangePart.objects.filter(new=place))


def _between(found: QuerySet[PlaceChangePart]) -> QuerySet[PlaceChangePart]:
    kept = found.filter(change__kind__in=["merge", "split"])
    return kept.select_related("change", "old", "new")


def weight_of_all(change_ids: list[int]) -> dict[tuple[int, int], int]:
    """Return by (change, old place) the sum of the weights of its parts."""
    sums: dict[tuple[int, int], int] = {}
    found = PlaceChangePart.objects.filter(change__in=change_ids)
    for change, old, weight in found.values_list("change_id", "old_id", "weight"):
        sums[change, old] = sums.get((change, old), 0) + weight
    return sums
