"""A sketch of a town with the ground of one village and its centres, in whole units for the printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians
from typing import TYPE_CHECKING, Any

from linli.orgs.queries.centres import CentreRow
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.places.models import Place

Point = tuple[float, float]
# the sketch is so many units wide; the printer scales it to the page
WIDTH, EDGE = 1000, 20


def map_of(place: Place, centres: Sequence[CentreRow]) -> dict[str, Any]:
    """Return rings and dots in units, y downwards: `own` is the place itself, dots count from 1.

    Empty rings if no outline is known.
    """
    rings = [
        (outline.place_id == place.pk, ring)
        for outline in places.outlines_below(place.parent_id or place.pk)
        for ring in _rings(outline.geometry)
    ]
    spots = [
        (row.centre.lon, row.centre.lat)
        for row in centres
        if row.centre is not None and row.centre.lon is not None and row.centre.lat is not None
    ]
    every = [*(point for _, ring in rings for point in ring), *spots]
    if not rings or not every:
        return {"width": WIDTH, "height": 0, "rings": [], "dots": []}
    return _drawn(rings, spots, every)


def _drawn(
    rings: Sequence[tuple[bool, Sequence[Point]]], spots: Sequence[Point], every: Sequence[Point]
) -> dict[str, Any]:
    west, north = min(lon for lon, _ in every), max(lat for _, lat in every)
    east, south = max(lon for lon, _ in every), min(lat for _, lat in every)
    squeeze = cos(radians((north + south) / 2))
    scale = (WIDTH - 2 * EDGE) / max((east - west) * squeeze, 1e-9)

    def unit(point: Point) -> list[int]:
        lon, lat = point
        return [
            EDGE + round((lon - west) * squeeze * scale),
            EDGE + round((north - lat) * scale),
        ]

    return {
        "width": WIDTH,
        "height": 2 * EDGE + round((north - south) * scale),
        # the own ground last, so that its border lies on top
        "rings": sorted(
            ({"own": own, "points": [unit(point) for point in ring]} for own, ring in rings),
            key=lambda ring: bool(ring["own"]),
        ),
        "dots": [unit(spot) for spot in spots],
    }


def _rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    """Return the outer rings of a GeoJSON polygon or several."""
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        yield [(point[0], point[1]) for point in polygon[0]]
