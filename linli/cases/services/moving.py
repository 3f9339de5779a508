"""Heads of cases follow their places: moved ones keep their place, those of an ended one get another."""

from __future__ import annotations

from django.db import transaction

from linli.kernel import sql
from linli.kernel.permits import Actor, open_to_all
from linli.places.queries.rows_of_others import REHOUSE

# path follows in the move itself (PATH_COLUMNS); the ids that lists are cut by come from the path
FOLLOW = """
UPDATE cases_case c
   SET city_id = coalesce(p.city_id, p.id), town_id = coalesce(p.town_id, 0),
       village_id = coalesce(p.village_id, 0)
  FROM places_place p
 WHERE p.path = c.path AND c.path >= %s AND c.path < %s || '~'
   AND (c.city_id, c.town_id, c.village_id)
       <> (coalesce(p.city_id, p.id), coalesce(p.town_id, 0), coalesce(p.village_id, 0))
"""
MOVED = REHOUSE.format(table="cases_case") + "RETURNING follower.path"
BY_PLACE = "the change of the place asked for its permit; this runs in it, or in its job"


@open_to_all(BY_PLACE)
@transaction.atomic
def follow_places(path: str, *, actor: Actor) -> int:
    """Bring the ids by which lists are cut up to date at a place and below; safe to run again."""
    return sql.execute("cases.follow", FOLLOW, [path, path])


@open_to_all(BY_PLACE)
@transaction.atomic
def rehouse(old_place_id: int, new_place_id: int, *, actor: Actor) -> int:
    """Give the cases of a place that ended to the one that follows it; return how many."""
    moved = sql.tuples("cases.rehouse", MOVED, [old_place_id, new_place_id])
    if moved:
        follow_places(moved[0][0], actor=actor)
    return len(moved)
