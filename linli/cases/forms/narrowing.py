"""What narrows the lists of those who read, call, decide and review: a place, a category, a number or words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from linli.cases.queries.filters import (
    categories_of_code,
    categories_to_choose,
    path_of_code,
    places_to_choose,
)
from linli.kernel.permits import Actor, Permit
from linli.ui.picking import picked

# the parts of an address that narrow such a list
MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was chosen, and what there is to choose; `path` is that of the place."""

    path: str
    place: str
    category: str
    words: str
    ids: Sequence[int]
    places: Sequence[tuple[str, str]]
    categories: Sequence[tuple[str, str]]

    def on(self, at: str = "") -> Q:
        """Return the condition; `at` leads to the case in a query on another table: "case__"."""
        found = Q()
        if self.path:
            found &= Q(**{f"{at}path__startswith": self.path})
        if self.category:
            found &= Q(**{f"{at}category_id__in": list(self.ids)})
        if self.words:
            number = Q(**{f"{at}number__icontains": self.words})
            found &= number | Q(**{f"{at}title__icontains": self.words})
        return found


def narrowing_of(actor: Actor, given: Mapping[str, str], permit: Permit) -> Narrowing:
    """Return how an address narrows a list of what the actor does by a permit. Refuses with Invalid."""
    places = places_to_choose(actor, permit)
    place = picked(places, given.get("place", ""))
    category = given.get("category", "")
    one, several = categories_of_code(category)
    return Narrowing(
        path=path_of_code(place),
        place=place,
        category=category,
        words=given.get("q", "").strip()[:MOST_WORDS],
        ids=several or ((one,) if one is not None else ()),
        places=places,
        categories=categories_to_choose(),
    )
