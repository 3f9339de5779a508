"""Which post gets what is reported in a cell, and which cells a person looks after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.timezone import localdate, localtime

from linli.grid.models import CellDuty
from linli.grid.queries.cells import holding_on
from linli.grid.types import CellKey, Role, Shift
from linli.kernel.permits import Actor

# who is asked first; a head oversees and gets nothing offered
ORDER = (Role.WORKER, Role.COMMITTEE, Role.DEPUTY)
# the hours of shifts; a shift of the whole day is on at any hour
HOURS = ((7, Shift.NIGHT), (18, Shift.DAY), (23, Shift.EVENING), (24, Shift.NIGHT))


@dataclass(frozen=True, slots=True)
class Found:
    """A post with its body."""

    post_id: int
    org_id: int


def shift_at(now: datetime) -> Shift:
    """Return the shift of a moment: night to 7, day to 18, evening to 23."""
    hour = localtime(now).hour
    return next(shift for until, shift in HOURS if hour < until)


def post_of_cell(path: str, cell: CellKey, now: datetime) -> Found | None:
    """Return the post that is on in a cell: of the shift before another, worker before deputy."""
    found = (
        CellDuty.objects.filter(
            holding_on(localdate(now)), path=path, layer__key=cell.layer, cell_code=cell.code,
            role__in=ORDER, post__closed_on__isnull=True,
        )
        .annotate(by_shift=_by_shift(shift_at(now)), by_role=_by_role())
        .order_by("by_shift", "by_role", "pk")
        .values_list("post_id", "post__organisation_id")
        .first()
    )  # fmt: skip
    return Found(*found) if found else None


def _by_shift(shift: Shift) -> Case:
    now = When(shift__in=(shift, Shift.WHOLE), then=Value(0))
    return Case(now, default=Value(1), output_field=IntegerField())


def _by_role() -> Case:
    whens = [When(role=role, then=Value(at)) for at, role in enumerate(ORDER)]
    return Case(*whens, default=Value(9), output_field=IntegerField())


def own_duties(actor: Actor, now: datetime) -> list[Any]:
    """Return the cells that the actor's posts look after today, one row for each cell."""
    found = CellDuty.objects.filter(
        holding_on(localdate(now)), Q(post_id__in=actor.posts)
    ).select_related("layer")
    rows = {(one.path, one.layer_id, one.cell_code): one for one in found.order_by("pk")}
    return sorted(rows.values(), key=lambda one: (one.path, one.layer.key, one.cell_code))
