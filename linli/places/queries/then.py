"""The register on a day: places under the names, kinds and paths that they had then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from linli.places.models import Place, PlaceDecision, PlaceVersion
from linli.places.types import LEVELS_DOWN, Level

KEPT = ("path", "kind", "name", "name_en", "short_name")
UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class PlaceThen:
    """A place under the name and path it had on a day."""

    id: int
    code: str
    path: str
    level: str
    kind: str
    name: str
    name_en: str
    short_name: str
    is_invented: bool
    valid_from: date | None
    valid_to: date | None
    lon: float | None
    lat: float | None

    @property
    def pk(self) -> int:
        """The id, under the name that tables use."""
        return self.id

    @property
    def above(self) -> str:
        """The code of the place above on that day, or nothing."""
        return self.path.strip("/").rpartition("/")[0].rpartition("/")[2]


def then(on: date, *, with_invented: bool = True) -> QuerySet[Any]:
    """Every place that was there on a day, with `path_then`, `kind_then` and names of that day."""
    versions = PlaceVersion.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on), place=OuterRef("pk"), valid_to__gt=on
    ).order_by("valid_to")
    found = Place.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
    )
    if not with_invented:
        found = found.filter(is_invented=False)
    return found.annotate(
        **{f"{name}_then": Coalesce(Subquery(versions.values(name)[:1]), F(name)) for name in KEPT}
    )


def then_named(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    """Narrow rows of `then` to a part of the name of that day, or the beginning of the code."""
    by_name = Q(name_then__icontains=word) | Q(name_en_then__icontains=word)
    return found.filter(by_name | Q(code__startswith=word))


def as_then(place: Any) -> PlaceThen:
    """Return a row of `then` as a value."""
    return PlaceThen(
        place.pk, place.code, place.path_then, place.level, place.kind_then, place.name_then,
        place.name_en_then, place.short_name_then or place.name_then, place.is_invented,
        place.valid_from, place.valid_to, place.lon, place.lat,
    )  # fmt: skip


def directly_below(found: QuerySet[Any], above: PlaceThen | None) -> QuerySet[Place]:
    """Keep of the places of a day those directly below one; none below a place that was not there."""
    if above is None or above.level == LEVELS_DOWN[-1]:
        return found.none()
    level = LEVELS_DOWN[LEVELS_DOWN.index(Level(above.level)) + 1]
    return found.filter(level=level, path_then__startswith=above.path)


def places_on(level: str, on: date, *, with_invented: bool = True) -> list[PlaceThen]:
    """Return the places of a level as they were on a day, in the order of their codes."""
    found = then(on, with_invented=with_invented).filter(level=level).order_by("code")
    return [as_then(place) for place in found]


def named_on(codes: Iterable[str], on: date) -> dict[str, PlaceThen]:
    """Return places of a day by code, such as those above others; one query."""
    return {one.code: as_then(one) for one in then(on).filter(code__in=set(codes))}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which places of a day: empty words mean any."""

    level: str = "village"
    town: str = ""
    kind: str = ""
    settlement: str = ""
    category: str = ""
    word: str = ""


def wanted_on(wanted: Wanted, on: date, *, with_invented: bool = True) -> QuerySet[Any]:
    """Return the places of a day that fit, by what they were and what was decided then."""
    found = then(on, with_invented=with_invented)
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.town:
        found = found.filter(path_then__contains=f"/{wanted.town}/")
    if wanted.kind:
        found = found.filter(kind_then=wanted.kind)
    if wanted.word:
        by_name = Q(name_then__icontains=wanted.word) | Q(name_en_then__icontains=wanted.word)
        found = found.filter(by_name | Q(code__startswith=wanted.word))
    for topic in ("settlement", "category"):
        value = getattr(wanted, topic)
        if value:
            found = found.filter(_decided(topic, value, on))
    return found


def _decided(topic: str, value: str, on: date) -> Q:
    held = PlaceDecision.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        place=OuterRef("pk"),
        topic=topic,
        valid_from__lte=on,
    )
    if value == UNDECIDED:
        return ~Q(Exists(held))
    return Q(Exists(held.filter(value=value)))
