"""Reads on emergency access and full sessions: what is open, and what waits for a review."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from linli.access import permits
from linli.access.models import GivenRight
from linli.access.queries.rights import below, live
from linli.access.templates_of_rights import level_of
from linli.access.templates_of_rights.shape import CITY
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


def needs_review(right: GivenRight) -> bool:
    """Say whether somebody else looks at a right: one taken by oneself, or given for a whole city."""
    by_one = right.given_by_id is not None and not right.post_kind
    return right.kind in SPECIAL or bool(by_one and right.template and level_of(right.path) == CITY)


def specials_at(actor: Actor) -> QuerySet[GivenRight]:
    """Return emergency access, full sessions and rights for a whole city that one person gave.

    At places where the actor reviews, but what she took, got or gave herself.
    """
    own, cities = actor.account_id or 0, _cities(actor)
    whole = Q(path__in=cities, post_kind="", given_by__isnull=False) & ~Q(template="")
    return (
        GivenRight.objects.filter(below(actor, permits.REVIEW) & Q(kind__in=SPECIAL) | whole)
        .exclude(account_id=own)
        .exclude(given_by_id=own)
        .exclude(post_id__in=actor.posts)
        .select_related("account", "post", "given_by")
    )


def _cities(actor: Actor) -> list[str]:
    return [path for path in actor.paths(permits.REVIEW) if level_of(path) == CITY]


def rights_to_review(actor: Actor) -> QuerySet[GivenRight]:
    """Return what nobody has looked at of what takes a second look, the oldest first."""
    return specials_at(actor).filter(reviewed_at__isnull=True).order_by("given_at", "pk")


def special_to_review(actor: Actor, right_id: int) -> GivenRight:
    """Return one emergency access or full session, reviewed or not. Refuses with NotFound."""
    right = specials_at(actor).filter(pk=right_id).first()
    if right is None:
        raise NotFound(right=right_id)
    return right
