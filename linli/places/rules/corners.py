"""Corners of an outline as people type them: one a line, longitude and latitude in degrees.

A line of dashes begins another ring: a hole where it lies inside one, else an island beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from linli.kernel.wholes import whole_number

Corner = tuple[float, float]
Ring = list[Corner]
LEAST, MOST = 3, 500
# a tenth of a metre
DIGITS = 6
# in square degrees
LEAST_AREA = 1e-12
MOST_RINGS = 20
NEXT_RING = "---"
_PART = re.compile(r"[\s,，;；]+")
_NEXT = re.compile(r"\s*[-－—–=]{2,}\s*")


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


def rings_of(text: str) -> list[Ring]:
    """Return the rings of an area in their order. Raises NoCorner, its line counted over all of them."""
    found: list[Ring] = []
    for before, part in _parts(text):
        try:
            found.append(corners_of(part))
        except NoCorner as fault:
            raise NoCorner(fault.line and before + fault.line) from None
    if len(found) > MOST_RINGS or sum(map(len, found)) > MOST:
        raise NoCorner(0)
    return found


def _parts(text: str) -> list[tuple[int, str]]:
    """Return the text of each ring with the number of lines before it."""
    parts: list[tuple[int, list[str]]] = [(0, [])]
    for number, line in enumerate(text.splitlines(), 1):
        if _NEXT.fullmatch(line):
            parts.append((number, []))
        else:
            parts[-1][1].append(line)
    given = [(before, "\n".join(lines)) for before, lines in parts]
    # a line of dashes at the end begins nothing yet
    return [one for one in given if one[1].strip()] or given[:1]


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
    return {"type": "Polygon", "coordinates": [_closed(corners)]}


def ground_of(rings: Sequence[Ring]) -> dict[str, Any]:
    """Return rings as a GeoJSON area: a ring within another is a hole in it, one in a hole an island."""
    around = [
        [i for i, other in enumerate(rings) if other is not ring and _is_within(ring, other)]
        for ring in rings
    ]
    pieces = {i: [_closed(ring)] for i, ring in enumerate(rings) if len(around[i]) % 2 == 0}
    for i, ring in enumerate(rings):
        if i not in pieces:
            # of all that lie around a hole it is cut out of the innermost
            pieces[max(around[i], key=lambda one: len(around[one]))].append(_closed(ring))
    parts = list(pieces.values())
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _closed(corners: Sequence[Corner]) -> list[list[float]]:
    return [list(corner) for corner in (*corners, corners[0])]


def _is_within(ring: Ring, other: Ring) -> bool:
    """Say whether most corners of a ring lie in another; those on its border say nothing."""
    return sum(_holds(other, corner) for corner in ring) * 2 > len(ring)


def _holds(ring: Ring, corner: Corner) -> bool:
    x, y = corner
    inside = False
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def text_of(geometry: Mapping[str, Any]) -> str:
    """Return an area as its corners are typed, all its parts and holes."""
    parts = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        parts = [parts]
    told = [
        "\n".join(f"{lon:.{DIGITS}f}, {lat:.{DIGITS}f}" for lon, lat, *_height in ring[:-1])
        for rings in parts
        for ring in rings
    ]
    return f"\n{NEXT_RING}\n".join(told)


def next_number(village: str, known: Sequence[str], digits: int) -> str:
    """Return the next free code of a unit cell: that of the village and a number."""
    taken = (whole_number(code[len(village) :]) for code in known)
    number = max((one for one in taken if one is not None), default=0) + 1
    return f"{village}{number:0{digits}d}" if number < 10**digits else ""
