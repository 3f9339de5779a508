"""Cases on a map of their place: outlines below it, and a dot for each case with a point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from linli.cases.queries.listing import placed_cases
from linli.cases.queries.telling import told_rows
from linli.cases.types.listing import Wanted
from linli.kernel.addresses import address_of
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.places import queries as places
from linli.ui.charts import Sketch, outlines
from linli.ui.formats import is_chinese

CITY = "441900"
MICRO = 1_000_000


def sketch_of(actor: Actor, wanted: Wanted, *, limit: int) -> Sketch:
    """Return the place of a list with its cases, those due first."""
    rows = told_rows(actor, placed_cases(actor, wanted, limit=limit), timezone.now())
    dots: list[dict[str, object]] = [
        {
            "label": told.title,
            "point": ((told.row.lon or 0) / MICRO, (told.row.lat or 0) / MICRO),
            "url": address_of("cases:sheet", told.row.number),
            "tone": told.tone,
        }
        for told in rows
    ]
    return outlines(_features(_place_code(actor, wanted)), points=dots)


def _place_code(actor: Actor, wanted: Wanted) -> str:
    """The place that the map shows: the one of the filter, or the widest that the actor works at."""
    if wanted.path:
        return code_of(wanted.path)
    paths = sorted(
        {grant.path for grant in actor.grants if grant.permit.startswith("cases.")}, key=len
    )
    return code_of(paths[0]) if paths else CITY


def _features(code: str) -> Iterable[dict[str, object]]:
    place = places.get_place(code)
    whole = place.parent_id if place.level == "village" else place.id
    found = places.outlines_below(whole or place.id)
    for outline in found:
        if place.level != "village" or outline.place.code == code:
            yield _feature(outline)


def _feature(outline: Any) -> dict[str, object]:
    geometry = outline.geometry
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    place = outline.place
    return {
        "key": place.code,
        "label": place.name if is_chinese() or not place.name_en else place.name_en,
        "rings": [ring for polygon in polygons for ring in polygon],
        "is_schematic": outline.is_schematic,
        "source": outline.source,
    }
