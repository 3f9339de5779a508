"""Outlines as people paste them: GeoJSON text to an area, or what is wrong with it in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import shapely

from linli.cases.rules.routing import BadPolygon, polygon_of

MOST_SIGNS = 200_000
MOST_POINTS = 5_000
SPOT = re.compile(r"\[(-?[0-9.e+-]+) (-?[0-9.e+-]+)\]")


class Fault(StrEnum):
    """What is wrong with an outline."""

    TOO_LONG = "too_long"
    NO_JSON = "no_json"
    NO_AREA = "no_area"
    CROSSES = "crosses"
    NOT_DEGREES = "not_degrees"


class BadOutline(ValueError):
    """An outline that cannot be used; `spot` is where it crosses itself, if it does."""

    def __init__(self, fault: Fault, spot: tuple[float, float] | None = None) -> None:
        self.fault, self.spot = fault, spot
        super().__init__(fault)


def outline_of(text: str) -> dict[str, Any] | None:
    """Return the area of a GeoJSON text (geometry, feature, or a collection of one); None if empty.

    Raises BadOutline.
    """
    if not text.strip():
        return None
    if len(text) > MOST_SIGNS:
        raise BadOutline(Fault.TOO_LONG)
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadOutline(Fault.NO_JSON) from error
    return checked(_geometry(given))


def checked(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an area that routing can use. Raises BadOutline."""
    try:
        shape = polygon_of(geometry)
    except BadPolygon as error:
        spot = SPOT.search(str(error))
        if "elf-intersection" in str(error) or spot:
            where = (float(spot[1]), float(spot[2])) if spot else None
            raise BadOutline(Fault.CROSSES, where) from error
        raise BadOutline(Fault.NO_AREA) from error
    if shapely.get_num_coordinates(shape) > MOST_POINTS:
        raise BadOutline(Fault.TOO_LONG)
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadOutline(Fault.NOT_DEGREES)
    return {"type": str(geometry["type"]), "coordinates": geometry["coordinates"]}


def _geometry(given: Any) -> Mapping[str, Any]:
    found = given
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        found = features[0] if isinstance(features, list) and len(features) == 1 else None
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = found.get("geometry")
    if not isinstance(found, dict):
        raise BadOutline(Fault.NO_AREA)
    return found
