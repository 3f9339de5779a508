"""Posts that the register still gives to somebody who died: whoever records holders ends them."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from linli.kernel.permits import PUBLIC, Actor
from linli.orgs import permits
from linli.orgs.models import PostHolding
from linli.orgs.queries.register import inside_any


def held_by_dead(actor: Actor, on: date) -> QuerySet[PostHolding]:
    """Return holdings of people whose death is entered, where the actor records holders.

    Of two joined entries the death stands at the one that was kept.
    """
    public = inside_any(actor.paths(permits.APPOINT)) & Q(post__organisation__level=PUBLIC)
    party = inside_any(actor.paths(permits.PARTY_KEEP)) & Q(post__organisation__level__gt=PUBLIC)
    found = PostHolding.objects.filter(public | party, person__isnull=False).alias(
        died_on=Coalesce(F("person__merged_into__died_on"), F("person__died_on"))
    )
    still = Q(until__isnull=True) | Q(until__gt=on)
    return found.filter(still, died_on__isnull=False).select_related("post").order_by("pk")
