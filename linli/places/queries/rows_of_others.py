"""Rows of other apps that carry the path of a place: how many lie there, and how they follow it.

Statements of their own apps, on tables that these name; what is read of places stands here alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from linli.kernel import sql
from linli.kernel.errors import NotFound

# takes the id of the place
AT = """
SELECT count(*) FROM {table} t JOIN places_place p ON p.id = %s
   AND t.path >= p.path AND t.path < p.path || '~'
"""
# takes the ids of the place that ended and of the one that follows it
REHOUSE = """
UPDATE {table} t SET path = follower.path || substr(t.path, length(ended.path) + 1)
  FROM places_place ended, places_place follower
 WHERE ended.id = %s AND follower.id = %s AND t.path >= ended.path AND t.path < ended.path || '~'
"""
# brings the head of each row to where its place is now
FOLLOW = """
UPDATE {table} t SET path = p.path, city_id = p.city_id, town_id = p.town_id,
    village_id = p.village_id
FROM places_place p WHERE p.id = t.place_id AND t.path <> p.path
"""
# cells `x` of a layer with the path of their village
CELLS_OF = """(SELECT p.path, c.valid_from, c.valid_to FROM places_cell c JOIN places_place p ON p.id = c.place_id
 JOIN places_layer l ON l.id = c.layer_id AND l.key = '{layer}') x"""
PATH_OF_CODE = "SELECT path FROM places_place WHERE code = %s"
ID_OF_CODE = "(SELECT id FROM places_place WHERE code = %s)"
PATH_OF_ID = "SELECT path FROM places_place WHERE id = %s"
CODES = "SELECT id, code FROM places_place WHERE id = ANY(%s)"


def count_at(name: str, tables: Iterable[str], place_id: int) -> int:
    """Return how many rows of some tables lie at a place and below."""
    return sum(int(sql.tuples(name, AT.format(table=table), [place_id])[0][0]) for table in tables)


def path_of_id(place_id: int) -> str:
    """Return the path of a place, also of one that ended. Refuses with NotFound."""
    found = sql.tuples("places.path_of_id", PATH_OF_ID, [place_id])
    if not found:
        raise NotFound(id=place_id)
    return str(found[0][0])


def codes_of_ids(ids: Sequence[int]) -> dict[int, str]:
    """Return the codes of places by their ids; one query."""
    return dict(sql.tuples("places.codes_of_ids", CODES, [list(ids)]))
