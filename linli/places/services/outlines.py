"""A city loads its own outlines; the schematic ones end on that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.places import permits
from linli.places.ground import shape_fault
from linli.places.models import Outline, Place
from linli.trail.services import record


@transaction.atomic
def import_outlines(
    features: Mapping[str, Mapping[str, Any]],
    *,
    source: str,
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> int:
    """Replace outlines by code (GeoJSON Polygon or MultiPolygon, WGS-84). Returns how many.

    Refuses with NotAllowed, Invalid: one bad shape or unknown code and nothing is replaced.
    """
    if valid_from > localdate(now):
        raise Invalid({"valid_from": [_("Outlines of a later day are loaded on that day.")]})
    places = {p.code: p for p in Place.objects.filter(code__in=features, valid_to__isnull=True)}
    known = Outline.objects.filter(place__in=places.values(), valid_to__isnull=True)
    begins = dict(known.values_list("place__code", "valid_from"))
    faults: dict[str, list[str]] = {}
    for code, geometry in features.items():
        if code not in places:
            faults[code] = [_("No place has this code today.")]
            continue
        require(actor, permits.DRAW, at=places[code].path)
        if (began := begins.get(code)) and began >= valid_from:
            faults[code] = [_("A later outline is on record already.")]
        fault = shape_fault(geometry)
        if fault:
            faults[code] = [_("This outline cannot be used: %(fault)s.") % {"fault": fault}]
    if faults:
        raise Invalid(faults)
    Outline.objects.filter(place__in=places.values(), valid_to__isnull=True).update(
        valid_to=valid_from
    )
    Outline.objects.bulk_create(
        Outline(
            place=places[code],
            geometry=dict(geometry),
            is_schematic=False,
            source=source,
            valid_from=valid_from,
        )
        for code, geometry in features.items()
    )
    first = next(iter(places.values()))
    record("places.outlines", on=first, actor=actor, now=now, count=len(features), source=source)
    return len(features)
