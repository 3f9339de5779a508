"""Reads on places. Places are public."""

from __future__ import annotations

import time
from collections.abc import Sequence

from django.db.models import Count, Max, QuerySet

from linli.kernel.errors import NotFound
from linli.places.ground import Ground
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


class _Held:
    """The outlines of today in memory, read again when the newest one changed."""

    def __init__(self) -> None:
        self.stamp: tuple[int, int] | None = None
        self.ground: Ground[str] = Ground({})
        self.looked_at = 0.0

    def now(self) -> Ground[str]:
        if time.monotonic() - self.looked_at > FRESH_SECONDS or self.stamp is None:
            stamp = self._stamp()
            if stamp != self.stamp:
                self.ground, self.stamp = self._read(), stamp
            self.looked_at = time.monotonic()
        return self.ground

    def _stamp(self) -> tuple[int, int]:
        found = Outline.objects.aggregate(newest=Max("pk"), closed=Count("valid_to"))
        return (found["newest"] or 0, found["closed"])

    def _read(self) -> Ground[str]:
        rows = Outline.objects.filter(valid_to__isnull=True, place__level="village")
        found = rows.order_by("place__is_invented", "place__code")
        return Ground(dict(found.values_list("place__code", "geometry")))


FRESH_SECONDS = 5.0
_held = _Held()


def locate(lon: float, lat: float) -> str | None:
    """Return the code of the village around a point (WGS-84), or None outside all outlines."""
    return _held.now().locate(lon, lat)


def locate_many(lons: Sequence[float], lats: Sequence[float]) -> list[str | None]:
    """Return a village code or None for each point, in the order given."""
    return _held.now().locate_many(lons, lats)
