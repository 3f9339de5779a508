"""What the window offers to choose from: items by words, else those that were applied for lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from linli.cases.queries.intake import places_held
from linli.kernel import sql
from linli.kernel.paths import chain_of_path
from linli.kernel.permits import Actor, outermost
from linli.offerings import permits
from linli.offerings.models import ItemVersion
from linli.offerings.queries import items
from linli.offerings.queries.item_search import search_items
from linli.offerings.queries.item_versions import frozen
from linli.offerings.queries.slots import moment_of
from linli.offerings.rules.applications import is_at_window
from linli.offerings.types.applications import ItemAsked

# which applications of a place say what is asked for most there: of a season, so many of the last
SEASON, LATELY = timedelta(days=90), 200
LEVELS = {1: "city_id", 2: "town_id", 3: "village_id"}
ASKED = """
SELECT a.item_key
  FROM places_place p CROSS JOIN LATERAL (
       SELECT o.item_key, c.opened_at FROM cases_case c JOIN offerings_application o ON o.case_id = c.id
        WHERE c.{level} = p.id AND c.opened_at > %s
        ORDER BY c.opened_at DESC LIMIT %s) a
 WHERE p.path = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a window offers: what is asked for most at its places, the most asked first, then others."""

    asked: list[ItemAsked]
    others: list[ItemAsked]


def window_places(actor: Actor) -> list[tuple[str, str]]:
    """Return the places for which an actor takes applications in, as (path, name)."""
    return places_held(actor, permits.RECEIVE)


def offered_at_window(words: str, on: date, most: int, *, places: Iterable[str]) -> list[ItemAsked]:
    """Return items that a window takes in for places, by words as people say them or the most asked for."""
    found = choices_at_window(words, on, most, places=places)
    return [*found.asked, *found.others]


def choices_at_window(words: str, on: date, most: int, *, places: Iterable[str]) -> Choices:
    """Return the items of a window by words as people say them, else what is asked for most and what besides.

    `places` are paths; what a place above one of them offers is done there too.
    """
    places = list(places)
    paths = sorted({one for path in places for one in chain_of_path(path)})
    found = items.offered(on).filter(item__path__in=paths)
    if words.strip():
        return Choices([], _found(found, words, on, most, paths))
    lately = _lately(places, on)
    rows = {one.key: one for one in _asked(found.filter(item__key__in=lately), LATELY)}
    first = [rows[key] for key in lately if key in rows][:most]
    rest = found.exclude(item__key__in=[one.key for one in first]).order_by("name")
    return Choices(first, _asked(rest, most - len(first)) if len(first) < most else [])


def _found(
    offered: QuerySet[ItemVersion], words: str, on: date, most: int, paths: Sequence[str]
) -> list[ItemAsked]:
    keys = [one.key for one in search_items(words, on, paths=paths)]
    by_key = {one.key: one for one in _asked(offered.filter(item__key__in=keys), len(keys))}
    return [by_key[key] for key in keys if key in by_key][:most]


def _lately(places: Iterable[str], on: date) -> Sequence[str]:
    """Return the keys of what was applied for at these places and below them, the most asked for first."""
    by_level: dict[str, list[str]] = {}
    for path in outermost(places):
        by_level.setdefault(LEVELS.get(path.count("/"), LEVELS[3]), []).append(path)
    since, counts = moment_of(on - SEASON, 0), Counter[str]()
    for level, paths in by_level.items():
        given = [since, LATELY, paths]
        rows = sql.tuples(f"window.asked_{level}", ASKED.format(level=level), given)
        counts.update(key for (key,) in rows)
    return sorted(counts, key=lambda key: (-counts[key], key))


def _asked(found: QuerySet[ItemVersion], most: int) -> list[ItemAsked]:
    rows = [frozen(one.item.key, one.number, one.content) for one in found[: most * 2]]
    return [one for one in rows if is_at_window(one)][:most]
