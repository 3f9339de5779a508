"""The version of an item under which an application comes in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from linli.offerings.queries import items
from linli.offerings.types.applications import ItemAsked

# what an application needs of a version; the rest of the guide may change without it
KEPT = (
    "key", "kind", "name", "says", "level", "office", "subject", "statutory", "promised", "fee",
    "channels", "questions", "materials", "result", "basis", "visits", "form",
)  # fmt: skip


def item_asked(key: str, on: date) -> ItemAsked:
    """Return the item as it is offered on a day. Refuses with NotFound, Suspended."""
    found = items.version_for(key, on)
    return frozen(key, found.number, found.content, found.path)


def frozen(key: str, number: int, content: Mapping[str, Any], path: str = "") -> ItemAsked:
    """Return a version as an application keeps it; `path` is the place that offers it."""
    return ItemAsked(key, number, {name: content[name] for name in KEPT if name in content}, path)
