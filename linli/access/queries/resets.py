"""Reads on resets that wait for approval."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.access import permits
from linli.access.models import ResetRequest
from linli.access.queries.rights import below
from linli.access.states import OPEN_RESETS
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor

OLDEST = Keyset("asked", ("asked_at", "pk"))


def open_resets(actor: Actor) -> QuerySet[ResetRequest]:
    """Return open resets at places where the actor approves, but for her own account."""
    return (
        ResetRequest.objects.filter(below(actor, permits.APPROVE_RESET), state__in=OPEN_RESETS)
        .exclude(account_id=actor.account_id or 0)
        .select_related("account", "first_by", "second_by", "asked_by")
        .order_by("asked_at", "pk")
    )


def get_reset(actor: Actor, reset_id: int) -> ResetRequest:
    """Return one open reset. Refuses with NotFound."""
    found = open_resets(actor).filter(pk=reset_id).first()
    if found is None:
        raise NotFound(reset=reset_id)
    return found
