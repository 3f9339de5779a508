"""Reads on emergency access and full sessions: what is open, and what waits for a review."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from linli.access import permits
from linli.access.models import GivenRight
from linli.access.queries.rights import below, live
from linli.access.types import RightKind
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor

SPECIAL = (RightKind.BREAK_GLASS.value, RightKind.OPERATOR.value)
OLDEST = Keyset("given", ("given_at", "pk"))


def open_specials(actor: Actor, *, now: datetime) -> QuerySet[GivenRight]:
    """Return the actor's own emergency accesses and full sessions that are open now."""
    return GivenRight.objects.filter(
        live(now), account_id=actor.account_id or 0, kind__in=SPECIAL
    ).order_by("starts_at")


def specials_at(actor: Actor) -> QuerySet[GivenRight]:
    """Return emergency access and full sessions at places where the actor reviews, but her own."""
    return (
        GivenRight.objects.filter(below(actor, permits.REVIEW), kind__in=SPECIAL)
        .exclude(account_id=actor.account_id or 0)
        .select_related("account")
    )


def rights_to_review(actor: Actor) -> QuerySet[GivenRight]:
    """Return emergency access and full sessions that nobody has looked at, the oldest first."""
    return specials_at(actor).filter(reviewed_at__isnull=True).order_by("given_at", "pk")


def special_to_review(actor: Actor, right_id: int) -> GivenRight:
    """Return one emergency access or full session, reviewed or not. Refuses with NotFound."""
    right = specials_at(actor).filter(pk=right_id).first()
    if right is None:
        raise NotFound(right=right_id)
    return right
