"""Which post gets what is reported in a cell, and which cells a person looks after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate, localtime

from linli.grid.models import CellDuty
from linli.grid.queries.cells import holding_on, of_open_post
from linli.grid.rules.cells import WORKING
from linli.grid.types import CellKey, Shift
from linli.kernel.permits import Actor
from linli.orgs import queries as orgs

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
    """Return the post that is on in a cell, or None where nobody acts for any; as `posts_of_cells`."""
    (found,) = posts_of_cells([(path, cell.layer, cell.code, now)], localdate(now))
    return Found(found[1], found[0]) if found else None


def posts_of_cells(
    wanted: Sequence[tuple[str, str, str, datetime]], on: date
) -> list[tuple[int, int] | None]:
    """Return (organisation, post) for each cell (path, layer, code) at a moment, or None.

    A post that is held comes before a vacant one that somebody stands in for; one for which nobody
    acts on the day is none. Then the shift of the moment goes before another, a worker before a deputy.
    """
    rows = CellDuty.objects.filter(
        holding_on(on), of_open_post(on), path__in={path for path, _layer, _code, _at in wanted},
        layer__key__in={layer for _path, layer, _code, _at in wanted}, role__in=WORKING,
    )  # fmt: skip
    duties: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    columns = (
        "path",
        "layer__key",
        "cell_code",
        "shift",
        "role",
        "post__organisation_id",
        "post_id",
    )
    for path, layer, code, *duty in rows.order_by("pk").values_list(*columns):
        duties[path, layer, code].append(duty)
    acting = orgs.acting_holders(
        sorted({duty[-1] for each in duties.values() for duty in each}), on
    )
    return [
        _first_on(duties.get((path, layer, code), []), shift_at(at), acting)
        for path, layer, code, at in wanted
    ]


def _first_on(
    duties: Sequence[Any], shift: Shift, acting: Mapping[int, Any]
) -> tuple[int, int] | None:
    ranked = [
        (acting[post].is_stand_in, at not in (shift, Shift.WHOLE), WORKING.index(role), number, org, post)
        for number, (at, role, org, post) in enumerate(duties)
        if post in acting
    ]  # fmt: skip
    return min(ranked)[-2:] if ranked else None


def own_duties(actor: Actor, now: datetime) -> list[Any]:
    """Return the cells that the actor's posts look after today, one row for each cell."""
    found = CellDuty.objects.filter(
        holding_on(localdate(now)), Q(post_id__in=actor.posts)
    ).select_related("layer")
    rows = {(one.path, one.layer_id, one.cell_code): one for one in found.order_by("pk")}
    return sorted(rows.values(), key=lambda one: (one.path, one.layer.key, one.cell_code))
