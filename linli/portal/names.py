"""How places are called on pages: short at home, in full elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import ngettext

from linli.places.types import KIND_TITLES, Kind, PlaceRow
from linli.ui.formats import clauses, is_chinese

if TYPE_CHECKING:
    from linli.places.models import Outline


class Named(Protocol):
    """A place, whether read as a row or as a model."""

    @property
    def level(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def short_name(self) -> str: ...


def full_name(place: PlaceRow) -> str:
    """Return 示范村村民委员会, or the English name."""
    return place.name if is_chinese() else place.name_en


def short_name(place: Named) -> str:
    """Return the name as people say it: 示范村, 石龙镇."""
    if not is_chinese():
        return place.name_en
    return place.short_name if place.level == "village" else place.name


def kind_name(place: PlaceRow) -> str:
    return str(KIND_TITLES[Kind(place.kind)])


def parts_words(children: Sequence[PlaceRow]) -> str:
    """Return how many parts of which kind a place has: "28 towns, 4 subdistricts"."""
    counts: dict[str, int] = {}
    for child in children:
        counts[child.kind] = counts.get(child.kind, 0) + 1
    return clauses(_count_words(kind, count) for kind, count in counts.items())


def _count_words(kind: str, count: int) -> str:
    words = {
        Kind.TOWN: ngettext("%(count)s town", "%(count)s towns", count),
        Kind.SUBDISTRICT: ngettext("%(count)s subdistrict", "%(count)s subdistricts", count),
        Kind.PARK: ngettext("%(count)s park", "%(count)s parks", count),
        Kind.VILLAGE: ngettext("%(count)s village", "%(count)s villages", count),
        Kind.URBAN_COMMUNITY: ngettext(
            "%(count)s urban community", "%(count)s urban communities", count
        ),
        Kind.LIVING_AREA: ngettext("%(count)s living area", "%(count)s living areas", count),
        Kind.STATISTICAL_COMMUNITY: ngettext(
            "%(count)s community for statistics only",
            "%(count)s communities for statistics only",
            count,
        ),
        Kind.VIRTUAL_COMMUNITY: ngettext(
            "%(count)s virtual community", "%(count)s virtual communities", count
        ),
    }
    return words[Kind(kind)] % {"count": count}


def rings_of(geometry: dict[str, Any]) -> list[Any]:
    """Return every ring of a GeoJSON Polygon or MultiPolygon."""
    shapes = list(geometry["coordinates"])
    return shapes if geometry["type"] == "Polygon" else [ring for part in shapes for ring in part]


def features(outlines: Iterable[Outline], address: Any) -> list[dict[str, object]]:
    """Return outlines as the map macro takes them; `address(code)` is where a part leads."""
    return [
        {
            "key": outline.place.code,
            "label": short_name(outline.place),
            "rings": rings_of(outline.geometry),
            "url": address(outline.place.code),
            "is_schematic": outline.is_schematic,
            "source": outline.source,
        }
        for outline in outlines
    ]
