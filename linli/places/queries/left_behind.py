"""What a place that ended had of its own and the one that follows has not: somebody decides it anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils.timezone import localdate

from linli.places.models import Place, PlaceChangePart, PlaceDecision
from linli.places.queries.tree import place_of_id
from linli.rulebook import queries as rulebook

# after a year nobody asks any more: what was not decided anew was not wanted
ASKED_FOR = timedelta(days=365)
MOST = 200


@dataclass(frozen=True, slots=True)
class Undecided:
    """A topic that was decided for places that ended, and not for the one that follows them."""

    place: Place
    topic: str


@dataclass(frozen=True, slots=True)
class Unset:
    """A value that a place set for itself before it ended; the one that follows has none of its own."""

    place: Place
    key: str
    old: Place


def values_at(place_id: int) -> int:
    """Return how many values of the rulebook a place has of its own, today or later."""
    return rulebook.values_of_place(place_of_id(place_id).path, localdate())


def came_from(paths: Sequence[str], on: date) -> list[tuple[Place, Place]]:
    """Return places of today at or below some with those that ended for them within a year."""
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(new__path__startswith=path)
    parts = PlaceChangePart.objects.filter(
        inside, change__effective_on__gt=on - ASKED_FOR, change__effective_on__lte=on,
        new__valid_to=None, old__valid_to__isnull=False,
    ).exclude(old=F("new"))  # fmt: skip
    found = parts.select_related("old", "new__parent").order_by("-change_id", "pk")[:MOST]
    return [(part.old, part.new) for part in found]


def undecided(pairs: Sequence[tuple[Place, Place]]) -> list[Undecided]:
    """Return the topics that were decided for the places of before and not for those of today."""
    ids = {place.pk for pair in pairs for place in pair}
    rows = PlaceDecision.objects.filter(place__in=ids).order_by("topic")
    topics: dict[int, list[str]] = defaultdict(list)
    for place_id, topic in rows.values_list("place_id", "topic").distinct():
        topics[place_id].append(topic)
    found = {
        (new.pk, topic): Undecided(new, topic)
        for old, new in pairs
        for topic in topics[old.pk]
        if topic not in topics[new.pk]
    }
    return list(found.values())


def unset(pairs: Sequence[tuple[Place, Place]], on: date) -> list[Unset]:
    """Return the values that places of before had and those of today have not."""
    keys = rulebook.keys_of_places([place.path for pair in pairs for place in pair], on)
    found = {
        (new.pk, key): Unset(new, key, old)
        for old, new in pairs
        for key in keys.get(old.path, ())
        if key not in keys.get(new.path, ())
    }
    return list(found.values())
