"""Who may open lists that were handed in and exports that were made; what hangs on a place."""

from __future__ import annotations

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.people import permits
from linli.people.models import Residency
from linli.people.queries.imports import get_run
from linli.people.queries.scopes import node_of_id
from linli.runtime.queries import may_open_result

COLUMNS = {"city": "city_id", "town": "town_id", "village": "village_id"}


def may_see_list(actor: Actor, run_id: int) -> bool:
    """Say whether an actor may open a list that was handed in."""
    try:
        get_run(actor, run_id)
    except NotFound:
        return False
    return True


def may_see_export(actor: Actor, job_id: int) -> bool:
    """An export is for whoever ordered it; others order their own."""
    return may_open_result(actor, job_id, (permits.EXPORT,))


def residents_at(place_id: int) -> int:
    """Count who lives at a place today."""
    node = node_of_id(place_id)
    if node is None:
        return 0
    found = Residency.objects.filter(**{COLUMNS[node.level]: place_id})
    return found.filter(until__isnull=True, is_shadowed=False).count()
