"""Work of the grid follows the places: what a village that ended had goes to the one that follows."""

from __future__ import annotations

from django.db import transaction

from linli.grid.models import Headship, Team
from linli.grid.models.tables import TABLES
from linli.grid.states import HeadState
from linli.kernel import sql
from linli.kernel.namesakes import make_room
from linli.kernel.permits import Actor, open_to_all
from linli.places import queries as places
from linli.places.queries.rows_of_others import REHOUSE

# what a village typed stays as it typed it, under the village that ended; the one that follows,
# whose ground it is now, has the sum
ADD_UP = """
INSERT INTO grid_stormsheet AS there (storm_id, path, houses, roads, rescuers, boats, typed_at, is_whole, edition)
SELECT t.storm_id, follower.path, t.houses, t.roads, t.rescuers, t.boats, t.typed_at, false, 1
  FROM grid_stormsheet t JOIN places_place ended ON ended.id = %s AND t.path = ended.path
  JOIN places_place follower ON follower.id = %s
ON CONFLICT (storm_id, path) DO UPDATE
   SET houses = there.houses + EXCLUDED.houses, roads = there.roads + EXCLUDED.roads,
       rescuers = there.rescuers + EXCLUDED.rescuers, boats = there.boats + EXCLUDED.boats,
       typed_at = greatest(there.typed_at, EXCLUDED.typed_at), edition = there.edition + 1
"""
SHEETS = "grid_stormsheet"


@open_to_all("the change of the place asked for its permit; this runs in it")
@transaction.atomic
def rehouse(old_place_id: int, new_place_id: int, *, actor: Actor) -> int:
    """Give what hangs on a place that ended to the one that follows it; return how many rows.

    Of two teams or heads of one name the second one is called after its village too.
    """
    ids = [old_place_id, new_place_id]
    _make_room(*ids)
    added = sql.execute("grid.add_up", ADD_UP, ids)
    return added + sum(
        sql.execute("grid.rehouse", REHOUSE.format(table=table), ids)
        for table in TABLES
        if table != SHEETS
    )


def _make_room(old_place_id: int, new_place_id: int) -> None:
    ended, follower = places.place_of_id(old_place_id), places.place_of_id(new_place_id)
    teams = Team.objects.filter(ended_on__isnull=True)
    heads = Headship.objects.filter(state=HeadState.SERVING)
    for rows, column, alike in ((teams, "name", ""), (heads, "ground", "kind")):
        make_room(
            rows.filter(path=ended.path), rows.filter(path=follower.path), column,
            origin=ended.short_name or ended.name, alike=alike,
        )  # fmt: skip
