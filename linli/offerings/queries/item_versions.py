"""The version of an item under which an application comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from linli.kernel.errors import NotFound
from linli.offerings.errors import NotServed
from linli.offerings.queries import items
from linli.offerings.types.applications import ItemAsked
from linli.offerings.types.items import ItemKind

# what an application needs of a version; the rest of the guide may change without it
KEPT = (
    "key", "kind", "name", "says", "level", "office", "subject", "statutory", "promised", "fee",
    "channels", "questions", "materials", "result", "basis", "visits", "form",
)  # fmt: skip


def item_asked(key: str, on: date) -> ItemAsked:
    """Return the item as it is offered on a day. Refuses with NotFound, Suspended."""
    return begin_item(key, on)()


def begin_item(key: str, on: date) -> Callable[[], ItemAsked]:
    """Begin to read what `item_asked` returns, and go on; what is returned waits for it."""
    begun = items.begin_version(key, on)

    def told() -> ItemAsked:
        found = begun()
        return frozen(key, found.number, found.content, found.path)

    return told


def refuse_unknown(item: str, path: str, on: date) -> None:
    """Refuse what nobody can come for at a place: with NotServed what is not offered there, with Suspended.

    Nothing named is nothing to refuse.
    """
    if not item:
        return
    try:
        asked = item_asked(item, on)
    except NotFound as unknown:
        raise NotServed() from unknown
    if asked.content["kind"] == ItemKind.REFUSED or not asked.is_offered_at(path):
        raise NotServed()


def frozen(key: str, number: int, content: Mapping[str, Any], path: str = "") -> ItemAsked:
    """Return a version as an application keeps it; `path` is the place that offers it."""
    return ItemAsked(key, number, {name: content[name] for name in KEPT if name in content}, path)
