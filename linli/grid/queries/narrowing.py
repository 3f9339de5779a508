"""Lists of the grid made shorter: by words, by what a thing is of, by days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from linli.grid.models import Sighting
from linli.kernel.days import within

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show: words of its lines, of which kind they are, first and last day, state."""

    words: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    state: str = ""


def events_wanted(found: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    """Narrow events: by number, title or cell, by matter, by the day on which they were reported."""
    if wanted.words:
        seen = Sighting.objects.filter(cell_code__iexact=wanted.words).values("case_id")
        said = Q(number__icontains=wanted.words) | Q(title__icontains=wanted.words)
        found = found.filter(said | Q(pk__in=seen))
    if wanted.kind:
        found = found.filter(matter=wanted.kind)
    return found.filter(within("opened_at", wanted.since, wanted.until))


def checks_wanted(found: QuerySet[M], wanted: Wanted) -> QuerySet[M]:
    """Narrow checks: by place or cell, by checklist, by day."""
    found = titles_wanted(found, wanted)
    if wanted.kind:
        found = found.filter(hazard=wanted.kind)
    if wanted.since:
        found = found.filter(on__gte=wanted.since)
    if wanted.until:
        found = found.filter(on__lte=wanted.until)
    return found


def titles_wanted(found: QuerySet[M], wanted: Wanted) -> QuerySet[M]:
    """Narrow what lies in cells by its title or the code of its cell."""
    if not wanted.words:
        return found
    return found.filter(Q(title__icontains=wanted.words) | Q(cell_code__iexact=wanted.words))


def heads_wanted(found: QuerySet[M], wanted: Wanted) -> QuerySet[M]:
    """Narrow heads: by ground or what she is called, by what she is head of, by how it stands."""
    if wanted.words:
        called = Q(public_name__icontains=wanted.words)
        found = found.filter(Q(ground__icontains=wanted.words) | called)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    return found.filter(state=wanted.state) if wanted.state else found


def entries_wanted(found: QuerySet[M], wanted: Wanted) -> QuerySet[M]:
    """Narrow entries of phones: by number of the event, by what was done, by the day of it."""
    if wanted.words:
        found = found.filter(event_number__icontains=wanted.words)
    if wanted.kind:
        found = found.filter(act=wanted.kind)
    return found.filter(within("happened_at", wanted.since, wanted.until))


def teams_wanted(found: QuerySet[M], wanted: Wanted) -> QuerySet[M]:
    """Narrow teams: by name, by what they are for."""
    if wanted.words:
        found = found.filter(name__icontains=wanted.words)
    return found.filter(kind=wanted.kind) if wanted.kind else found


def storms_wanted(found: QuerySet[M], wanted: Wanted) -> QuerySet[M]:
    """Narrow storms: by what they are called, by kind, by the days on which they began."""
    if wanted.words:
        found = found.filter(title__icontains=wanted.words)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.since:
        found = found.filter(began_on__gte=wanted.since)
    return found.filter(began_on__lte=wanted.until) if wanted.until else found


def homes_wanted(found: QuerySet[M], wanted: Wanted) -> QuerySet[M]:
    """Narrow homes that are moved: by post or shelter, by need, by how it stands. Never by names."""
    if wanted.words:
        by = Q(helper__title__icontains=wanted.words)
        found = found.filter(by | Q(shelter__title__icontains=wanted.words))
    if wanted.kind:
        found = found.filter(need=wanted.kind)
    return found.filter(state=wanted.state) if wanted.state else found
