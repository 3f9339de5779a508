"""What waits on a desk in storms under way: people to be moved, numbers that a village did not give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, Sum

from linli.grid import permits
from linli.grid.models import Storm, StormSheet
from linli.grid.queries.storms import own_homes, own_villages
from linli.grid.states import HomeState
from linli.kernel.paths import chain_of_path, code_of
from linli.kernel.permits import Actor
from linli.places.queries.tree import names_of_paths


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A storm under way in a village that gave no numbers."""

    storm_id: int
    title: str
    code: str
    village: str
    declared_by: str


def to_move(actor: Actor, limit: int) -> list[tuple[str, int]]:
    """Return storms under way with how many people the actor's posts have still to move; one query."""
    if not actor.posts:
        return []
    found = own_homes(actor).filter(state=HomeState.NAMED).order_by()
    rows = found.values("storm_id", "storm__title").annotate(n=Sum("people")).order_by("storm_id")
    return [(one["storm__title"], one["n"]) for one in rows[:limit]]


def without_numbers(actor: Actor, limit: int) -> list[Unsaid]:
    """Return storms under way in villages of the actor that gave no numbers; three queries, mostly one."""
    villages = own_villages(actor, permits.STORM)
    if not villages:
        return []
    reach = reduce(or_, (Q(path__in=chain_of_path(path)) for path in villages))
    storms = list(Storm.objects.filter(reach, ended_on__isnull=True).order_by("-began_on", "pk"))
    if not storms:
        return []
    sheets = StormSheet.objects.filter(storm__in=storms, path__in=villages)
    given = set(sheets.values_list("storm_id", "path"))
    open_ = [
        (storm, path)
        for storm in storms
        for path in villages
        if path.startswith(storm.path) and (storm.pk, path) not in given
    ][:limit]
    names = names_of_paths({path for storm, at in open_ for path in (storm.path, at)})
    return [
        Unsaid(storm.pk, storm.title, code_of(at), names.get(at, ""), names.get(storm.path, ""))
        for storm, at in open_
    ]
