"""What of cases hangs on a place, for the preview of a change."""

from __future__ import annotations

from linli.kernel import sql

AT = """
SELECT count(*) FROM cases_case c JOIN places_place p ON p.id = %s
   AND c.path >= p.path AND c.path < p.path || '~'
"""


def cases_at(place_id: int) -> int:
    """Return how many cases lie at a place and below."""
    return int(sql.tuples("cases.at_place", AT, [place_id])[0][0])
