"""Where a case lies, as columns of its head."""

from __future__ import annotations

from typing import Any

from linli.places.types import PlaceRow


def place_columns(place: PlaceRow) -> dict[str, Any]:
    """Return the columns that say where a case lies, and by which lists are cut."""
    return {
        "path": place.path,
        "city_id": place.city_id or place.id,
        "town_id": _own(place, "town"),
        "village_id": _own(place, "village"),
    }


def code_of(path: str) -> str:
    """Return the code of the place at the end of a path."""
    return path.rstrip("/").rpartition("/")[2]


def _own(place: PlaceRow, level: str) -> int:
    """The id of the place's town or village; 0 where it has none, since lists cut by equality."""
    if place.level == level:
        return place.id
    return getattr(place, f"{level}_id") or 0
