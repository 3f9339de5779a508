"""Items and their versions locked for a change; what has ended is not changed."""

from __future__ import annotations

from linli.kernel.errors import NotFound
from linli.offerings.errors import EndedItem
from linli.offerings.models.items import Item, ItemVersion
from linli.offerings.states import ItemState


def locked(item: Item) -> Item:
    """Return an item, locked. Refuses with NotFound."""
    found = Item.objects.select_for_update().filter(pk=item.pk).first()
    if found is None:
        raise NotFound(key=item.key)
    return found


def locked_version(version: ItemVersion) -> ItemVersion:
    """Return a version with its item, both locked; the item first, as everywhere."""
    item = locked(version.item)
    found = ItemVersion.objects.select_for_update().get(pk=version.pk)
    found.item = item
    return found


def refuse_ended(item: Item) -> None:
    """Refuse with EndedItem what is not offered any more."""
    if item.state == ItemState.ENDED:
        raise EndedItem()
