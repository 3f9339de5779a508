"""Services of the demo town: the items that the package brings along, offered in the town and its villages."""

from __future__ import annotations

from datetime import datetime, timedelta

from linli.demo.cast import TOWN
from linli.kernel.permits import Actor
from linli.offerings.models import Item
from linli.offerings.queries.item_files import shipped_items
from linli.offerings.services.item_lists import publish_shipped
from linli.offerings.services.items import open_draft
from linli.places import queries as places

# one is being written anew, as at every desk
IN_WORK = "points-enrolment"
SINCE = timedelta(days=30)


def make(*, actor: Actor, now: datetime) -> None:
    """Offer the shipped items once."""
    if Item.objects.exists():
        return
    # residents have applied for them since
    publish_shipped(places.get_place(TOWN), shipped_items(), actor=actor, now=now - SINCE)
    open_draft(Item.objects.get(key=IN_WORK), actor=actor, now=now)
