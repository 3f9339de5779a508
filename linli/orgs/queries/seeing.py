"""Who may see the files that hang on things of orgs."""

from __future__ import annotations

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.orgs.queries.handovers import get_handover
from linli.orgs.queries.lists import get_staff_list


def sees_handover(actor: Actor, handover_id: int) -> bool:
    """Say whether an actor may open the printed sheet of a hand-over."""
    try:
        get_handover(actor, handover_id)
    except NotFound:
        return False
    return True


def sees_staff_list(actor: Actor, list_id: int) -> bool:
    """Say whether an actor may open a list of staff that was handed in."""
    try:
        get_staff_list(actor, list_id)
    except NotFound:
        return False
    return True
