"""What the window offers to choose from: items by words, else those that were applied for lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from linli.offerings.models import Application, ItemVersion
from linli.offerings.queries import items
from linli.offerings.queries.item_versions import frozen
from linli.offerings.rules.applications import is_at_window
from linli.offerings.types.applications import ItemAsked

# how many of the last applications say what is asked for most
LATELY = 200


def offered_at_window(words: str, on: date, most: int) -> list[ItemAsked]:
    """Return items that the window takes in, by a part of their name or what is asked for most."""
    found = items.offered(on)
    if words.strip():
        found = found.filter(name__contains=words.strip()).order_by("name")
        return _asked(found, most)
    lately = _lately()
    rows = {one.key: one for one in _asked(found.filter(item__key__in=lately), LATELY)}
    first = [rows[key] for key in lately if key in rows][:most]
    if len(first) < most:
        rest = found.exclude(item__key__in=[one.key for one in first]).order_by("name")
        first += _asked(rest, most - len(first))
    return first


def _lately() -> Sequence[str]:
    last = Application.objects.order_by("-case_id").values_list("item_key", flat=True)[:LATELY]
    keys = list(last)
    return sorted(set(keys), key=lambda key: (-keys.count(key), key))


def _asked(found: QuerySet[ItemVersion], most: int) -> list[ItemAsked]:
    rows = [frozen(one.item.key, one.number, one.content) for one in found[: most * 2]]
    return [one for one in rows if is_at_window(one)][:most]
