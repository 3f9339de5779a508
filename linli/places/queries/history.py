"""Places as they were, what became of them, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from linli.places.models import Place, PlaceChange, PlaceChangePart, PlaceDecision, PlaceVersion
from linli.places.types import PlaceRow


def versions_of(place: Place) -> QuerySet[PlaceVersion]:
    """Earlier names and paths of a place, latest first."""
    return PlaceVersion.objects.filter(place=place).order_by("-valid_to")


def changes_of(place: Place) -> QuerySet[PlaceChange]:
    """Changes that a place came from or went into, latest first, with what became something else.

    A list that was handed in is one change of up to thousands of parts that each stay themselves.
    """
    became = PlaceChangePart.objects.exclude(old=F("new")).select_related("old", "new")
    found = Q(parts__old=place) | Q(parts__new=place)
    return (
        PlaceChange.objects.filter(found)
        .distinct()
        .prefetch_related(Prefetch("parts", became.order_by("pk")))
        .order_by("-effective_on", "-pk")
    )


def successors_of(place: Place | PlaceRow) -> list[Place]:
    """Return the places that a merge or split let follow one that ended, in the order of codes."""
    if place.valid_to is None:
        return []
    found = PlaceChangePart.objects.filter(old_id=place.pk, change__kind__in=["merge", "split"])
    return list(Place.objects.filter(pk__in=found.values("new_id")).order_by("code"))


def origins_of(place: Place) -> list[Place]:
    """Return the places that a merge or split made this one of, in the order of codes."""
    found = PlaceChangePart.objects.filter(new=place, change__kind__in=["merge", "split"])
    return list(Place.objects.filter(pk__in=found.values("old_id")).order_by("code"))


def followers_of(place_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the codes of what followed places, by their ids; one query for a whole list."""
    found = PlaceChangePart.objects.filter(
        old_id__in=list(place_ids), change__kind__in=["merge", "split"]
    ).order_by("new__code")
    followers: dict[int, list[str]] = {}
    for old, code in found.values_list("old_id", "new__code"):
        followers.setdefault(old, []).append(code)
    return followers


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


def decided_for(place_id: int) -> int:
    """Count what was decided about a village that holds today or later."""
    found = PlaceDecision.objects.filter(place=place_id)
    return found.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=localdate())).count()


def decisions_of(place: Place) -> QuerySet[PlaceDecision]:
    """Return everything that was decided about a village, latest first."""
    return PlaceDecision.objects.filter(place=place).order_by("-valid_from", "-pk")
