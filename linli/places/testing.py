"""Makers of places for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import connection

from linli.kernel.permits import system_actor
from linli.places import services
from linli.places.models import Cell, Layer, Outline, Place
from linli.places.queries import locating

NEXT_IDS = (
    "SELECT nextval(pg_get_serial_sequence('places_place', 'id')) FROM generate_series(1, %s)"
)
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def seed(*, invented: bool = False) -> None:
    """Make the official places, and the invented ones if asked."""
    services.seed_official(actor=system_actor("test"), now=NOON)
    if invented:
        services.seed_invented(actor=system_actor("test"), now=NOON)


def make_town(code: str = "441900005", *, villages: int = 2) -> Place:
    """Make a city (if there is none), a town and some villages; return the town."""
    below = [f"{code}{number:03d}" for number in range(1, villages + 1)]
    return _made("441900", code, *below)[code]


def make_village(code: str = "441900005001") -> Place:
    """Make a village with its town and city; return the village."""
    return _made("441900", code[:9], code)[code]


def make_group(village: Place, name: str = "g1") -> Place:
    """Make a residents' group below a village."""
    code = f"{village.code}{name}"
    known = Place.objects.filter(code=code).first()
    if known is None:
        known = _place(code, village, "group", "group")
        known.save(force_insert=True)
    return known


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


LEVELS = {6: ("city", "city"), 9: ("town", "subdistrict"), 12: ("village", "village")}


def _made(*codes: str) -> dict[str, Place]:
    """Return places by code, those above first; what is not there is made in one statement."""
    places = {place.code: place for place in Place.objects.filter(code__in=codes)}
    missing = [code for code in codes if code not in places]
    if not missing:
        return places
    with connection.cursor() as cursor:
        cursor.execute(NEXT_IDS, [len(missing)])
        ids = [row[0] for row in cursor.fetchall()]
    for code, number in zip(missing, ids, strict=True):
        level, kind = LEVELS[len(code)]
        places[code] = _place(code, places.get(code[:-3]), level, kind, id=number)
        setattr(places[code], f"{level}_id", number)
    Place.objects.bulk_create([places[code] for code in missing])
    return places


def _place(code: str, parent: Place | None, level: str, kind: str, **fields: int) -> Place:
    return Place(
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
        **fields,
    )


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
