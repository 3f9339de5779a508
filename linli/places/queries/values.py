"""Values that a place set for itself by a document of its own."""

from __future__ import annotations

from django.utils.timezone import localdate

from linli.places.queries.tree import place_of_id
from linli.rulebook import queries as rulebook


def values_at(place_id: int) -> int:
    """Return how many values of the rulebook a place has of its own, today or later."""
    return rulebook.values_of_place(place_of_id(place_id).path, localdate())
