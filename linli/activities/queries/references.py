"""What of activities hangs on a place, for the preview of a change."""

from __future__ import annotations

from linli.activities.models.tables import TABLES
from linli.kernel import sql

AT = """
SELECT count(*) FROM {table} t JOIN places_place p ON p.id = %s
   AND t.path >= p.path AND t.path < p.path || '~'
"""


def rows_at(place_id: int) -> int:
    """Return how many venues and bookings lie at a place and below."""
    return sum(
        int(sql.tuples("activities.at_place", AT.format(table=table), [place_id])[0][0])
        for table in TABLES
    )
