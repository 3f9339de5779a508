"""How many people and homes a piece of a village has, by the names of its buildings and groups."""

from __future__ import annotations

from collections.abc import Collection

from linli.kernel import sql
from linli.people.rules.addresses import address_key, building_pattern

COUNTED = """
WITH here AS (
    SELECT r.id, r.dwelling_id FROM people_residency r
      LEFT JOIN people_dwelling d ON d.id = r.dwelling_id
     WHERE r.village_id = %(village)s AND r.until IS NULL AND NOT r.is_shadowed
       AND (%(whole)s OR r."group" = ANY(%(groups)s) OR EXISTS (
            SELECT 1 FROM unnest(%(keys)s::text[]) k WHERE d.address_key ~ k)))
SELECT (SELECT count(*) FROM here)::int,
       (SELECT count(*) FROM people_dwelling d WHERE d.village_id = %(village)s
           AND (%(whole)s OR d.id IN (SELECT dwelling_id FROM here) OR EXISTS (
                SELECT 1 FROM unnest(%(keys)s::text[]) k WHERE d.address_key ~ k)))::int
"""


def count_at(
    village_id: int, *, buildings: Collection[str], groups: Collection[str], is_whole: bool = False
) -> tuple[int, int]:
    """Return (people of today, homes) of a village whose addresses name a building, or of its groups.

    Numbers alone, of nobody by name; `is_whole` counts the village. One query.
    """
    keys = sorted({building_pattern(name) for name in buildings if address_key(name)})
    params = {"village": village_id, "groups": sorted(groups), "keys": keys, "whole": is_whole}
    ((people, homes),) = sql.tuples("people.count_at", COUNTED, params)
    return people, homes
