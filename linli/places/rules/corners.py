"""Corners of an outline as people type them: one a line, longitude and latitude in degrees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from linli.kernel.wholes import whole_number

Corner = tuple[float, float]
LEAST, MOST = 3, 500
# a tenth of a metre
DIGITS = 6
# in square degrees
LEAST_AREA = 1e-12
_PART = re.compile(r"[\s,，;；]+")


class NoCorner(ValueError):
    """A line that is no corner; `line` counts from 1, 0 where there are too few or too many lines."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def corners_of(text: str) -> list[Corner]:
    """Return corners in their order, without the last where it repeats the first. Raises NoCorner."""
    found = [
        _corner(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip()
    ]
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    if not LEAST <= len(found) <= MOST:
        raise NoCorner(0)
    return found


def _corner(line: str, number: int) -> Corner:
    parts = [part for part in _PART.split(line) if part]
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        raise NoCorner(number) from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise NoCorner(number)
    return round(lon, DIGITS), round(lat, DIGITS)


def is_line(corners: Sequence[Corner]) -> bool:
    """Say whether corners lie on one line, so that they enclose nothing."""
    (x, y), rest = corners[0], corners[1:]
    far = max(rest, key=lambda one: abs(one[0] - x) + abs(one[1] - y))
    return all(
        abs((far[0] - x) * (one[1] - y) - (far[1] - y) * (one[0] - x)) < LEAST_AREA for one in rest
    )


def area_of(corners: Sequence[Corner]) -> dict[str, Any]:
    """Return corners as a GeoJSON area."""
    ring = [list(corner) for corner in (*corners, corners[0])]
    return {"type": "Polygon", "coordinates": [ring]}


def text_of(geometry: Mapping[str, Any]) -> str | None:
    """Return an area as its corners are typed; None for several parts or a hole, which are imported."""
    rings = geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        rings = rings[0] if len(rings) == 1 else []
    if len(rings) != 1:
        return None
    return "\n".join(f"{lon:.{DIGITS}f}, {lat:.{DIGITS}f}" for lon, lat, *_height in rings[0][:-1])


def next_number(village: str, known: Sequence[str], digits: int) -> str:
    """Return the next free code of a unit cell: that of the village and a number."""
    taken = (whole_number(code[len(village) :]) for code in known)
    number = max((one for one in taken if one is not None), default=0) + 1
    return f"{village}{number:0{digits}d}" if number < 10**digits else ""
