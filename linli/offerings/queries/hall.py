"""The hall's list beside ours: which of our items one of theirs may be, and what an application needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate

from linli.exchange import permits as exchange
from linli.exchange.queries.hall import key_of_code
from linli.kernel.errors import NotFound, Refusal
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor
from linli.offerings.models import Item, ItemVersion
from linli.offerings.queries import items
from linli.offerings.queries.item_versions import item_asked
from linli.offerings.queries.successors import office_after
from linli.offerings.types.applications import ItemAsked
from linli.places import queries as places


def require_list(actor: Actor) -> None:
    """Refuse with NotFound who does not oversee the connections of the whole city: the hall's list is of all of it."""
    if not actor.is_system and not actor.may(exchange.CONNECT, at=CITY_PATH):
        raise NotFound()


def our_key(code: str, on: date) -> str:
    """Return our item for a code of the hall: as somebody said, else the one that bears the code."""
    known = key_of_code(code)
    if known:
        return known
    found = items.offered(on).filter(code=code).values_list("item__key", flat=True)[:2]
    return found[0] if len(found) == 1 else ""


def likely_key(code: str, name: str, on: date) -> str:
    """Return the item that one of the hall's list may be: by its code, else by its very name."""
    found = our_key(code, on)
    if found:
        return found
    named = items.offered(on).filter(name=name).values_list("item__key", flat=True)[:2]
    return str(named[0]) if len(named) == 1 else ""


def choices_of_items(on: date, kept: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return (key, name) of everything that is offered and may be applied for.

    Keys that were `kept` before are among them, under themselves once they are not offered any more.
    """
    found = items.offered(on).exclude(kind="refused").order_by("name", "pk")
    known = {one.item.key: one.name for one in found}
    return [*known.items(), *((one, one) for one in kept if one not in known)]


def is_without_office(key: str, on: date) -> bool:
    """Say whether the office that answers for an item exists no more, and nothing took over its work."""
    owner = Item.objects.filter(key=key, owner__isnull=False).values_list("owner_id", flat=True)
    return any(office_after(one, on) is None for one in owner)


def is_place(code: str) -> bool:
    """Say whether a place is there today."""
    try:
        return places.chain_of(code)[-1].valid_to is None
    except NotFound:
        return False


def item_for(key: str) -> ItemAsked | None:
    """Return an item as it is offered today, or None."""
    try:
        return item_asked(key, localdate()) if key else None
    except Refusal:
        return None


def newest_of(key: str) -> ItemVersion | None:
    """Return the newest version of an item that was not put away, or None."""
    found = ItemVersion.objects.filter(item__key=key).exclude(state="dropped")
    return found.select_related("item").order_by("-number").first()
