"""Groups and buildings of a village as a list, and where somebody keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.places import permits
from linli.places.ground import point_in
from linli.places.models import Outline, Place
from linli.places.models.covering import holds_on


@dataclass(frozen=True, slots=True)
class PartsWanted:
    """Which parts of a village: empty words mean any; ended ones only when asked for."""

    level: str = ""
    word: str = ""
    with_ended: bool = False


def parts_of(village: Place, wanted: PartsWanted = PartsWanted()) -> QuerySet[Place]:
    """Return the groups and buildings of a village, each with the place it stands below."""
    found = Place.objects.filter(path__startswith=village.path).exclude(pk=village.pk)
    found = found.select_related("parent")
    if not wanted.with_ended:
        found = found.filter(valid_to__isnull=True)
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.word:
        by_name = Q(name__icontains=wanted.word) | Q(name_en__icontains=wanted.word)
        found = found.filter(by_name | Q(code__startswith=wanted.word))
    return found


def points_of_parts(village: Place) -> list[tuple[Place, tuple[float, float]]]:
    """Return the buildings and groups of today whose ground is drawn, each with a point that lies in it.

    A schematic outline tells no ground.
    """
    drawn = Outline.objects.filter(
        holds_on(localdate()), place__in=parts_of(village), is_schematic=False
    )
    return [
        (one.place, point_in(one.geometry))
        for one in drawn.select_related("place").order_by("place__code")
    ]


def count_parts(village: Place) -> dict[str, int]:
    """How many groups and buildings of today a village has; one query."""
    found = parts_of(village).order_by().values_list("level").annotate(Count("pk"))
    return {"group": 0, "building": 0, **dict(found)}


def villages_tended(actor: Actor) -> QuerySet[Place]:
    """Return the villages whose groups and buildings somebody keeps."""
    found = Place.objects.filter(level="village", valid_to__isnull=True)
    return found.filter(in_reach(actor, permits.TEND))
