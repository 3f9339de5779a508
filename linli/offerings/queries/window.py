"""What the window offers to choose from: items by words, else those that were applied for lately."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from linli.cases.queries.intake import places_held
from linli.kernel.paths import chain_of_path
from linli.kernel.permits import Actor
from linli.offerings import permits
from linli.offerings.models import Application, ItemVersion
from linli.offerings.queries import items
from linli.offerings.queries.item_search import search_items
from linli.offerings.queries.item_versions import frozen
from linli.offerings.rules.applications import is_at_window
from linli.offerings.types.applications import ItemAsked

# how many of the last applications say what is asked for most
LATELY = 200


def window_places(actor: Actor) -> list[tuple[str, str]]:
    """Return the places for which an actor takes applications in, as (path, name)."""
    return places_held(actor, permits.RECEIVE)


def offered_at_window(words: str, on: date, most: int, *, places: Iterable[str]) -> list[ItemAsked]:
    """Return items that a window takes in for places, by words as people say them or the most asked for.

    `places` are paths; what a place above one of them offers is done there too.
    """
    paths = sorted({one for path in places for one in chain_of_path(path)})
    found = items.offered(on).filter(item__path__in=paths)
    if words.strip():
        return _found(found, words, on, most, paths)
    lately = _lately()
    rows = {one.key: one for one in _asked(found.filter(item__key__in=lately), LATELY)}
    first = [rows[key] for key in lately if key in rows][:most]
    if len(first) < most:
        rest = found.exclude(item__key__in=[one.key for one in first]).order_by("name")
        first += _asked(rest, most - len(first))
    return first


def _found(
    offered: QuerySet[ItemVersion], words: str, on: date, most: int, paths: Sequence[str]
) -> list[ItemAsked]:
    keys = [one.key for one in search_items(words, on, paths=paths)]
    by_key = {one.key: one for one in _asked(offered.filter(item__key__in=keys), len(keys))}
    return [by_key[key] for key in keys if key in by_key][:most]


def _lately() -> Sequence[str]:
    last = Application.objects.order_by("-case_id").values_list("item_key", flat=True)[:LATELY]
    keys = list(last)
    return sorted(set(keys), key=lambda key: (-keys.count(key), key))


def _asked(found: QuerySet[ItemVersion], most: int) -> list[ItemAsked]:
    rows = [frozen(one.item.key, one.number, one.content) for one in found[: most * 2]]
    return [one for one in rows if is_at_window(one)][:most]
