"""Which cases an actor may see, decided once for every surface."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from linli.cases.models import Case
from linli.cases.queries.kinds import sight_of
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Cases at places where the actor sees their kind, up to the level that her post may see."""
    if actor.is_system:
        return Case.objects.all()
    seen = Q(pk__in=[])
    for grant, kinds in sight_of(actor):
        seen |= Q(kind__in=kinds, path__startswith=grant.path, level__lte=grant.ceiling)
    return Case.objects.filter(seen)


def get_case(actor: Actor, number: str) -> Case:
    """Return a case that the actor may see. Refuses with NotFound."""
    found = visible_cases(actor).filter(number=number).first()
    if found is None:
        raise NotFound()
    return found
