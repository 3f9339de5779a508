"""Makers of places for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from linli.kernel.permits import system_actor
from linli.places import services
from linli.places.models import Cell, Layer, Outline, Place
from linli.places.queries import locating

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def seed(*, invented: bool = False) -> None:
    """Make the official places, and the invented ones if asked."""
    services.seed_official(actor=system_actor("test"), now=NOON)
    if invented:
        services.seed_invented(actor=system_actor("test"), now=NOON)


def make_town(code: str = "441900005", *, villages: int = 2) -> Place:
    """Make a city (if there is none), a town and some villages; return the town."""
    city = _place("441900", None, "city", "city")
    town = _place(code, city, "town", "subdistrict")
    for number in range(1, villages + 1):
        _place(f"{code}{number:03d}", town, "village", "village")
    return town


def make_village(code: str = "441900005001") -> Place:
    """Make a village with its town and city; return the village."""
    make_town(code[:9], villages=0)
    return _place(code, Place.objects.get(code=code[:9]), "village", "village")


def make_group(village: Place, name: str = "g1") -> Place:
    """Make a residents' group below a village."""
    return _place(f"{village.code}{name}", village, "group", "group")


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[113, 22], [113.1, 22], [113.1, 22.1], [113, 22.1], [113, 22]]],
}


def make_cell(
    place: Place | None = None,
    code: str = "G1",
    *,
    layer: str = "social",
    households: int | None = 400,
) -> Cell:
    """Make a cell of a village, with its layer if there is none."""
    known, _made = Layer.objects.get_or_create(
        key=layer, defaults={"name": "社会服务网格", "name_en": "Social-service grids"}
    )
    return Cell.objects.create(
        layer=known, place=place or make_village(), code=code, name=f"Cell {code}",
        geometry=SQUARE, households=households, valid_from=date(2026, 1, 1),
    )  # fmt: skip


def _place(code: str, parent: Place | None, level: str, kind: str) -> Place:
    known = Place.objects.filter(code=code).first()
    if known:
        return known
    place = Place.objects.create(
        code=code,
        path=f"{parent.path if parent else ''}{code}/",
        parent=parent,
        level=level,
        kind=kind,
        name=f"{kind} {code}",
        name_en=f"{kind} {code}",
        short_name=code,
        city_id=parent.city_id if parent else None,
        town_id=parent.town_id if parent else None,
        village_id=parent.village_id if parent else None,
    )
    if level in ("city", "town", "village"):
        setattr(place, f"{level}_id", place.pk)
        place.save(update_fields=[f"{level}_id"])
    return place


def make_outline(code: str, lon: float, lat: float, *, side: float = 0.01) -> None:
    """Draw a square around a point as the ground of a village."""
    west, south, east, north = lon - side, lat - side, lon + side, lat + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    Outline.objects.create(
        place=Place.objects.get(code=code),
        geometry={"type": "Polygon", "coordinates": [ring]},
        source="test",
    )
    locating._held.stamp = None
