"""Places as they are today."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.kernel.errors import NotFound
from linli.places.models import Outline, Place


def path_of(code: str) -> str | None:
    """Return the path of a code, or None."""
    return Place.objects.filter(code=code).values_list("path", flat=True).first()


def get_place(code: str) -> Place:
    """Return a place by its code. Refuses with NotFound."""
    place = Place.objects.filter(code=code).first()
    if place is None:
        raise NotFound(code=code)
    return place


def all_places(*, with_invented: bool = False) -> QuerySet[Place]:
    """Every place of today; official ones only unless asked."""
    found = Place.objects.filter(valid_to__isnull=True).select_related("parent")
    return found if with_invented else found.filter(is_invented=False)


def places_of_level(level: str, *, with_invented: bool = False) -> QuerySet[Place]:
    """Places of one level in the order of their codes; official ones only unless asked."""
    return all_places(with_invented=with_invented).filter(level=level)


def children_of(place: Place) -> QuerySet[Place]:
    """The places directly below, in the order of their codes."""
    return Place.objects.filter(parent=place, valid_to__isnull=True).order_by("code")


def ancestors_of(place: Place) -> list[Place]:
    """The chain from the city down to the parent; one query."""
    codes = place.path.strip("/").split("/")[:-1]
    found = {p.code: p for p in Place.objects.filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def outlines_below(place: Place) -> QuerySet[Outline]:
    """Today's outlines of the places directly below."""
    return (
        Outline.objects.filter(place__parent=place, valid_to__isnull=True)
        .select_related("place")
        .order_by("place__code")
    )
