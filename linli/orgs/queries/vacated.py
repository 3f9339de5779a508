"""Posts that the register still gives to somebody who died: whoever records holders ends them."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from linli.kernel.permits import PUBLIC, Actor, Permit
from linli.orgs import permits
from linli.orgs.models import PostHolding
from linli.places.queries.tree import all_places


def held_by_dead(actor: Actor, on: date) -> QuerySet[PostHolding]:
    """Return holdings of people whose death is entered: at the actor's own places, and heads right below.

    Who may step in further down leaves them to who leads there. Of two joined entries the death
    stands at the one that was kept.
    """
    public = _near(actor, permits.APPOINT) & Q(post__organisation__level=PUBLIC)
    party = _near(actor, permits.PARTY_KEEP) & Q(post__organisation__level__gt=PUBLIC)
    found = PostHolding.objects.filter(public | party, person__isnull=False).alias(
        died_on=Coalesce(F("person__merged_into__died_on"), F("person__died_on"))
    )
    still = Q(until__isnull=True) | Q(until__gt=on)
    return found.filter(still, died_on__isnull=False).select_related("post").order_by("pk")


def _near(actor: Actor, permit: Permit) -> Q:
    own, below = own_and_below(actor, permit)
    return Q(path__in=own) | Q(path__in=below, post__kind__is_head=True)


def own_and_below(actor: Actor, permit: Permit) -> tuple[list[str], list[str]]:
    """Return the actor's own places for a permit, and those right below them, where the heads are hers."""
    own = list(actor.own_paths(permit))
    if not own:
        return [], []
    below = all_places(with_invented=True).filter(parent__path__in=own)
    return own, list(below.values_list("path", flat=True))
