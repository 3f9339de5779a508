"""Which groups and buildings of a village lie in a cell; each lies in one cell of a layer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from linli.grid import permits
from linli.grid.models import CellPart
from linli.grid.queries.cells import find_layer, is_cell_of
from linli.grid.types import CellKey
from linli.kernel.errors import Invalid, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.places import queries as places
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def put_parts(
    place: Place,
    cell: CellKey,
    parts: Collection[int],
    *,
    seen: Collection[int] | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Say which groups and buildings lie in a cell; those of another cell of the layer move here.

    With `seen` only if the cell still has these. Returns how many there are. Refuses with NotAllowed,
    Ended, Invalid, Stale.
    """
    require(actor, permits.KEEP, at=place.path)
    register.refuse_ended(place)
    hold("grid.parts", place.pk)
    layer = find_layer(cell.layer)
    if not is_cell_of(place, cell):
        raise Invalid({"cell": [_("No cell of today has this code here.")]})
    wanted = set(parts)
    here = CellPart.objects.filter(path=place.path, layer=layer, cell_code=cell.code)
    known = set(here.filter(part__valid_to__isnull=True).values_list("part_id", flat=True))
    if seen is not None and set(seen) != known:
        raise Stale()
    if wanted - set(places.parts_of(place).values_list("pk", flat=True)):
        raise Invalid({"parts": [_("Choose groups and buildings of this village.")]})
    CellPart.objects.filter(layer=layer, part_id__in=known ^ wanted).delete()
    CellPart.objects.bulk_create(
        CellPart(path=place.path, layer=layer, cell_code=cell.code, part_id=part)
        for part in sorted(wanted - known)
    )
    record(
        "grid.parts_named", on=place, actor=actor, now=now, place=place.path, cell=cell.code,
        layer=layer.key, count=len(wanted),
    )  # fmt: skip
    return len(wanted)
