"""Reads on files of staff that were brought in."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.access.models import StaffImport
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.orgs.permits import APPOINT


def own_imports(actor: Actor) -> QuerySet[StaffImport]:
    """Return the files that the actor brought in, the newest first."""
    if actor.is_system:
        return StaffImport.objects.order_by("-started_at", "-pk")
    return StaffImport.objects.filter(started_by_id=actor.account_id or 0).order_by(
        "-started_at", "-pk"
    )


def get_import(actor: Actor, import_id: int) -> StaffImport:
    """Return one file that the actor brought in. Refuses with NotFound."""
    found = own_imports(actor).filter(pk=import_id).first()
    if found is None:
        raise NotFound(id=import_id)
    return found


def may_seat(actor: Actor, path: str) -> bool:
    """Say whether posts in a file are given: bringing in staff alone gives no post to anybody."""
    return actor.may(APPOINT, at=path)


def may_see_import(actor: Actor, import_id: int) -> bool:
    """Say whether a file of first links may be opened: only by whoever brought the list in."""
    return own_imports(actor).filter(pk=import_id).exists()
