"""What an entry of a phone says, read carefully: whatever a phone sends, nothing is taken on trust."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from linli.grid.types import Sight
from linli.grid.types.subclasses import AREA, SUBCLASS, USUAL, FiledAs
from linli.kernel.errors import Invalid

MILLION = 1_000_000
LONGEST, MOST_PHOTOS, MOST_LINES = 4000, 6, 60
BIGGEST = 2**53


def text(said: Mapping[str, Any], name: str) -> str:
    """Return a text; nothing if it is none. Refuses with Invalid if it is too long."""
    value = said.get(name)
    if not isinstance(value, str):
        return ""
    if len(value) > LONGEST:
        raise Invalid({name: [_("At most %(most)s characters.") % {"most": LONGEST}]})
    return value


def number(said: Mapping[str, Any], name: str) -> int:
    """Return a whole number. Refuses with Invalid."""
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < BIGGEST:
        raise Invalid({name: [_("A whole number is needed here.")]})
    return value


def count(said: Mapping[str, Any], name: str) -> int:
    """Return a whole number from nought. Refuses with Invalid."""
    return 0 if said.get(name) == 0 and said.get(name) is not False else number(said, name)


def point(said: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return a position in millionths of a degree if a tap gave one. Refuses with Invalid."""
    lon, lat = said.get("lon"), said.get("lat")
    if lon is None or lat is None:
        return None
    is_number = all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in (lon, lat)
    )
    if not is_number or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid({"point": [_("This is no place on earth.")]})
    return round(lon * MILLION), round(lat * MILLION)


def codes(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the codes of photos that were sent before. Refuses with Invalid."""
    found = said.get("photos") or []
    if not isinstance(found, list) or len(found) > MOST_PHOTOS:
        raise Invalid({"photos": [_("At most %(most)s photos.") % {"most": MOST_PHOTOS}]})
    return tuple(str(one) for one in found)


def readable_codes(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the codes of photos; none if they cannot be read."""
    try:
        return codes(said)
    except Invalid:
        return ()


def answers(said: Mapping[str, Any]) -> dict[str, str]:
    """Return how each line of a checklist was found. Refuses with Invalid."""
    found = said.get("answers")
    if not isinstance(found, dict) or len(found) > MOST_LINES:
        raise Invalid({"answers": [_("Choose how it was found.")]})
    return {str(key): str(value) for key, value in found.items()}


def sight(said: Mapping[str, Any]) -> Sight:
    """Return what was seen."""
    return Sight(text(said, "matter"), text(said, "text"), point(said))


def filed(said: Mapping[str, Any]) -> FiledAs | None:
    """Return as which sub-class an event is filed, or None for its matter alone."""
    key = text(said, SUBCLASS)
    return FiledAs(key, text(said, AREA) or USUAL) if key else None


def learnt(said: Mapping[str, Any]) -> Sight | None:
    """Return what was learnt on a visit, or None."""
    found = text(said, "text")
    return Sight(text(said, "matter") or "other", found) if found.strip() else None
