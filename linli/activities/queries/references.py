"""What of activities hangs on a place, for the preview of a change."""

from __future__ import annotations

from linli.activities.models.tables import TABLES
from linli.places.queries.rows_of_others import count_at


def rows_at(place_id: int) -> int:
    """Return how many venues and bookings lie at a place and below."""
    return count_at("activities.at_place", TABLES, place_id)
