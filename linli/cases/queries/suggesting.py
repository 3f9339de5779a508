"""Category and place suggested from words, from memory."""

from __future__ import annotations

import time
from typing import Any

from django.db.models import Count, Max, Sum
from django.utils.timezone import localdate

from linli.cases.models import Category
from linli.cases.queries.categories import in_use
from linli.cases.rules import telling
from linli.cases.rules.suggesting import Lexicon, Named, Topic, bare_name
from linli.cases.types.suggesting import Suggested
from linli.places import queries as places

FRESH_SECONDS = 5.0


class _Held:
    """The words in memory, read again when a category or a place changed."""

    def __init__(self) -> None:
        self.stamp: Any = None
        self.lexicon = Lexicon((), ())
        self.looked_at = 0.0

    def now(self) -> Lexicon:
        if self.stamp is None or time.monotonic() - self.looked_at > FRESH_SECONDS:
            stamp = _stamp()
            if stamp != self.stamp:
                self.lexicon, self.stamp = Lexicon(_topics(), _named()), stamp
            self.looked_at = time.monotonic()
        return self.lexicon


_held = _Held()


def look_again() -> None:
    """Ask with the next look whether something changed: for tests, each of which has its own rows."""
    _held.looked_at = -FRESH_SECONDS


def suggest(text: str, path: str = "") -> Suggested:
    """Return which categories and places the words of a report point to; nothing is decided by it.

    `path` is a place that is known already, by which short names of its villages count.
    """
    return _held.now().suggest(text, path)


def _stamp() -> Any:
    categories = Category.objects.aggregate(n=Count("pk"), newest=Max("pk"), edits=Sum("version"))
    return (localdate(), tuple(categories.values()), places.tree_stamp())


def _topics() -> list[Topic]:
    return [
        Topic(
            category.pk,
            category.code,
            tuple(filter(None, (category.title, category.title_en, *category.words.split("\n")))),
            is_group=category.parent_id is None,
        )
        for category in in_use(localdate())
    ]


def _named() -> list[Named]:
    found = []
    for level in ("town", "village"):
        for place in places.places_of_level(level, with_invented=True):
            names = (place.name, place.short_name, place.name_en)
            if level == "town":
                # 虎门镇 is written 虎门 as a rule: both are full names of a town
                bare: tuple[str, ...] = (place.short_name,)
                names = (place.name, place.name_en, place.name_en.rsplit(" ", 1)[0])
            else:
                bare = (bare_name(place.short_name),)
            found.append(
                Named(
                    place.path,
                    place.code,
                    level,
                    tuple(filter(None, names)),
                    tuple(name for name in bare if name and name not in names),
                )
            )
    return found


def covered(text: str, own: str = "") -> str:
    """Return a text without identity and bank cards and without the telephone of who asks."""
    return telling.covered(text, own)
