"""Reads on lists of staff that were handed in."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, require
from linli.orgs import permits
from linli.orgs.models import StaffList
from linli.orgs.queries.register import inside, inside_any


def staff_lists(actor: Actor, path: str) -> QuerySet[StaffList]:
    """Lists of a place, the latest first. Refuses with NotAllowed."""
    require(actor, permits.IMPORT, at=path)
    return StaffList.objects.filter(inside(path)).order_by("-pk")


def get_staff_list(actor: Actor, list_id: int) -> StaffList:
    """Return one list. Refuses with NotFound."""
    found = StaffList.objects.filter(pk=list_id)
    if not actor.is_system:
        found = found.filter(inside_any(actor.paths(permits.IMPORT)))
    staff_list = found.first()
    if staff_list is None:
        raise NotFound(id=list_id)
    return staff_list
