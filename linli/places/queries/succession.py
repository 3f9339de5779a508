"""Which places ended whose papers are looked after by others now."""

from __future__ import annotations

from collections.abc import Iterable

from linli.kernel import sql

# a place that split is followed in this by the part that took most of it, as its form proposes
FORMER = """
WITH RECURSIVE heir AS (
    SELECT DISTINCT ON (p.old_id) p.old_id, p.new_id
    FROM places_placechangepart p JOIN places_placechange c ON c.id = p.change_id
    WHERE c.kind IN ('merge', 'split') ORDER BY p.old_id, p.weight DESC, p.id
), gone AS (
    SELECT h.old_id FROM heir h
    JOIN places_place n ON n.id = h.new_id
    JOIN unnest(%(paths)s::text[]) AS held ON n.path >= held AND n.path < held || '~'
    UNION SELECT h.old_id FROM heir h JOIN gone g ON g.old_id = h.new_id
)
SELECT o.path FROM gone g JOIN places_place o ON o.id = g.old_id
WHERE o.valid_to IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM unnest(%(paths)s::text[]) AS held WHERE o.path >= held AND o.path < held || '~')
ORDER BY o.path
"""


def former_paths(paths: Iterable[str]) -> list[str]:
    """Return the paths of ended places that places at or below these follow, however often.

    What lies at or below the given paths anyway is left out.
    """
    held = sorted(set(paths))
    if not held:
        return []
    return [str(row[0]) for row in sql.tuples("places.former_paths", FORMER, {"paths": held})]
