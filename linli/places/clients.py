"""The official divisions and schematic outlines that the package brings along."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class OfficialPlace:
    code: str
    name: str
    name_en: str
    short_name: str
    level: str
    kind: str
    parent: str
    lon: float | None
    lat: float | None


@cache
def official() -> tuple[OfficialPlace, ...]:
    """Return 1 city, 36 towns and 609 villages and communities, parents first."""
    with open(DATA / "dongguan_divisions.csv", encoding="utf-8", newline="") as file:
        next(file)  # the line that names the source
        return tuple(_place(row) for row in csv.DictReader(file))


def _place(row: dict[str, str]) -> OfficialPlace:
    lon, lat = row.pop("lon"), row.pop("lat")
    return OfficialPlace(**row, lon=float(lon) if lon else None, lat=float(lat) if lat else None)


def outlines() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (code, GeoJSON geometry) of every town and village."""
    for name in ("towns", "villages"):
        whole = json.loads((DATA / f"{name}.geojson").read_text(encoding="utf-8"))
        for feature in whole["features"]:
            yield feature["properties"]["code"], feature["geometry"]


# an invented town with three villages: beside the official list, outside every real outline
INVENTED = (
    OfficialPlace("441900990", "示范镇", "Shifan Town (demo)", "示范", "town", "town", "441900",
                  114.36, 22.70),
    OfficialPlace("441900990201", "示范一村村民委员会", "Shifan Village 1 (demo)", "示范一村",
                  "village", "village", "441900990", 114.35, 22.71),
    OfficialPlace("441900990202", "示范二村村民委员会", "Shifan Village 2 (demo)", "示范二村",
                  "village", "village", "441900990", 114.37, 22.71),
    OfficialPlace("441900990203", "示范社区居民委员会", "Shifan Community (demo)", "示范社区",
                  "village", "urban_community", "441900990", 114.36, 22.69),
)  # fmt: skip


def invented_outline(place: OfficialPlace) -> dict[str, Any]:
    """Return a rectangle around an invented place; the three villages fill their town."""
    west, east, south, north = {
        "441900990": (114.34, 114.38, 22.68, 22.72),
        "441900990201": (114.34, 114.36, 22.70, 22.72),
        "441900990202": (114.36, 114.38, 22.70, 22.72),
        "441900990203": (114.34, 114.38, 22.68, 22.70),
    }[place.code]
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
