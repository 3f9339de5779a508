"""Contact persons, masked; what is sealed is read by the service that records it."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.grid import permits
from linli.grid.models import CellContact
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach


def visible_contacts(actor: Actor) -> QuerySet[CellContact]:
    """Contact persons in villages where the actor keeps them."""
    return CellContact.objects.filter(in_reach(actor, permits.CONTACTS))


def contacts_of(actor: Actor, path: str, layer_id: int, code: str) -> QuerySet[CellContact]:
    """Return the contact persons of a cell that are not over."""
    found = visible_contacts(actor).filter(path=path, layer_id=layer_id, cell_code=code)
    return found.filter(until__isnull=True).order_by("pk")


def get_contact(actor: Actor, contact_id: int) -> CellContact:
    """Return one contact person. Refuses with NotFound."""
    found = visible_contacts(actor).filter(pk=contact_id).select_related("layer").first()
    if found is None:
        raise NotFound(id=contact_id)
    return found
