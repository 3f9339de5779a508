"""Items taken in from files: each new one becomes a draft, each changed one the next version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from linli.kernel.permits import Actor, require
from linli.offerings import permits
from linli.offerings.models import Item, ItemVersion
from linli.offerings.queries.item_lists import CHANGED, MADE, Taken, check_items
from linli.offerings.rules.item_data import read_item
from linli.offerings.services.item_moves import publish_version, submit_version
from linli.offerings.services.item_terms import index_items
from linli.offerings.services.items import create_item, open_draft, write_draft
from linli.offerings.states import VersionState
from linli.offerings.types.items import ItemFacts

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def take_items(
    place: Place, rows: Sequence[Mapping[str, Any]], *, actor: Actor, now: datetime
) -> Taken:
    """Take every row of a list that is right: drafts, which a second person publishes.

    A row that says what is known already does nothing. Refuses with NotAllowed, Ended.
    """
    require(actor, permits.WRITE_ITEMS, at=place.path)
    found = check_items(place, rows)
    for number, fate in found.fates.items():
        if fate in (MADE, CHANGED):
            facts = read_item(rows[number])[0]
            found.versions[number] = _take(place, facts, actor=actor, now=now)
    return found


def _take(place: Place, facts: ItemFacts, *, actor: Actor, now: datetime) -> ItemVersion:
    item = Item.objects.filter(key=facts.key).first()
    if item is None:
        return create_item(place, facts, actor=actor, now=now)
    draft = item.versions.filter(state=VersionState.DRAFT).first()
    draft = draft or open_draft(item, actor=actor, now=now)
    return write_draft(draft, facts, edition=draft.edition, actor=actor, now=now)


@transaction.atomic
def publish_shipped(
    place: Place, rows: Sequence[Mapping[str, Any]], *, actor: Actor, now: datetime
) -> Taken:
    """Take rows and publish them at once, as the system does for a demo. Refuses as its parts do."""
    require(actor, permits.PUBLISH_ITEMS, at=place.path)
    found = take_items(place, rows, actor=actor, now=now)
    for version in found.versions.values():
        given = submit_version(version, edition=version.edition, actor=actor, now=now)
        publish_version(given, edition=given.edition, finds=False, actor=actor, now=now)
    index_items({one.item_id for one in found.versions.values()}, actor=actor, now=now)
    return found
