"""Which outline a point lies in. Pure: shapes in, keys out."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

import numpy
import shapely
from shapely import STRtree

K = TypeVar("K")
# of the size of a shape; and in degrees, a tenth of a metre
SLIVER, BESIDE = 0.1, 1e-6
KM_A_DEGREE = 111.32


class Ground(Generic[K]):
    """Outlines in memory, found by a tree over their boxes. Shapes are GeoJSON, WGS-84 degrees.

    A point on a shared border belongs to the outline given first.
    """

    def __init__(self, shapes: Mapping[K, Mapping[str, Any]]) -> None:
        self.keys: list[K] = list(shapes)
        drawn = [shapely.from_geojson(json.dumps(shape)) for shape in shapes.values()]
        self.shapes = numpy.array(drawn, dtype=object)
        shapely.prepare(self.shapes)
        self._tree = STRtree(self.shapes)

    def locate(self, lon: float, lat: float) -> K | None:
        """Return the key of the outline around one point, or None outside all."""
        hits = self._tree.query(shapely.points(lon, lat), predicate="intersects")
        return self.keys[int(hits.min())] if hits.size else None

    def locate_many(self, lons: Sequence[float], lats: Sequence[float]) -> list[K | None]:
        """Return a key or None for each point, in the order given."""
        points, found = self._tree.query(shapely.points(lons, lats), predicate="intersects")
        first = numpy.full(len(lons), -1, dtype=numpy.int64)
        # written backwards, so that the outline given first stays
        order = numpy.lexsort((-found, points))
        first[points[order]] = found[order]
        keys: list[K | None] = [*self.keys, None]
        return [keys[index] for index in first.tolist()]

    def overlaps(self, *, least: float = 1e-9) -> list[tuple[K, K]]:
        """List pairs of outlines that share ground; `least` is an area in square degrees."""
        left, right = self._tree.query(self.shapes, predicate="intersects")
        return [
            (self.keys[a], self.keys[b])
            for a, b in zip(left.tolist(), right.tolist(), strict=True)
            if a < b and self.shapes[a].intersection(self.shapes[b]).area > least
        ]

    def gap(self, whole: Mapping[str, Any]) -> float:
        """Return the share of `whole` that no outline covers, from 0 to 1."""
        shape = shapely.from_geojson(json.dumps(whole))
        left = shape.difference(shapely.union_all(self.shapes))
        return float(left.area / shape.area) if shape.area else 0.0


def united(geometries: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the ground of several outlines as one, or None if they do not make an area."""
    whole = shapely.union_all([shapely.from_geojson(json.dumps(each)) for each in geometries])
    made: dict[str, Any] = json.loads(shapely.to_geojson(whole))
    return None if whole.is_empty or shape_fault(made) else made


def point_in(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Return a point (lon, lat) that surely lies in a shape, also in one that is bent around its middle."""
    point = shapely.from_geojson(json.dumps(geometry)).representative_point()
    return point.x, point.y


def outside(geometry: Mapping[str, Any], whole: Mapping[str, Any]) -> float:
    """Return the share of a shape that lies outside another, from 0 to 1."""
    shape = shapely.from_geojson(json.dumps(geometry))
    rest = shape.difference(shapely.from_geojson(json.dumps(whole)))
    return float(rest.area / shape.area) if shape.area else 0.0


def square_km(geometry: Mapping[str, Any]) -> float:
    """Return the size of a shape in square kilometres, near enough to compare two of one place."""
    shape = shapely.from_geojson(json.dumps(geometry))
    return float(shape.area * KM_A_DEGREE**2 * math.cos(math.radians(shape.centroid.y)))


def box_of(geometry: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """Return how far a shape reaches: west, south, east, north."""
    west, south, east, north = shapely.from_geojson(json.dumps(geometry)).bounds
    return west, south, east, north


def left_between(
    of: Mapping[str, Any], others: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]
) -> float:
    """Return the part of `whole` in slivers beside a shape that nothing covers, from 0 to 1 of the shape.

    A sliver is a piece of open ground that touches the shape and is far smaller than it: a border
    that was meant to be shared and is not. Ground that is only not drawn yet is no sliver.
    """
    shape = shapely.from_geojson(json.dumps(of))
    drawn = [shape, *(shapely.from_geojson(json.dumps(each)) for each in others)]
    open_ground = shapely.from_geojson(json.dumps(whole)).difference(shapely.union_all(drawn))
    pieces = [
        piece.area
        for piece in shapely.get_parts(open_ground)
        if 0 < piece.area < shape.area * SLIVER and piece.distance(shape) < BESIDE
    ]
    return float(sum(pieces) / shape.area) if shape.area else 0.0


def shape_fault(geometry: Mapping[str, Any]) -> str:
    """Return what is wrong with a GeoJSON area in WGS-84 degrees, or nothing."""
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return "not a Polygon or MultiPolygon"
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except (shapely.GEOSException, TypeError, ValueError):
        return "not GeoJSON"
    if shape.is_empty:
        return "without ground"
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return "not in degrees of WGS-84"
    return "" if shape.is_valid else str(shapely.is_valid_reason(shape))


def geometry_of_text(text: str) -> dict[str, Any] | None:
    """Return the GeoJSON of an area written as WKT, or None if it cannot be read."""
    try:
        shape = shapely.from_wkt(text.strip())
    except (shapely.GEOSException, TypeError):
        return None
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return None
    made: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return made
