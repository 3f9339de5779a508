"""A city loads its own outlines; those before end on that day, and hold again if it takes them back.

They may begin on a later day: until then those before hold. A place that ends earlier takes them along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.places import permits
from linli.places.errors import Replaced
from linli.places.models import Outline, OutlineLoad, Place
from linli.places.queries.outline_faults import Shapes, odd_codes, outline_faults, places_coded
from linli.trail.services import record
from linli.ui.formats import listed

LOCK = "places.outlines"
MOST_TOLD = 5


@transaction.atomic
def import_outlines(
    features: Mapping[str, Mapping[str, Any]],
    *,
    source: str,
    valid_from: date,
    sure: bool = False,
    actor: Actor,
    now: datetime,
) -> OutlineLoad:
    """Replace outlines by code (GeoJSON Polygon or MultiPolygon, WGS-84). Returns what was loaded.

    Refuses with NotAllowed, Invalid: one bad shape or unknown code and nothing is replaced; nor is
    it for a size that cannot be, unless the caller is `sure`.
    """
    hold(LOCK)
    known = places_coded(features)
    _require(actor, known.values())
    _check(features, source, valid_from, localdate(now), sure)
    load = OutlineLoad.objects.create(
        source=source.strip(), valid_from=valid_from, count=len(features), made_by=actor.label,
        made_at=now,
    )  # fmt: skip
    _replace(load, {known[code]: dict(shape) for code, shape in features.items()})
    first = next(iter(known.values()))
    record("places.outlines", on=first, actor=actor, now=now, count=load.count, source=source,
           load=load.pk)  # fmt: skip
    return load


@transaction.atomic
def withdraw_outlines(load: OutlineLoad, *, why: str, actor: Actor, now: datetime) -> OutlineLoad:
    """Take back what was loaded at once, as if it never had held: what it replaced holds again.

    Refuses with NotAllowed, Stale, Invalid, Replaced (once any of its places has another one).
    """
    hold(LOCK)
    load = OutlineLoad.objects.select_for_update().get(pk=load.pk)
    mine = list(load.outlines.select_related("place"))
    _require(actor, (one.place for one in mine))
    if load.withdrawn_at is not None:
        raise Stale()
    why = clean_text(why).strip()
    if not why:
        raise Invalid({"why": [_("Say why they are taken back.")]})
    if gone := [one.place.name for one in mine if one.valid_to is not None]:
        raise Replaced(names=listed(sorted(gone)[:5]))
    load.outlines.update(valid_to=F("valid_from"))
    before = _before(load, [one.place_id for one in mine])
    Outline.objects.filter(pk__in=before).update(valid_to=None)
    load.withdrawn_at, load.withdrawn_by, load.why = now, actor.label, why
    load.save(update_fields=["withdrawn_at", "withdrawn_by", "why"])
    record("places.outlines_withdrawn", on=mine[0].place, actor=actor, now=now, count=load.count,
           why=why, load=load.pk)  # fmt: skip
    return load


def _check(shapes: Shapes, source: str, valid_from: date, today: date, sure: bool) -> None:
    faults = outline_faults(shapes, valid_from, today)
    if not source.strip():
        faults["source"] = [_("Say where the outlines come from.")]
    if not faults and not sure and (odd := odd_codes(shapes)):
        words = _("%(codes)s: the size or the ground is another one altogether. Look at it again, then say that it is right.")  # fmt: skip
        faults["sure"] = [words % {"codes": listed(odd[:MOST_TOLD])}]
    if faults:
        raise Invalid(faults)


def _require(actor: Actor, places: Iterable[Place]) -> None:
    for place in places:
        require(actor, permits.DRAW, at=place.path)


def _replace(load: OutlineLoad, shapes: Mapping[Place, dict[str, Any]]) -> None:
    known = Outline.objects.filter(place__in=list(shapes), valid_to__isnull=True)
    known.update(valid_to=load.valid_from)
    Outline.objects.bulk_create(
        Outline(place=place, geometry=shape, is_schematic=False, source=load.source, load=load,
                valid_from=load.valid_from)
        for place, shape in shapes.items()
    )  # fmt: skip


def _before(load: OutlineLoad, place_ids: Iterable[int]) -> list[int]:
    """The outlines that ended when these began; those that held on no day are none of them."""
    held = Q(valid_from__isnull=True) | Q(valid_from__lt=load.valid_from)
    found = Outline.objects.filter(held, place__in=list(place_ids), valid_to=load.valid_from)
    return list(found.order_by("place", "-pk").distinct("place").values_list("pk", flat=True))
