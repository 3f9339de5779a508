"""What is wrong with outlines that are handed in, in the words of whoever reads it, and what is odd about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.places.ground import box_of, outside, shape_fault, square_km
from linli.places.models import Outline, Place

Shapes = Mapping[str, Mapping[str, Any]]
Box = tuple[float, float, float, float]
WHERE = re.compile(r"\[(-?[\d.]+) (-?[\d.]+)\]")
# in degrees: the country, and how far a place may reach beyond where the places of the city lie
COUNTRY, REACH = (73.0, 3.0, 136.0, 54.0), 0.5
TIMES, ALL_OF_IT = 3, 0.99
MOST_AHEAD = timedelta(days=366)


def latest_day(today: date) -> date:
    """Return the last day for which outlines are loaded ahead."""
    return today + MOST_AHEAD


def places_coded(codes: Iterable[str]) -> dict[str, Place]:
    """Return today's places of some codes."""
    return {p.code: p for p in Place.objects.filter(code__in=list(codes), valid_to__isnull=True)}


def outlines_of(known: Iterable[Place]) -> QuerySet[Outline]:
    """The last outlines on record of some places: those of today, or that begin on a later day."""
    return Outline.objects.filter(place__in=[one.pk for one in known], valid_to__isnull=True)


def outline_faults(shapes: Shapes, valid_from: date, today: date) -> dict[str, list[str]]:
    """Return by code what is wrong with outlines that were to hold from a day on.

    Refuses with Invalid for a day too far ahead.
    """
    if valid_from > latest_day(today):
        raise Invalid({"valid_from": [_("At most a year ahead: until then places change.")]})
    if not shapes:
        return {"features": [_("The file has no outline.")]}
    known, around = places_coded(shapes), _around()
    begins = dict(outlines_of(known.values()).values_list("place__code", "valid_from"))
    return {
        code: told
        for code, geometry in shapes.items()
        if (
            told := [
                *_of_the_place(known.get(code), begins.get(code), valid_from),
                *_of_the_shape(geometry, around),
            ]
        )
    }


def unusable(geometry: Mapping[str, Any]) -> str:
    """Say why an area cannot be used, or nothing."""
    fault = shape_fault(geometry)
    return _("This outline cannot be used: %(fault)s.") % {"fault": _words(fault)} if fault else ""


def is_odd(old: Outline | None, geometry: Mapping[str, Any]) -> bool:
    """Say whether an outline has another size altogether, or nothing in common with the one surveyed before."""
    if old is None:
        return False
    before, after = square_km(old.geometry), square_km(geometry)
    if not before / TIMES <= after <= before * TIMES:
        return True
    return not old.is_schematic and outside(old.geometry, geometry) > ALL_OF_IT


def odd_codes(shapes: Shapes) -> list[str]:
    """Return the codes of sound outlines that are to be looked at again before they are taken."""
    known = places_coded(shapes)
    old = {one.place_id: one for one in outlines_of(known.values())}
    return [code for code in sorted(known) if is_odd(old.get(known[code].pk), shapes[code])]


def _of_the_place(place: Place | None, began: date | None, valid_from: date) -> list[str]:
    if place is None:
        return [_("No place has this code today.")]
    told = []
    if place.valid_from and valid_from < place.valid_from:
        told.append(_("The place has existed only since %(day)s.") % {"day": place.valid_from})
    if began and began >= valid_from:
        told.append(_("A later outline is on record already."))
    return told


def _of_the_shape(geometry: Mapping[str, Any], around: Box) -> list[str]:
    if told := unusable(geometry):
        return [told]
    west, south, east, north = box_of(geometry)
    if around[0] <= west and around[1] <= south and east <= around[2] and north <= around[3]:
        return []
    words = _("It lies outside the city: its corners go from %(low)s to %(high)s.")
    return [words % {"low": f"{west:.4f}, {south:.4f}", "high": f"{east:.4f}, {north:.4f}"}]


def _around() -> Box:
    """Where an outline of the city can lie: around its places, or in the country if some have no point."""
    places = Place.objects.filter(valid_to__isnull=True, level__in=["town", "village"])
    found = places.aggregate(
        Min("lon"), Min("lat"), Max("lon"), Max("lat"), all=Count("pk"), known=Count("lon")
    )
    if not found["all"] or found["known"] < found["all"]:
        return COUNTRY
    low = (float(found["lon__min"]) - REACH, float(found["lat__min"]) - REACH)
    return (*low, float(found["lon__max"]) + REACH, float(found["lat__max"]) + REACH)


def _words(fault: str) -> str:
    known = {
        "not a Polygon or MultiPolygon": _("it is no area (Polygon or MultiPolygon)"),
        "not GeoJSON": _("its corners cannot be read; a ring is not closed, or a number is wrong"),
        "not in degrees of WGS-84": _("its corners are not longitude and latitude in degrees (WGS-84)"),
    }  # fmt: skip
    if fault in known:
        return known[fault]
    where = WHERE.search(fault)
    if where is None:
        return _("it encloses no ground")
    at = {"lon": f"{float(where[1]):.6f}", "lat": f"{float(where[2]):.6f}"}
    if "Self-intersection" in fault:
        return _("its border crosses itself near %(lon)s, %(lat)s") % at
    return _("its parts or holes lie wrong near %(lon)s, %(lat)s") % at
