"""What an address asks of the public list of cases; what cannot be read narrows nothing."""

from __future__ import annotations

from collections.abc import Mapping

from linli.cases.types.kinds import Stage
from linli.cases.types.public import PublicWanted
from linli.kernel.wholes import whole_number

MICRO = 1_000_000
# a point on the earth in millionths of a degree, moved so that it is never negative
MOST_LON, MOST_LAT = 180 * MICRO, 90 * MICRO


def public_wanted(given: Mapping[str, str]) -> PublicWanted:
    """Return which public cases an address asks for."""
    stage = given.get("stage", "")
    return PublicWanted(
        category=given.get("category", "")[:40],
        stage=stage if stage in list(Stage) else "",
        cell=_cell(given.get("cell", "")),
    )


def _cell(text: str) -> tuple[int, int] | None:
    west, _comma, south = text.partition(",")
    lon, lat = whole_number(west, most=MOST_LON), whole_number(south, most=MOST_LAT)
    return None if lon is None or lat is None else (lon, lat)
