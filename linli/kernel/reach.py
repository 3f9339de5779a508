"""Places with all that lies below them, as conditions on rows that have a path."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from linli.kernel.permits import PUBLIC, Actor, Permit


def below(paths: Iterable[str], column: str = "path") -> Q:
    """Return the condition that a row lies at one of some places or below; of none nothing does."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{column}__startswith": path})
    return found


def in_reach(actor: Actor, *permits: Permit, column: str = "path", level: int = PUBLIC) -> Q:
    """Return the condition that a row lies where the actor holds one of some permits; the system reaches all."""
    if actor.is_system:
        return Q()
    return below((path for one in permits for path in actor.paths(one, level=level)), column)
